"""Pages of organisers, reviewers and applicants about a selection."""
