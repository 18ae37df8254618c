"""Every query that takes an actor: the rights it asks for, or why it is not asked here."""

from dataclasses import dataclass
from typing import Final

from provning.kernel.actors import Permission

P = Permission


@dataclass(frozen=True, slots=True)
class Asked:
    """A query to ask; `rights` are those of which any one may give rows."""

    rights: frozenset[P]


def _asked(*rights: P) -> Asked:
    return Asked(frozenset(rights))


CONDITION: Final = "gives a condition for SQL, which the lists here are made with"
BY_OTHER_MEANS: Final = "takes rows that another query has already kept in scope"
NOT_DRAWN: Final = "needs a document or an order, which no drawn municipality has"
ACCOUNTS: Final = "gives accounts and programs that call, of which none is drawn"

CASES: Final[dict[str, Asked | str]] = {
    "access.access_log": "gives the access log's entries, of which none is drawn",
    "access.access_of_person": _asked(P.VIEW_AUDIT),
    "access.readers": "gives the access log's readers, of whom none is drawn",
    "accounts.bindings_of": ACCOUNTS,
    "applications.known_person": _asked(P.HANDLE_REQUESTS),
    "applications.open_request_count": "gives a number",
    "applications.request_for": _asked(P.SEND_REQUESTS, P.HANDLE_REQUESTS),
    "applications.requests_for": _asked(P.SEND_REQUESTS, P.HANDLE_REQUESTS),
    "archive.deliveries_to_see": _asked(P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES),
    "archive.delivery_for": NOT_DRAWN,
    "archive.disposal_preview": _asked(P.DISPOSE),
    "archive.disposal_previews": _asked(P.DISPOSE),
    "archive.disposals_for": NOT_DRAWN,
    "archive.list_document": NOT_DRAWN,
    "archive.package_document": NOT_DRAWN,
    "archive.packages_for": _asked(P.RECEIVE_DELIVERIES),
    "archive.period_of_unit": _asked(P.SEND_DELIVERIES),
    "archive.preparation_for": "is asked for a period, which another query gives in scope",
    "archive.standings": "is asked for a right by `deliveries_to_see`, which is asked here",
    "archive.with_deliveries": BY_OTHER_MEANS,
    "catalogues.catalogue_content": NOT_DRAWN,
    "catalogues.catalogue_document": NOT_DRAWN,
    "catalogues.catalogue_record": NOT_DRAWN,
    "catalogues.catalogues_for": _asked(P.VIEW_CATALOGUES),
    "catalogues.catalogues_to_print": _asked(P.MAKE_CATALOGUES),
    "catalogues.catalogues_to_sign": NOT_DRAWN,
    "catalogues.check_report": NOT_DRAWN,
    "catalogues.copy_document": NOT_DRAWN,
    "catalogues.deciders_for": _asked(P.MAKE_CATALOGUES, P.VIEW_GROUPS),
    "catalogues.document_to_sign": NOT_DRAWN,
    "catalogues.electronic_row": NOT_DRAWN,
    "catalogues.latest_order": _asked(P.VIEW_CATALOGUES),
    "catalogues.order_for": NOT_DRAWN,
    "catalogues.signature_detail": NOT_DRAWN,
    "catalogues.signature_rows": NOT_DRAWN,
    "catalogues.signature_scan": NOT_DRAWN,
    "catalogues.signing_order_for": NOT_DRAWN,
    "catalogues.unsigned_catalogues": NOT_DRAWN,
    "clients.calls_of": ACCOUNTS,
    "clients.client_for": ACCOUNTS,
    "clients.clients_for": ACCOUNTS,
    "comparisons.comparison_for": NOT_DRAWN,
    "comparisons.comparisons_for": NOT_DRAWN,
    "comparisons.places_for": _asked(P.VIEW_PERSONS),
    "comparisons.stored_placements": _asked(P.VIEW_GROUPS),
    "comparisons.whole_report": NOT_DRAWN,
    "exams.coming_exams": _asked(P.VIEW_GROUPS),
    "exams.copy_preview": _asked(P.EDIT_GROUPS, P.VIEW_GROUPS),
    "exams.group_for": _asked(P.VIEW_GROUPS),
    "exams.group_scope": CONDITION,
    "exams.group_to_grade": _asked(P.VIEW_GROUPS),
    "exams.groups_for": _asked(P.VIEW_GROUPS),
    "exams.groups_named": _asked(P.VIEW_GROUPS),
    "exams.groups_without_teacher": _asked(P.EDIT_GROUPS),
    "exams.moved_away_from": _asked(P.VIEW_GROUPS),
    "exams.placement_for": _asked(P.VIEW_GROUPS),
    "exams.placements_by_id": BY_OTHER_MEANS,
    "exams.placements_in": _asked(P.VIEW_GROUPS),
    "exams.preview_group": "plans a group of a course and gives no stored rows",
    "exams.study_plan": _asked(P.VIEW_GROUPS),
    "exams.term_counts": _asked(P.VIEW_GROUPS),
    "extracts.compile_person": _asked(P.VIEW_PERSONS, P.VIEW_GROUPS),
    "extracts.extract_choices": _asked(P.ISSUE_EXTRACTS, P.VIEW_PERSONS),
    "extracts.extract_document": NOT_DRAWN,
    "extracts.extract_for": NOT_DRAWN,
    "extracts.issued_to": _asked(P.VIEW_CATALOGUES, P.VIEW_PERSONS),
    "extracts.order_documents": NOT_DRAWN,
    "extracts.order_for": NOT_DRAWN,
    "extracts.order_lines": NOT_DRAWN,
    "extracts.orders_for": NOT_DRAWN,
    "extracts.outdated_extracts": NOT_DRAWN,
    "extracts.preview_extract": "gives a rendered page, asked for with `extract_choices`",
    "feeds.external_grades": _asked(P.VIEW_PERSONS),
    "feeds.grade_counts": "gives numbers",
    "feeds.term_counts": "gives numbers",
    "feeds.with_external": BY_OTHER_MEANS,
    "grading.corrected_away": _asked(P.VIEW_GROUPS),
    "grading.draft_changes": BY_OTHER_MEANS,
    "grading.earlier_grades": BY_OTHER_MEANS,
    "grading.grade_sheet": _asked(P.VIEW_GROUPS),
    "grading.grade_story": _asked(P.VIEW_GROUPS),
    "grading.grades_due": _asked(P.VIEW_GROUPS),
    "grading.joint_waiting": _asked(P.DECIDE_GRADES),
    "grading.study_plan_rows": _asked(P.VIEW_GROUPS),
    "grading.ungraded_after_exam": _asked(P.VIEW_GROUPS),
    "imports.import_for": NOT_DRAWN,
    "imports.imports_for": NOT_DRAWN,
    "imports.places_for": "gives the places of a kind of file, with `units_for`",
    "imports.row_lines": NOT_DRAWN,
    "organisation.organiser_scope": CONDITION,
    "organisation.organisers_for": _asked(),
    "organisation.provider_scope": CONDITION,
    "organisation.providers_for": _asked(),
    "organisation.unit_for": _asked(),
    "organisation.unit_scope": CONDITION,
    "organisation.units_for": _asked(),
    "people.person_details": _asked(P.VIEW_PERSONS),
    "people.person_for": _asked(P.VIEW_PERSONS),
    "people.person_history": _asked(P.VIEW_PERSONS),
    "people.person_rows": BY_OTHER_MEANS,
    "people.person_scope": CONDITION,
    "people.persons_for": _asked(P.VIEW_PERSONS),
    "people.persons_reached": CONDITION,
    "people.search_persons": _asked(P.VIEW_PERSONS),
    "privacy.carriers_for": _asked(P.VIEW_PROTECTED, P.VIEW_PERSONS, P.VIEW_GROUPS),
    "privacy.case_for": NOT_DRAWN,
    "privacy.conflicts_of": BY_OTHER_MEANS,
    "privacy.follow_ups": NOT_DRAWN,
    "privacy.open_cases": NOT_DRAWN,
    "reporting.authority_extract_for": NOT_DRAWN,
    "reporting.authority_extracts": NOT_DRAWN,
    "reporting.changed_columns": NOT_DRAWN,
    "reporting.control_list": "is asked with a layout, and judged in tests/reporting",
    "reporting.control_rows": BY_OTHER_MEANS,
    "reporting.outdated_exports": NOT_DRAWN,
    "reporting.report_codes": "gives the authorities' codes",
    "reporting.report_order_for": NOT_DRAWN,
    "reporting.sent_export_for": NOT_DRAWN,
    "reporting.sent_exports": NOT_DRAWN,
    "reporting.term_statistics": _asked(P.VIEW_REPORTS),
}
"""By room and name. With no right named, the query takes the right as an argument."""
