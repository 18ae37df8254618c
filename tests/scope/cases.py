"""Every query that takes an actor: the rights it asks for, or which sort of other thing it is."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from provning.kernel.actors import Permission

P = Permission


class Sort(Enum):
    """Why something that takes an actor has no rows of its own to keep in scope.

    Which it is can be told from its signature or its source, and is: nobody is excused by words.
    """

    CONDITION = "returns a condition for SQL, which the lists that are asked are made with"
    NUMBERS = "returns numbers, or nothing"
    LESS = "returns the same actor with fewer rights"
    OF_ROWS = "takes rows that another query has kept in scope"
    ONE_OF = "picks one of what another query lists, which is asked"
    INSIDE = "is called by an action, and by no boundary"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query to ask; `rights` are those of which any one may give rows.

    `scoped` is False where rows are read by ids that somebody else has kept in scope: only that
    they are masked is held. `masks` is False where the screen masks, which is asked for itself.
    """

    rights: frozenset[P]
    scoped: bool = True
    masks: bool = True


def _asked(*rights: P, scoped: bool = True, masks: bool = True) -> Asked:
    return Asked(frozenset(rights), scoped, masks)


CASES: Final[dict[str, Asked | Sort]] = {
    "access.access_log": _asked(P.VIEW_AUDIT),
    "access.access_of_person": _asked(P.VIEW_AUDIT),
    "access.examined_person": _asked(P.VIEW_AUDIT),
    "access.readers": _asked(P.VIEW_AUDIT),
    "accounts.bindings_of": _asked(P.MANAGE_ACCOUNTS),
    "accounts.managed_account": _asked(P.MANAGE_ACCOUNTS),
    "accounts.managed_accounts": _asked(P.MANAGE_ACCOUNTS),
    "accounts.offices_of": _asked(P.DELEGATE),
    "accounts.within": Sort.LESS,
    "applications.known_person": _asked(P.HANDLE_REQUESTS),
    "applications.open_request_count": Sort.NUMBERS,
    "applications.request_for": _asked(P.SEND_REQUESTS, P.HANDLE_REQUESTS),
    "applications.requests_for": _asked(P.SEND_REQUESTS, P.HANDLE_REQUESTS),
    "archive.deliveries_to_see": _asked(P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES),
    "archive.delivery_for": _asked(P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES),
    "archive.disposal_preview": _asked(P.DISPOSE),
    "archive.disposal_previews": _asked(P.DISPOSE),
    "archive.disposals_for": _asked(P.DISPOSE),
    "archive.list_document": _asked(P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES),
    "archive.package_document": _asked(P.RECEIVE_DELIVERIES),
    "archive.packages_for": _asked(P.RECEIVE_DELIVERIES),
    "archive.period_of_unit": _asked(P.SEND_DELIVERIES),
    "archive.preparation_for": _asked(P.SEND_DELIVERIES),
    "archive.standings": _asked(P.SEND_DELIVERIES),
    "archive.with_deliveries": Sort.OF_ROWS,
    "catalogues.catalogue_content": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.catalogue_document": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.catalogue_record": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.catalogues_for": _asked(P.VIEW_CATALOGUES),
    "catalogues.catalogues_to_print": _asked(P.MAKE_CATALOGUES),
    "catalogues.catalogues_to_sign": _asked(P.SIGN_CATALOGUES),
    "catalogues.check_report": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.copy_document": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.deciders_for": _asked(P.MAKE_CATALOGUES, P.VIEW_GROUPS),
    "catalogues.document_to_sign": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.electronic_row": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.latest_order": _asked(P.VIEW_CATALOGUES),
    "catalogues.order_for": _asked(P.VIEW_CATALOGUES),
    "catalogues.signature_detail": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.signature_rows": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.signature_scan": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.signing_order_for": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "catalogues.unsigned_catalogues": _asked(P.VIEW_CATALOGUES, P.SIGN_CATALOGUES),
    "clients.calls_of": _asked(P.MANAGE_ACCOUNTS),
    "clients.client_for": _asked(P.MANAGE_ACCOUNTS),
    "clients.clients_for": _asked(P.MANAGE_ACCOUNTS),
    "comparisons.comparison_for": _asked(P.VIEW_PERSONS),
    "comparisons.comparisons_for": _asked(P.VIEW_PERSONS),
    "comparisons.places_for": _asked(P.VIEW_PERSONS),
    "comparisons.stored_placements": _asked(P.VIEW_GROUPS),
    "comparisons.whole_report": _asked(P.VIEW_PERSONS),
    "exams.coming_exams": _asked(P.VIEW_GROUPS),
    "exams.copy_preview": _asked(P.EDIT_GROUPS, P.VIEW_GROUPS),
    "exams.group_for": _asked(P.VIEW_GROUPS),
    "exams.group_scope": Sort.CONDITION,
    "exams.group_to_act_on": _asked(P.VIEW_GROUPS),
    "exams.groups_for": _asked(P.VIEW_GROUPS),
    "exams.groups_named": _asked(P.VIEW_GROUPS),
    "exams.groups_without_teacher": _asked(P.EDIT_GROUPS),
    "exams.moved_away_from": _asked(P.VIEW_GROUPS),
    "exams.placement_for": _asked(P.VIEW_GROUPS),
    "exams.placements_by_id": _asked(scoped=False),
    "exams.placements_in": _asked(P.VIEW_GROUPS),
    "exams.preview_group": _asked(P.EDIT_GROUPS, P.VIEW_GROUPS),
    "exams.study_plan": _asked(P.VIEW_GROUPS),
    "exams.term_counts": _asked(P.VIEW_GROUPS),
    "extracts.compile_person": _asked(P.VIEW_PERSONS, P.VIEW_GROUPS, P.VIEW_CATALOGUES),
    "extracts.extract_choices": _asked(P.ISSUE_EXTRACTS, P.VIEW_PERSONS),
    "extracts.extract_document": _asked(P.VIEW_CATALOGUES),
    "extracts.extract_for": _asked(P.VIEW_CATALOGUES),
    "extracts.issued_to": _asked(P.VIEW_CATALOGUES, P.VIEW_PERSONS),
    "extracts.order_documents": _asked(P.ISSUE_EXTRACTS),
    "extracts.order_for": _asked(P.ISSUE_EXTRACTS),
    "extracts.order_lines": _asked(P.ISSUE_EXTRACTS),
    "extracts.orders_for": _asked(P.ISSUE_EXTRACTS),
    "extracts.outdated_extracts": _asked(P.ISSUE_EXTRACTS),
    "extracts.preview_extract": _asked(P.ISSUE_EXTRACTS, P.VIEW_PERSONS),
    "feeds.external_grades": _asked(P.VIEW_PERSONS),
    "feeds.grade_counts": Sort.NUMBERS,
    "feeds.grade_feed": _asked(P.EXCHANGE_GRADES),
    "feeds.protected_in_term": _asked(P.EXCHANGE_GRADES),
    "feeds.take_out_documents": _asked(P.EXCHANGE_GRADES),
    "feeds.take_out_grades": _asked(P.EXCHANGE_GRADES),
    "feeds.take_out_snapshot": _asked(P.EXCHANGE_GRADES),
    "feeds.term_counts": Sort.NUMBERS,
    "feeds.term_snapshot": _asked(P.EXCHANGE_GRADES),
    "feeds.with_external": Sort.OF_ROWS,
    "feeds.with_sent": Sort.OF_ROWS,
    "grading.consequences_of": Sort.OF_ROWS,
    "grading.corrected_away": _asked(P.VIEW_GROUPS),
    "grading.draft_changes": Sort.OF_ROWS,
    "grading.earlier_grades": Sort.OF_ROWS,
    "grading.grade_sheet": _asked(P.VIEW_GROUPS),
    "grading.grade_story": _asked(P.VIEW_GROUPS),
    "grading.grades_due": _asked(P.VIEW_GROUPS),
    "grading.joint_waiting": _asked(P.DECIDE_GRADES),
    "grading.study_plan_rows": _asked(P.VIEW_GROUPS),
    "grading.ungraded_after_exam": _asked(P.VIEW_GROUPS),
    "imports.import_for": _asked(P.REGISTER_PERSONS),
    "imports.imports_for": _asked(P.REGISTER_PERSONS),
    "imports.places_for": _asked(P.REGISTER_PERSONS),
    "imports.row_lines": _asked(P.REGISTER_PERSONS),
    "operations.jobs_for": _asked(P.MANAGE_ORGANISATION),
    "operations.require_all": Sort.NUMBERS,
    "operations.rows": _asked(P.MANAGE_ORGANISATION),
    "organisation.account_places": _asked(P.MANAGE_ACCOUNTS),
    "organisation.calendars_of": _asked(P.MANAGE_ORGANISATION),
    "organisation.delegations_for": _asked(P.DELEGATE),
    "organisation.initials_over_time": _asked(P.MANAGE_ORGANISATION),
    "organisation.offices_for": _asked(P.DELEGATE),
    "organisation.organiser_managed": _asked(P.MANAGE_ORGANISATION),
    "organisation.organiser_scope": Sort.CONDITION,
    "organisation.organisers_for": _asked(),
    "organisation.organisers_managed": _asked(P.MANAGE_ORGANISATION),
    "organisation.placed_proposals_for": _asked(P.GIVE_ROLES),
    "organisation.placed_role_for": Sort.ONE_OF,
    "organisation.overdue_reviews": _asked(P.REVIEW_ROLES),
    "organisation.placed_roles_for": _asked(P.REVIEW_ROLES),
    "organisation.roles_to_review": _asked(P.REVIEW_ROLES),
    "organisation.policies_of": _asked(P.MANAGE_ORGANISATION),
    "organisation.provider_managed": _asked(P.MANAGE_ORGANISATION),
    "organisation.provider_scope": Sort.CONDITION,
    "organisation.providers_for": _asked(),
    "organisation.role_places_for": _asked(P.GIVE_ROLES),
    "organisation.search_trail": _asked(P.VIEW_AUDIT, masks=False),
    "organisation.unit_for": _asked(),
    "organisation.unit_scope": Sort.CONDITION,
    "organisation.units_for": _asked(),
    "people.account_person": _asked(P.MANAGE_ACCOUNTS),
    "people.accounts_without_person": _asked(P.MANAGE_ACCOUNTS),
    "people.became_protected": Sort.NUMBERS,
    "people.duties_at": _asked(P.MANAGE_ORGANISATION, P.MANAGE_ACCOUNTS),
    "people.person_details": _asked(P.VIEW_PERSONS),
    "people.person_for": _asked(P.VIEW_PERSONS),
    "people.person_history": _asked(P.VIEW_PERSONS),
    "people.person_rows": _asked(scoped=False),
    "people.person_scope": Sort.CONDITION,
    "people.person_to_open": _asked(P.VIEW_PERSONS, P.VIEW_PROTECTED),
    "people.persons_for": _asked(P.VIEW_PERSONS),
    "people.persons_reached": Sort.CONDITION,
    "people.protected_staff": _asked(P.VIEW_PROTECTED),
    "people.search_persons": _asked(P.VIEW_PERSONS),
    "people.staff_by_number": _asked(P.MANAGE_ACCOUNTS),
    "people.staff_reached": Sort.CONDITION,
    "people.staff_member": _asked(P.MANAGE_ORGANISATION, P.REGISTER_PERSONS),
    "privacy.carriers_for": _asked(P.VIEW_PROTECTED, P.VIEW_PERSONS, P.VIEW_GROUPS),
    "privacy.case_for": _asked(P.REGISTER_PERSONS, P.MANAGE_ORGANISATION),
    "privacy.cases_to_approve": _asked(P.REGISTER_PERSONS, P.MANAGE_ORGANISATION),
    "privacy.compile_own_extract": Sort.INSIDE,
    "privacy.conflicts_of": Sort.OF_ROWS,
    "privacy.follow_ups": _asked(P.VIEW_PROTECTED, P.VIEW_PERSONS),
    "privacy.open_cases": _asked(P.REGISTER_PERSONS, P.MANAGE_ORGANISATION),
    "reporting.authority_extract_for": _asked(P.VIEW_REPORTS),
    "reporting.authority_extracts": _asked(P.VIEW_REPORTS),
    "reporting.carried": _asked(scoped=False),
    "reporting.changed_columns": _asked(P.VIEW_REPORTS),
    "reporting.control_index": _asked(P.VIEW_REPORTS),
    "reporting.control_list": _asked(P.VIEW_REPORTS, masks=False),
    "reporting.control_rows": Sort.OF_ROWS,
    "reporting.findings_now": Sort.OF_ROWS,
    "reporting.outdated_exports": _asked(P.VIEW_REPORTS),
    "reporting.report_codes": _asked(P.VIEW_REPORTS),
    "reporting.report_order_for": _asked(P.VIEW_REPORTS),
    "reporting.sent_export_for": _asked(P.VIEW_REPORTS),
    "reporting.sent_exports": _asked(P.VIEW_REPORTS),
    "reporting.term_statistics": _asked(P.VIEW_REPORTS),
    "web.control_page": _asked(P.VIEW_REPORTS),
    "web.control_rows": _asked(P.VIEW_REPORTS),
    "web.trail": _asked(P.VIEW_AUDIT, P.VIEW_PERSONS),
}
"""By room and name. With no right named, the query takes the right as an argument."""
