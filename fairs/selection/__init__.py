"""Who exhibits: a weighted rubric, reviewers who do not see each other, ranks with quotas, decisions."""
