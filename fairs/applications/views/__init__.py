"""The applicant's pages and the organiser's pages about applications."""
