"""The green channel: who decides on a change of a budget, by rule rows (domain 1.3 and 1.6).

`case` is what is asked, `facts` the sums over it, `conditions` what a row can ask of them, `rules` the rows,
`decide` the answer, `batch` the same for many cases of an organisation's own system. Nothing here reads or
writes a record: the pages and the command ask the same function.
"""
