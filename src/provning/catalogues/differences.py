"""What differs between two versions of a catalogue, in words without names of examinees; pure.

Decisions are told by their ids, so that a row that only moved down its sheet is no difference.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from provning.catalogues.content import CatalogueContent, Mark, Row, Sheet

KINDS = {Mark.CORRECTION, Mark.AMENDMENT}
HEAD = "Uppgifterna överst på bladet är ändrade"


def with_changes(content: CatalogueContent, before: CatalogueContent) -> CatalogueContent:
    """Return the content with what differs from the version before, sheet by sheet."""
    elsewhere = {row.decision for sheet in before.sheets for row in sheet.rows}
    earlier: defaultdict[tuple[str, ...], list[Sheet]] = defaultdict(list)
    for sheet in before.sheets:
        earlier[_key(sheet)].append(sheet)
    same_head = _head(content) == _head(before)
    sheets = []
    for sheet in content.sheets:
        old = _taken(earlier[_key(sheet)], sheet, protected=content.protected)
        changes = list(_changes(sheet, old, elsewhere))
        if old and not (same_head and _sheet_head(sheet) == _sheet_head(old)):
            changes.append(HEAD)
        sheets.append(replace(sheet, changes=tuple(changes)))
    gone = [_place(sheet) for left in earlier.values() for sheet in left]
    return replace(
        content,
        sheets=tuple(sheets),
        replaces=before.document_id,
        notes=tuple(_notes(content, before, gone)),
    )


def change_lines(content: CatalogueContent) -> list[str]:
    """Return everything that differs from the version before, each line with its sheet."""
    lines = [f"{_place(sheet)}: {change}" for sheet in content.sheets for change in sheet.changes]
    return [*lines, *content.notes]


def _key(sheet: Sheet) -> tuple[str, ...]:
    """Return what two versions of a sheet have in common; protected persons' sheets share it."""
    signers = (f"{each.role} {each.person} {each.delegated_by}" for each in sheet.signers)
    return (sheet.group_name, sheet.course_code, sheet.scale_label, *signers)


def _place(sheet: Sheet) -> str:
    return f"{sheet.group_name}, {sheet.decider.name}"


def _taken(candidates: list[Sheet], sheet: Sheet, *, protected: bool) -> Sheet | None:
    """Take the earlier version of a sheet out of the candidates.

    In the protected part it is about the same person: the two share a decision.
    """
    decisions = {row.decision for row in sheet.rows}
    for place, old in enumerate(candidates):
        if not protected or decisions.intersection(row.decision for row in old.rows):
            return candidates.pop(place)
    return None


def _notes(content: CatalogueContent, before: CatalogueContent, gone: list[str]) -> Iterator[str]:
    """Say what differs in the catalogue as a whole."""
    for place in gone:
        yield f"{place}: bladet finns inte längre"
    if content.attested_by != before.attested_by:
        name = content.attested_by.name if content.attested_by else "ingen"
        yield f"Rektor som undertecknar hela katalogen: {name}"


def _changes(sheet: Sheet, before: Sheet | None, elsewhere: set[str]) -> Iterator[str]:
    """Return what differs in the rows of one sheet, in their order."""
    if before is None:
        yield "Bladet är nytt"
    old = {row.decision: row for row in before.rows} if before else {}
    come = [row for row in sheet.rows if row.decision not in old]
    moved = [row for row in come if row.decision in elsewhere]
    new = [row for row in come if row not in moved and not KINDS.intersection(row.marks)]
    if before:
        yield from _numbered("Nya rader", new)
    yield from _numbered("Rader som stod på ett annat blad", moved)
    for row in sheet.rows:
        if row.decision in old:
            yield from _row_changes(row, old[row.decision])
        elif row not in moved and row not in new:
            yield _correcting(row)
    gone = len(old.keys() - {row.decision for row in sheet.rows})
    if gone:
        yield f"Rader som inte längre står på bladet: {gone} st"


def _numbered(words: str, rows: list[Row]) -> Iterator[str]:
    """Name rows by their numbers in one line, when there are any."""
    if rows:
        yield f"{words}: {', '.join(str(row.number) for row in rows)}"


def _correcting(row: Row) -> str:
    """Say that a rättelse or ändring has come."""
    kind = next(mark for mark in row.marks if mark in KINDS)
    return f"Rad {row.number} är ny: {kind.lower()} till {row.grade}. {row.remarks}"


def _row_changes(row: Row, old: Row) -> Iterator[str]:
    """Say what has been added to a decision that was there before."""
    added = [mark for mark in row.marks if mark not in old.marks]
    taken = [mark for mark in old.marks if mark not in row.marks]
    if added:
        yield f"Rad {row.number} har fått markeringen {', '.join(added)}: {row.remarks}"
    if taken:
        yield f"Rad {row.number} har inte längre markeringen {', '.join(taken)}"
    if not added and not taken and row.remarks != old.remarks:
        yield f"Rad {row.number} har andra upplysningar: {row.remarks or 'inga'}"
    if _person(row) != _person(old):
        yield f"Rad {row.number} har andra personuppgifter"


def _person(row: Row) -> tuple[str, ...]:
    return (row.identity_number, row.last_name, row.first_name)


def _sheet_head(sheet: Sheet) -> tuple[object, ...]:
    """Return what stands above the rows."""
    names = (each.name for each in sheet.signers)
    return (sheet.course_name, sheet.points, sheet.level, sheet.levels, *names)


def _head(content: CatalogueContent) -> tuple[str, ...]:
    """Return what stands above every sheet and does not follow from the print."""
    return (
        content.organiser,
        content.municipality,
        content.municipality_code,
        content.unit_name,
        content.provider_name,
        content.unit_code,
        content.school_form,
    )
