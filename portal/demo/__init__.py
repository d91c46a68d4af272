"""The demo: a believable department, built through the same actions that people use. All names are invented."""
