"""What differs from the version before, sheet by sheet, without a name of an examinee."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from provning.catalogues.content import CatalogueContent, Mark, Row, SignerRole
from provning.catalogues.differences import change_lines, with_changes
from tests.catalogues.builders import Name, catalogue, row, sheet, signer

ADA, BO, CIA = row(1, Name("Ask", "Ada")), row(2, Name("Berg", "Bo")), row(3, Name("Ceder", "Cia"))
SECOND_GROUP = "PRÖ:KC26VTMAT03B2"
REKTOR = signer("Rut Rektor", SignerRole.PRINCIPAL)
FIRST = replace(catalogue(sheet([ADA, BO])), document_id="BK-1", version=1)


def changes(*later: CatalogueContent, before: CatalogueContent = FIRST) -> list[str]:
    return change_lines(with_changes(later[0], before))


def numbered(*rows: Row) -> list[Row]:
    return [replace(each, number=number) for number, each in enumerate(rows, start=1)]


def test_a_row_that_only_moved_down_is_no_difference() -> None:
    first = replace(FIRST, sheets=(sheet(numbered(BO)),))
    content = with_changes(catalogue(sheet(numbered(CIA, BO))), first)

    assert content.replaces == "BK-1"
    assert content.sheets[0].changes == ("Nya rader: 1",)


def test_an_original_gets_its_mark_and_the_new_decision_a_sheet_of_its_own() -> None:
    marked = replace(ADA, marks=(Mark.TRIAL, Mark.CORRECTED), remarks="Rättat till C")
    new = row(4, Name("Ask", "Ada"), "C", marks=(Mark.TRIAL, Mark.CORRECTION), remarks="Tidigare B")
    later = catalogue(sheet([marked, BO]), sheet(numbered(new), decider=REKTOR))

    assert changes(later) == [
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Rad 1 har fått markeringen Rättat: Rättat till C",
        "PRÖ:KC26VTMAT03B, Rut Rektor: Bladet är nytt",
        "PRÖ:KC26VTMAT03B, Rut Rektor: Rad 1 är ny: rättelse till C. Tidigare B",
    ]


def test_rows_that_go_and_rows_that_come_from_another_sheet_are_counted_not_named() -> None:
    later = catalogue(sheet([ADA]), sheet(numbered(BO, CIA), group_name=SECOND_GROUP))

    assert changes(later) == [
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Rader som inte längre står på bladet: 1 st",
        "PRÖ:KC26VTMAT03B2, Karin Wallgren: Bladet är nytt",
        "PRÖ:KC26VTMAT03B2, Karin Wallgren: Rader som stod på ett annat blad: 1",
    ]


def test_a_sheet_that_is_gone_is_told_for_the_catalogue_as_a_whole() -> None:
    before = replace(FIRST, sheets=(*FIRST.sheets, sheet([CIA], group_name=SECOND_GROUP)))
    content = with_changes(catalogue(sheet([ADA, BO])), before)

    assert content.sheets[0].changes == ()
    assert content.notes == ("PRÖ:KC26VTMAT03B2, Karin Wallgren: bladet finns inte längre",)


def test_marks_taken_away_other_remarks_and_personal_data_are_told() -> None:
    before = replace(
        FIRST, sheets=(sheet([replace(ADA, marks=(Mark.TRIAL, Mark.REPLACED)), BO, CIA]),)
    )
    later = catalogue(
        sheet([ADA, replace(BO, remarks="Språk: Franska"), replace(CIA, last_name="Ny")])
    )

    assert changes(later, before=before) == [
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Rad 1 har inte längre markeringen Ersatt",
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Rad 2 har andra upplysningar: Språk: Franska",
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Rad 3 har andra personuppgifter",
    ]


def test_the_head_and_who_attests_are_told() -> None:
    later = replace(catalogue(sheet([ADA, BO])), unit_name="Komvux Norr", attested_by=REKTOR)

    assert changes(later) == [
        "PRÖ:KC26VTMAT03B, Karin Wallgren: Uppgifterna överst på bladet är ändrade",
        "Rektor som undertecknar hela katalogen: Rut Rektor",
    ]
    assert changes(FIRST, before=later)[1] == "Rektor som undertecknar hela katalogen: ingen"


def test_protected_persons_sheets_are_told_apart_by_their_decisions() -> None:
    before = replace(catalogue(sheet(numbered(ADA)), protected=True), version=1)
    later = catalogue(sheet(numbered(BO)), sheet(numbered(ADA)), protected=True)

    assert [each.changes for each in with_changes(later, before).sheets] == [
        ("Bladet är nytt",),
        (),
    ]


@given(st.permutations([ADA, BO, CIA]))
def test_the_same_decisions_in_any_order_are_no_difference(order: list[Row]) -> None:
    before = replace(FIRST, sheets=(sheet([ADA, BO, CIA]),))

    assert changes(catalogue(sheet(numbered(*order))), before=before) == []
