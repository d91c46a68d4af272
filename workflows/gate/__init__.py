"""The gate of uploads: what a file must be to be kept. Runs in a child process, imports no Django.

`child.inspect` is called by the server; `check.check` is what the child runs.
"""
