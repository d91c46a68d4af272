"""The machinery of change: machines, journal, inbox, deadlines, outbox, files, approval routes.

This room knows no person, no organisation and no proposal. The rooms above register with it what
only they can know: who may, what waits, who may read a file.
"""
