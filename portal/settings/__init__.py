"""Settings: `base` is common, `demo`, `test` and `production` each add what differs."""
