"""The text of uploads: what a search for names reads.

`read_text` takes a file that passed the gate and gives what its pages say, also in the places one does not look at:
headers, notes of the speaker, links, descriptions of pictures, names of sheets. Metadata and comments are left out:
the copy that experts get has none. Pictures are not read. It runs in a child process with limits.
"""
