"""From a round and its rules to a draw and back: gathering what is drawn from, solving it, doing it over."""
