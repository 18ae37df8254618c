"""How the secrets of second factors lie in the database, and what the program calls itself."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """allauth's adapter, with secrets encrypted by a key that is made from the program's own."""

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; an earlier key of the program (fallbacks) still opens it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _cipher() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(each))) for each in keys])


def _key(secret: str) -> bytes:
    derived = hashlib.sha256(b"provning.factor-secrets:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(derived)
