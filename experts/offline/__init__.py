"""Score sheets on paper of their own: one workbook with all open dossiers of an expert, filled in without a network.

`workbook` writes it, `reading` reads it back cell by cell, `preview` compares it with what is saved meanwhile.
"""
