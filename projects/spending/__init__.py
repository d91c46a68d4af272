"""Lists of an organisation's finance system: read cell by cell, row by row, and what each row would change.

Nothing in here writes; `projects.actions.spending` does.
"""
