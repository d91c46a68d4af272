"""The whole way through the pages: one module for each stretch, taken in order by `tests.browser.test_way`."""
