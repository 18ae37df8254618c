"""What a verification found, as values that can be stored and read again."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class SignatureKind(StrEnum):
    """A person's signature, or a seal over the document."""

    SIGNATURE = "signature"
    SEAL = "seal"


class Coverage(StrEnum):
    """What lies in the file after what was signed.

    `WHOLE_FILE` nothing; `SIGNED_ON` later signatures, seals and evidence and nothing else;
    `CHANGED` something that no signature explains.
    """

    WHOLE_FILE = "whole_file"
    SIGNED_ON = "signed_on"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature or seal.

    `intact`: the bytes are those that were signed. `trusted`: the certificate was issued by an
    authority that is trusted here and held when it was used. `at` is proven when `timestamped`,
    otherwise the signer's own word. `fault` says what went wrong, for the technician.
    """

    kind: SignatureKind
    name: str
    key: str
    reason: str
    at: datetime | None
    timestamped: bool
    level: str
    serial: str
    intact: bool
    trusted: bool
    coverage: Coverage
    fault: str = ""

    @property
    def valid(self) -> bool:
        """Say whether the signature holds in every respect."""
        return self.intact and self.trusted and self.coverage != Coverage.CHANGED


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document at a moment, its signatures in the order they were made.

    `sha256` is the file's own digest in hexadecimal, so that the report names what it speaks of.
    """

    checked_at: datetime
    sha256: str
    signatures: tuple[SignatureReport, ...]
    fault: str = ""

    @property
    def valid(self) -> bool:
        """Say whether the document is signed and every signature and seal holds."""
        return not self.fault and bool(self.signers) and all(each.valid for each in self.signatures)

    @property
    def signers(self) -> tuple[SignatureReport, ...]:
        """Return people's signatures, without the seals."""
        return tuple(each for each in self.signatures if each.kind == SignatureKind.SIGNATURE)

    @property
    def sealed(self) -> bool:
        """Say whether the document ends in a seal that holds."""
        last = self.signatures[-1] if self.signatures else None
        return last is not None and last.kind == SignatureKind.SEAL and last.valid

    def to_json(self) -> str:
        """Write the report with sorted keys; `valid` and `sealed` are told beside the facts."""
        facts = asdict(self) | {"valid": self.valid, "sealed": self.sealed}
        for each, report in zip(facts["signatures"], self.signatures, strict=True):
            each["valid"] = report.valid
        return json.dumps(facts, default=datetime.isoformat, ensure_ascii=False, sort_keys=True)


def report_from_json(text: str) -> Report:
    """Read what `to_json` wrote."""
    facts = json.loads(text)
    return Report(
        checked_at=datetime.fromisoformat(facts["checked_at"]),
        sha256=facts["sha256"],
        signatures=tuple(map(_signature, facts["signatures"])),
        fault=facts["fault"],
    )


def _signature(facts: dict[str, Any]) -> SignatureReport:
    """Read one signature."""
    values = {key: value for key, value in facts.items() if key != "valid"}
    values["kind"] = SignatureKind(values["kind"])
    values["coverage"] = Coverage(values["coverage"])
    values["at"] = datetime.fromisoformat(values["at"]) if values["at"] else None
    return SignatureReport(**values)
