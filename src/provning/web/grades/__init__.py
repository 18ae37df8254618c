"""Registrera betyg: the group's grade sheet, one person's grade, the review and the decision."""
