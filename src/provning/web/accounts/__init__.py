"""The screens of accounts: who has one, how it is signed in to, and who is invited."""
