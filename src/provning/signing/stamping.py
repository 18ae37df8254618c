"""Timestamps (RFC 3161) that the program's own authority gives, without a network."""

from datetime import datetime
from typing import Any

from asn1crypto import cms, core, x509  # pyHanko's interface is made of these; they come with it.
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.general import as_signing_certificate
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import CertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

# The first stamp of each authority (the digest of its certificate) by digest algorithm.
_FIRST: dict[tuple[bytes, str], bytes] = {}


class Stamper(DummyTimeStamper):
    """The library's stamper without a network, with a key that has been loaded already.

    The library's own reads and proves the key for each stamp, a tenth of a second each time.
    """

    def __init__(
        self,
        certificate: x509.Certificate,
        key: RSAPrivateKey,
        store: CertificateStore,
        at: datetime,
    ) -> None:
        """Stamp by this key at this time; `store` holds what is sent along."""
        super().__init__(certificate, None, store, fixed_dt=at)
        self.key = key

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """Return a stamp to measure by: room is left for half as much again, so one serves all.

        Every signature asks for it beside its own, and making one is a third of the work.
        """
        kept = (self.tsa_cert.sha256, md_algorithm)
        if kept not in _FIRST:
            _FIRST[kept] = (await super().async_dummy_response(md_algorithm)).dump()
        return cms.ContentInfo.load(_FIRST[kept])

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, Any]:
        """Sign what a stamp says: the attributes of RFC 3161, 2.4.2, and RFC 5652, 5.3."""
        algorithm = get_pyca_cryptography_hash(md_algorithm)
        digest = hashes.Hash(algorithm)
        digest.update(tst_info_data)
        said = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": core.UTCTime(dt)}),
            "signing_certificate": as_signing_certificate(self.tsa_cert),
            "message_digest": digest.finalize(),
        }
        attributes = cms.CMSAttributes([{"type": k, "values": (v,)} for k, v in said.items()])
        return self.key.sign(attributes.dump(), PKCS1v15(), algorithm), attributes
