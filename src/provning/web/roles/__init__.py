"""The screens of roles: who holds which where, given and ended."""
