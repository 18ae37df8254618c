"""Sign-in, sign-out, language and look."""
