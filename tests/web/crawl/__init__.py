"""Every role walks where it can and where it cannot, and meets neither a fault nor a secret."""
