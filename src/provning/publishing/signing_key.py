"""The key that our calls are signed with: made from the installation's secret, so kept nowhere."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALGORITHM = "ES256"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many keys the curve P-256 has."""


def sign(claims: Mapping[str, Any]) -> str:
    """Return the claims as a signed token; who receives it checks it against `key_set`."""
    issued = {"iss": settings.PUBLIC_ADDRESS, **claims}
    return jwt.encode(issued, _key(settings.SECRET_KEY), ALGORITHM, {"kid": _name(_public())})


def key_set() -> dict[str, Any]:
    """Return our public key as a key set (RFC 7517)."""
    public = _public()
    return {"keys": [{**public, "kid": _name(public), "alg": ALGORITHM, "use": "sig"}]}


def _public() -> dict[str, str]:
    made = jwt.algorithms.ECAlgorithm.to_jwk(_key(settings.SECRET_KEY).public_key())
    known: dict[str, str] = json.loads(made)
    return {name: known[name] for name in ("crv", "kty", "x", "y")}


def _name(public: Mapping[str, str]) -> str:
    """Return the key's thumbprint (RFC 7638)."""
    text = json.dumps(public, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


@lru_cache(maxsize=4)
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    derived = HKDF(SHA256(), 48, salt=None, info=b"provning webhooks").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(derived) % (ORDER - 1) + 1, ec.SECP256R1())
