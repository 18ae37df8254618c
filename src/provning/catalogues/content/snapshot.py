"""Frozen contents: written as canonical JSON, and read back only when that is what they were."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, TypeVar

Content = TypeVar("Content", bound="Snapshot")


class Snapshot:
    """A frozen dataclass that is stored as JSON beside a document: the same content, the same text.

    `WRITTEN_AS` names the format, and stands in the text; "" where the text says nothing of it. A
    part's `ONLY_WHEN_SAID` names fields that stand in the text only when they say something, so
    that what was stored before there was such a field is written as it was.
    """

    __slots__ = ()
    WRITTEN_AS: ClassVar[str] = ""

    def to_json(self) -> str:
        """Return the canonical JSON: sorted keys, no spaces, å ä ö as themselves, ISO dates."""
        content = _plain(self)
        if self.WRITTEN_AS:
            content["format"] = self.WRITTEN_AS
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def content_sha256(self) -> str:
        """Return the digest of the canonical JSON in UTF-8."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def read_back(
    kind: type[Content], text: str, read: Callable[[Mapping[str, object]], Content]
) -> Content:
    """Return the content that the text was made from, or raise `ValueError` when it is not one."""
    data: object = json.loads(text)
    if not isinstance(data, dict) or data.get("format", "") != kind.WRITTEN_AS:
        message = f"the text is not in the format {kind.WRITTEN_AS}"
        raise ValueError(message)
    content = read(data)
    # What cannot be written back exactly as it was read is not the snapshot that was digested.
    if content.to_json() != text:
        message = "the text is not the canonical form of its content"
        raise ValueError(message)
    return content


def _plain(value: Any) -> Any:
    """Return a dataclass, and everything in it, as JSON has it."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        unsaid = getattr(value, "ONLY_WHEN_SAID", ())
        said = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _plain(what) for name, what in said if what or name not in unsaid}
    message = f"{type(value).__name__} has no place in a document"
    raise TypeError(message)
