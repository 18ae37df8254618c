"""The screens of the access log."""
