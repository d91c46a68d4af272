"""The life of a funded project through the pages: one module for each stretch, taken in order by `test_life`."""
