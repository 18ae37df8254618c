"""Secrets and tokens: long enough to be chance, and kept only as digests."""

import hashlib
import secrets

BYTES = 32
"""So many random bytes cannot be guessed, so a plain digest of them is safe to keep."""
TOKEN_SECONDS = 3600


def new_secret() -> str:
    """Return a secret or token that nobody has seen."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
