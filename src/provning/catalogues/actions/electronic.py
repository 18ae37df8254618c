"""Electronic signatures: asked for by who signs, made by a job, one after another.

The file is signed outside the transaction, for that takes a second, and kept only when it was made
from what is still the newest file: of two who sign at once, the later is made again from the
file of the earlier. So every signature that is registered stands in every later file.
"""

from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from provning.audit.actions import record
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.actions.jobs import Status, claim, end, job_under_way, ordered_now
from provning.catalogues.actions.signing import locked_catalogue, refusals, register_signature
from provning.catalogues.content import SignerRole, from_json
from provning.catalogues.models import (
    CatalogueJob,
    GradeCatalogue,
    SignedDocument,
    SigningOrder,
    StoredDocument,
)
from provning.catalogues.models.signatures import CatalogueSignature
from provning.catalogues.queries.electronic import current_file
from provning.catalogues.queries.reading import signable_catalogue
from provning.catalogues.queries.versions import document_of
from provning.catalogues.rows import Signing
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import ProblemsFoundError, refuse_if
from provning.people.names import spoken_name
from provning.signing.ports import Signer, SigningPerson
from provning.signing.services import signing_service

ELECTRONIC = CatalogueSignature.Method.ELECTRONIC
MEDIA_TYPE = "application/pdf"
# More than can sign the same catalogue within the second that one signature takes.
ATTEMPTS = 20
SIGNED = "Du har undertecknat {document}."
# To sign, and to read what is signed: without both there would be no order.
TRIED = frozenset(
    {Permission.SIGN_CATALOGUES, Permission.VIEW_CATALOGUES, Permission.VIEW_PROTECTED}
)
WENT_WRONG = (
    "Underskriften kunde inte göras. Underteckna igen, och kontakta supporten om det upprepas."
)
LOST = "Arbetet avbröts innan underskriften var gjord. Underteckna igen."


def service() -> Signer:
    """Return the signing service that the settings name."""
    return signing_service(settings.SIGNING, settings.SIGNING_DIR)


@transaction.atomic
def sign_electronically(
    *,
    actor: Actor,
    catalogue_id: UUID,
    role: str,
    submission: UUID,
    today: date,
    in_place_of: UUID | None = None,
    reason: str = "",
) -> SigningOrder:
    """Ask for the actor's electronic signature in a version; a job gives it.

    The boundary has asked for the password again. Sent twice, or while the actor's signature is
    being made, it is the same order. Raises `NotFoundError`, also for a version that the actor
    neither reads nor signs, `NotAllowedError` and `ProblemsFoundError`.
    """
    signable_catalogue(actor, catalogue_id)
    catalogue, unit = locked_catalogue(actor, catalogue_id)
    signer_id = policies.require_sign(actor, unit)
    signing = Signing(signer_id, role, today, in_place_of, reason)
    earlier = SigningOrder.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if _is_for(earlier, catalogue, signing) else [rules.signing_form_used()])
        return earlier
    under_way = _under_way(catalogue, signer_id)
    if under_way:
        return under_way
    refuse_if(refusals(catalogue, [signing], ELECTRONIC, today))
    order = _create(actor, catalogue, signing, submission)
    _record(events.ELECTRONIC_SIGNING_ORDERED, actor, order)
    _enqueue(order, today)
    return order


def run_signing_order(*, order_id: UUID, today: date) -> SigningOrder | None:
    """Give a signature that was asked for; None when another worker has the order.

    What a person can mend is told in the order. Anything else is told as an error there and raised
    for the log.
    """
    order = _claim(order_id)
    if order is None:
        return None
    try:
        _sign(order, today)
    except ProblemsFoundError as error:
        return _finish(order, Status.FAILED, " ".join(each.text for each in error.problems))
    except Exception:
        _finish(order, Status.FAILED, WENT_WRONG)
        raise
    return _finish(order, Status.DONE, SIGNED.format(document=order.catalogue.document_id))


@transaction.atomic
def end_lost_signing(*, lost_id: UUID) -> None:
    """End an order whose job is known to be gone: done if the signature is kept, else to be redone.

    Waits for nobody: a locked order raises `OperationalError`.
    """
    found = SigningOrder.objects.select_for_update(of=("self",), nowait=True)
    for order in found.select_related("catalogue").filter(pk=lost_id, status=Status.RUNNING):
        kept = order.catalogue.signatures.filter(
            signer=order.signer_id, role=order.role, method=ELECTRONIC, withdraws=None,
            registered_at__gte=order.started_at,
        )  # fmt: skip
        if kept.exists():
            _finish(order, Status.DONE, SIGNED.format(document=order.catalogue.document_id))
        else:
            _finish(order, Status.FAILED, LOST)


