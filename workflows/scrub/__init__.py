"""Copies of uploads that do not say who made them: what a blind review hands to its experts.

`scrub` takes a file that passed the gate and writes a copy without document properties, comments, tracked
changes, editing sessions, signatures and camera data. It runs in a child process with the limits of the gate.
What the pages themselves show stays: names in the text are found by other means.
"""
