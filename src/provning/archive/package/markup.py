"""Writing XML the same way every time: UTF-8, two spaces, attributes in the order given."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree

SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Attributes = Mapping[str, object]


class Tree:
    """One document in one namespace; elements are added by their local names."""

    def __init__(
        self,
        namespace: str,
        root: str,
        attributes: Attributes | None = None,
        *,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Begin the document; `prefixes` are the other namespaces whose attributes it has."""
        self._namespace = namespace
        known: dict[str | None, str] = {None: namespace, "xsi": SCHEMA_INSTANCE}
        known.update(prefixes or {})
        self.root = etree.Element(f"{{{namespace}}}{root}", nsmap=known)
        _set(self.root, attributes or {})

    def add(
        self,
        parent: Any,  # lxml has no types
        name: str,
        text: object = None,
        attributes: Attributes | None = None,
    ) -> Any:
        """Add an element under another, and return it."""
        element = etree.SubElement(parent, f"{{{self._namespace}}}{name}")
        _set(element, attributes or {})
        if text is not None:
            element.text = clean(str(text))
        return element

    def written(self) -> bytes:
        """Return the document."""
        document: bytes = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return document


def clean(text: str) -> str:
    """Return the text without the control characters that no XML document may hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def moment(at: datetime) -> str:
    """Return a moment as XML Schema writes it, in UTC to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _set(element: Any, attributes: Attributes) -> None:
    """Set the attributes; one that is None is left out."""
    for name, value in attributes.items():
        if value is not None:
            element.set(name, clean(str(value)))