def _sign(order: SigningOrder, today: date) -> None:
    """Sign the newest file until the one that was signed is still the newest."""
    person = order.signer
    who = SigningPerson(
        key=str(person.pk),
        name=spoken_name(person.given_name, person.family_name),
        organisation=order.catalogue.unit.name,
    )
    reason = f"Betygskatalog {order.catalogue.document_id}, {_signs_as(order)}"
    for _attempt in range(ATTEMPTS):
        base = current_file(order.catalogue)
        content = document_of(base, order.catalogue.document_id).content
        if _keep(order, base, service().sign(content, who, reason, datetime.now(UTC)), today):
            return
    refuse_if([rules.signed_meanwhile()])


def _signs_as(order: SigningOrder) -> str:
    """Return the role as the catalogue words it: who decided on delegation is not called rektor."""
    role = SignerRole(order.role)
    signers = {each.key: each for each in from_json(order.catalogue.content).signers}
    listed = signers.get((str(order.signer_id), role)) if order.in_place_of_id is None else None
    return listed.words if listed else role.words


@transaction.atomic
def _keep(order: SigningOrder, base: StoredDocument, signed: bytes, today: date) -> bool:
    """Register the signature and keep its file; False when another file is the newest by now."""
    actor = _signer(order)
    catalogue, _unit = locked_catalogue(actor, order.catalogue_id)
    if current_file(catalogue).pk != base.pk:
        return False
    signing = Signing(order.signer_id, order.role, today, order.in_place_of_id, order.reason)
    refuse_if(refusals(catalogue, [signing], ELECTRONIC, today))
    stored = store_document(signed, MEDIA_TYPE)
    SignedDocument.objects.create(
        catalogue=catalogue, stored=stored, sealed=False, made_at=stored.stored_at
    )
    register_signature(
        actor=actor,
        catalogue_id=catalogue.id,
        signing=signing,
        today=today,
        method=ELECTRONIC,
        document=stored,
    )
    return True


def _create(
    actor: Actor, catalogue: GradeCatalogue, signing: Signing, submission: UUID
) -> SigningOrder:
    """Store the order."""
    return SigningOrder.objects.create(
        catalogue=catalogue,
        signer_id=signing.signer_id,
        role=signing.role,
        in_place_of_id=signing.in_place_of,
        reason=signing.reason.strip(),
        **ordered_now(actor, submission),
    )


def _is_for(order: SigningOrder, catalogue: GradeCatalogue, signing: Signing) -> bool:
    """Say whether the order is for the signature."""
    asked = (order.catalogue_id, order.signer_id, order.role, order.in_place_of_id)
    return asked == (catalogue.id, signing.signer_id, signing.role, signing.in_place_of)


def _under_way(catalogue: GradeCatalogue, signer_id: UUID) -> SigningOrder | None:
    """Return the order that waits or runs; one whose worker is lost is ended and does not count."""
    orders = SigningOrder.objects.select_related("catalogue")
    order, lost = job_under_way(orders.filter(catalogue=catalogue, signer_id=signer_id))
    if order and lost:
        _finish(order, Status.FAILED, LOST)
        return None
    return order


def _enqueue(order: SigningOrder, today: date) -> None:
    """Hand the order to a worker; the job is stored in the same transaction as the order."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.catalogues.tasks import sign_ordered_catalogue

    sign_ordered_catalogue.enqueue(str(order.id), today.isoformat())


@transaction.atomic
def _claim(order_id: UUID) -> SigningOrder | None:
    """Take a waiting order, so that no other worker does."""
    orders = SigningOrder.objects.select_related("catalogue__unit", "signer")
    return claim(orders, order_id, "signing_order")


@transaction.atomic
def _finish(order: SigningOrder, status: CatalogueJob.Status, message: str) -> SigningOrder:
    """Keep how the order ended."""
    facts = end(order, status, message)
    _record(events.ELECTRONIC_SIGNING_FINISHED, _signer(order), order, facts)
    return order


def _signer(order: SigningOrder) -> Actor:
    """Return who ordered, with the rights that were tried when the order came and no other."""
    grant = Grant(order.ordered_by_role, Scope(ScopeKind.UNIT, order.catalogue.unit_id), TRIED)
    return Actor(
        order.ordered_by_account,
        order.ordered_by_name,
        order.ordered_by_role,
        (grant,),
        order.signer_id,
    )


def _record(
    name: str, actor: Actor, order: SigningOrder, facts: dict[str, object] | None = None
) -> None:
    """Tell the trail of an order."""
    catalogue = order.catalogue
    record(
        name,
        actor=actor,
        subjects=[
            ("signing_order", order.id),
            ("grade_catalogue", catalogue.id),
            ("unit", catalogue.unit_id),
        ],
        after={
            "document": catalogue.document_id,
            "signer": order.ordered_by_name,
            "role": order.role,
            **(facts or {}),
        },
    )
