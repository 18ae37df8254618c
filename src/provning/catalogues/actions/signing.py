"""Registering that a version is signed, and taking a mistake back: every row stays."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.models import (
    CatalogueSignature,
    GradeCatalogue,
    StoredDocument,
)
from provning.catalogues.queries.signatures import (
    rows_of,
    sees_everybody,
    signed_catalogue,
)
from provning.catalogues.queries.versions import series_of
from provning.catalogues.rows import SignatureRow, Signed, Signing
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.organisation.queries import signing_mode
from provning.organisation.rows import UnitRow, unit_row
from provning.people.models import Person
from provning.people.names import spoken_name
from provning.people.queries import principals_for_unit

Method = CatalogueSignature.Method


def register_signature(
    *,
    actor: Actor,
    catalogue_id: UUID,
    signing: Signing,
    today: date,
    method: str = Method.PAPER,
    document: StoredDocument | None = None,
) -> CatalogueSignature:
    """Register one signature; see `register_signatures`."""
    (made,) = register_signatures(
        actor=actor,
        catalogue_id=catalogue_id,
        signings=[signing],
        today=today,
        method=method,
        document=document,
    )
    return made


@transaction.atomic
def register_signatures(
    *,
    actor: Actor,
    catalogue_id: UUID,
    signings: Sequence[Signing],
    today: date,
    method: str = Method.PAPER,
    document: StoredDocument | None = None,
    scan: bytes = b"",
) -> list[CatalogueSignature]:
    """Register that persons have signed a version, all of them or none.

    `document` is the signed PDF; `scan` the bytes of a scanned page, kept when they are a whole
    PDF, PNG or JPEG of at most `rules.MOST_BYTES`. What stands already, registered with the same
    facts, is returned as it is, so that a form sent twice does nothing twice. Raises
    `NotFoundError`, `NotAllowedError`, `ConflictError` and `ProblemsFoundError`.
    """
    catalogue, unit = locked_catalogue(actor, catalogue_id)
    for each in signings:
        electronic = method == Method.ELECTRONIC
        policies.require_register(actor, unit, each.signer_id, electronic=electronic)
    rows = rows_of([catalogue.id])[catalogue.id]
    kept = _kept(rows, signings, method)
    if kept:
        return kept
    problems = rules.nobody_chosen(signings) or refusals(catalogue, signings, method, today)
    refuse_if(problems + (rules.scan_problems(scan) if scan else []))
    page = store_document(scan, rules.scan_type(scan)) if scan else document
    with refused_as(rules.signed_meanwhile()):
        made = [_create(actor, catalogue, each, method, page) for each in signings]
    _record_signed(actor, catalogue, unit, made)
    follow_up(catalogue)
    return made


def refusals(
    catalogue: GradeCatalogue, signings: Sequence[Signing], method: str, today: date
) -> list[Problem]:
    """Return everything that keeps signatures from being given in a version, fetched with unit."""
    mode = signing_mode(catalogue.unit.provider.organiser_id, today)
    rows = rows_of([catalogue.id])[catalogue.id]
    state = _state(catalogue, rows, signings)
    problems = rules.method_problems(mode, electronic=method == Method.ELECTRONIC)
    return problems + rules.signing_problems(state, signings, today)


def follow_up(catalogue: GradeCatalogue) -> None:
    """Have a signed file sealed, when everybody has signed, and checked; a job does it."""
    if catalogue.signed_documents.exists():
        # The job calls back into this room, so it is imported when both are loaded.
        from provning.catalogues.tasks import seal_and_check_signatures

        seal_and_check_signatures.enqueue(str(catalogue.id))


@transaction.atomic
def withdraw_signature(
    *, actor: Actor, signature_id: UUID, reason: str, today: date
) -> CatalogueSignature:
    """Take a signature that was registered by mistake back, with the reason; both rows stay.

    `signed_on` of the new row is the day it was taken back.

    Raises `NotFoundError`, `NotAllowedError` and `ProblemsFoundError`.
    """
    signature = CatalogueSignature.objects.filter(pk=signature_id, withdraws=None).first()
    if signature is None:
        raise NotFoundError("catalogue_signature")
    catalogue, unit = locked_catalogue(actor, signature.catalogue_id)
    policies.require_register(actor, unit, signature.signer_id)
    earlier = CatalogueSignature.objects.filter(withdraws=signature).first()
    if earlier and (earlier.registered_by_account, earlier.reason) == (actor.id, reason.strip()):
        return earlier
    problems = rules.reason_problems(reason)
    if signature.method == Method.ELECTRONIC:
        problems = [rules.electronic_stays()]
    refuse_if([rules.already_withdrawn(), *problems] if earlier else problems)
    taken_back = CatalogueSignature.objects.create(
        catalogue=catalogue,
        signer_id=signature.signer_id,
        signer_name=signature.signer_name,
        role=signature.role,
        method=signature.method,
        signed_on=today,
        withdraws=signature,
        reason=reason.strip(),
        registered_by_account=actor.id,
        registered_by_name=actor.name,
        registered_at=datetime.now(UTC),
    )
    record(
        events.SIGNATURE_WITHDRAWN,
        actor=actor,
        subjects=_subjects(catalogue, unit),
        after={"document": catalogue.document_id, "signer": signature.signer_name},
        before={"signature": signature.id, "signed_on": signature.signed_on},
        reason=reason.strip(),
    )
    return taken_back


def locked_catalogue(actor: Actor, catalogue_id: UUID) -> tuple[GradeCatalogue, UnitRow]:
    """Return the version and its unit; whoever signs it, or makes the next, waits here.

    `NotFoundError` also for one that the actor may see nothing of.
    """
    catalogue = signed_catalogue(actor, catalogue_id)
    unit = unit_row(catalogue.unit)
    signs = policies.signs_as(actor, unit)
    own = signs is not None and catalogue.signers.filter(person_id=signs).exists()
    if not own and not sees_everybody(actor, unit, catalogue):
        raise NotFoundError("grade_catalogue")
    type(catalogue.unit).objects.select_for_update(no_key=True).get(pk=unit.id)
    return catalogue, unit


def _kept(
    rows: list[SignatureRow], signings: Sequence[Signing], method: str
) -> list[CatalogueSignature]:
    """Return the signatures when every one of them stands already with the same facts."""
    standing = [
        row.signature.id
        for each in signings
        for row in rows
        if rules.covers(each, row) and row.signature and _same(row.signature, each, method)
    ]
    if not standing or len(standing) < len(signings):
        return []
    return list(CatalogueSignature.objects.filter(pk__in=standing).order_by("registered_at", "pk"))


def _same(signed: Signed, signing: Signing, method: str) -> bool:
    """Say whether a signature that stands has the facts of the one to register."""
    one = (signed.signed_by_id, signed.signed_on, signed.method)
    return one == (signing.signer_id, signing.signed_on, method)


def _state(
    catalogue: GradeCatalogue, rows: list[SignatureRow], signings: Sequence[Signing]
) -> rules.SigningState:
    """Return the version as the rules see it."""
    days = {each.signed_on for each in signings if each.in_place_of}
    newer = series_of(catalogue).filter(version__gt=catalogue.version)
    return rules.SigningState(
        preliminary=catalogue.preliminary,
        latest=not newer.exists(),
        issued_on=catalogue.issued_on,
        rows=tuple(rows),
        principals=frozenset(
            (each.person_id, day)
            for day in days
            for each in principals_for_unit(catalogue.unit_id, day)
        ),
    )


def _create(
    actor: Actor,
    catalogue: GradeCatalogue,
    signing: Signing,
    method: str,
    document: StoredDocument | None,
) -> CatalogueSignature:
    """Store one signature under the signer's name of today."""
    person = Person.objects.get(pk=signing.signer_id)
    return CatalogueSignature.objects.create(
        catalogue=catalogue,
        signer=person,
        signer_name=spoken_name(person.given_name, person.family_name),
        role=signing.role,
        method=method,
        signed_on=signing.signed_on,
        document=document,
        in_place_of_id=signing.in_place_of,
        reason=signing.reason.strip() if signing.in_place_of else "",
        registered_by_account=actor.id,
        registered_by_name=actor.name,
        registered_at=datetime.now(UTC),
    )


def _record_signed(
    actor: Actor, catalogue: GradeCatalogue, unit: UnitRow, made: list[CatalogueSignature]
) -> None:
    """Tell the trail once of everything that was registered together."""
    record(
        events.CATALOGUE_SIGNED,
        actor=actor,
        subjects=_subjects(catalogue, unit),
        after={
            "document": catalogue.document_id,
            "signers": ", ".join(each.signer_name for each in made),
            "signatures": [_facts(each) for each in made],
        },
    )


def _facts(made: CatalogueSignature) -> dict[str, object]:
    """Return what the trail keeps of one signature."""
    return {
        "id": made.id,
        "signer": made.signer_id,
        "role": made.role,
        "method": made.method,
        "signed_on": made.signed_on,
        "document": made.document_id,
        "in_place_of": made.in_place_of_id,
        "reason": made.reason,
    }


def _subjects(catalogue: GradeCatalogue, unit: UnitRow) -> list[tuple[str, object]]:
    return [("grade_catalogue", catalogue.id), ("unit", unit.id)]
