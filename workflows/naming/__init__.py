"""Names in texts: what a blind review looks for, what it finds, and the words struck out.

Knows no table: whoever asks says which names, and gives the text.
"""
