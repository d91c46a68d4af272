"""Pages of the applicant: starting, writing, the team, submitting."""
