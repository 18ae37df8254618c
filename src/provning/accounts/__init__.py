"""Users, roles, scope and sign-in: who may."""
