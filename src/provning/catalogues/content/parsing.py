"""Reading the stored snapshot of a catalogue back, and refusing anything that is not one."""

from collections.abc import Mapping

from provning.catalogues.content.parts import (
    CatalogueContent,
    Mark,
    Row,
    Sheet,
    Signer,
    SignerRole,
)
from provning.catalogues.content.reading import (
    a_bool,
    a_date,
    a_mapping,
    a_text,
    a_whole_number,
    mappings,
    optional_mapping,
    optional_whole_number,
    texts,
)
from provning.catalogues.content.snapshot import read_back


def from_json(text: str) -> CatalogueContent:
    """Return the content that the text was made from, or raise `ValueError` when it is not one."""
    return read_back(CatalogueContent, text, _content)


def _content(data: Mapping[str, object]) -> CatalogueContent:
    """Read the catalogue."""
    return CatalogueContent(
        document_id=a_text(data, "document_id"),
        version=a_whole_number(data, "version"),
        preliminary=a_bool(data, "preliminary"),
        protected=a_bool(data, "protected"),
        organiser=a_text(data, "organiser"),
        municipality=a_text(data, "municipality"),
        municipality_code=a_text(data, "municipality_code"),
        unit_name=a_text(data, "unit_name"),
        provider_name=a_text(data, "provider_name"),
        unit_code=a_text(data, "unit_code"),
        term_label=a_text(data, "term_label"),
        school_form=a_text(data, "school_form"),
        issued_on=a_date(data, "issued_on"),
        sheets=tuple(_sheet(each) for each in mappings(data, "sheets")),
        teacher=_optional_signer(data, "teacher"),
        attested_by=_optional_signer(data, "attested_by"),
        replaces=a_text(data, "replaces"),
        notes=tuple(texts(data, "notes")),
    )


def _sheet(data: Mapping[str, object]) -> Sheet:
    """Read one sheet."""
    return Sheet(
        group_name=a_text(data, "group_name"),
        course_name=a_text(data, "course_name"),
        course_code=a_text(data, "course_code"),
        points=optional_whole_number(data, "points"),
        level=a_text(data, "level"),
        levels=a_text(data, "levels"),
        scale_label=a_text(data, "scale_label"),
        decider=_signer(a_mapping(data, "decider")),
        co_signers=tuple(_signer(each) for each in mappings(data, "co_signers")),
        rows=tuple(_row(each) for each in mappings(data, "rows")),
        changes=tuple(texts(data, "changes")),
    )


def _row(data: Mapping[str, object]) -> Row:
    """Read one decision."""
    return Row(
        number=a_whole_number(data, "number"),
        decision=a_text(data, "decision"),
        identity_number=a_text(data, "identity_number"),
        last_name=a_text(data, "last_name"),
        first_name=a_text(data, "first_name"),
        grade=a_text(data, "grade"),
        grade_date=a_date(data, "grade_date"),
        marks=tuple(Mark(mark) for mark in texts(data, "marks")),
        remarks=a_text(data, "remarks"),
    )


def _signer(data: Mapping[str, object]) -> Signer:
    """Read who signs."""
    return Signer(
        a_text(data, "person"),
        a_text(data, "name"),
        SignerRole(a_text(data, "role")),
        a_text(data, "delegated_by") if "delegated_by" in data else "",
    )


def _optional_signer(data: Mapping[str, object], key: str) -> Signer | None:
    """Read who signs, or None where null stands."""
    found = optional_mapping(data, key)
    return None if found is None else _signer(found)
