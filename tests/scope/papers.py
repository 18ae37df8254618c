"""What a drawn municipality holds beside persons and grades: papers, orders, files, logs, accounts.

Each thing has a word of its own that nothing else holds, in its name, its bytes or its notes, so
that an answer that lets it out is known whatever the answer looks like.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import uuid4

from provning.archive.models import (
    ArchivePackage,
    Delivery,
    DeliveryItem,
    DeliveryList,
    DeliveryStep,
)
from provning.catalogues.content import CatalogueContent, Row, Sheet, Signer, SignerRole
from provning.catalogues.models import (
    CatalogueCopy,
    CatalogueOrder,
    CatalogueSignature,
    CatalogueSigner,
    GradeCatalogue,
    SignatureCheck,
    SignedDocument,
    SigningOrder,
)
from provning.extracts.models import Extract, ExtractDecision, ExtractOrder, ExtractOrderLine
from provning.people.models import PersonNumber
from tests.grading import world
from tests.scope.drawn import SENT, Drawn, Group, Paper
from tests.scope.holdings import of_organiser, of_person, of_provider, read_list
from tests.scope.words import TERM, document, ordered, word

CHECKED = {"checked_at": SENT.isoformat(), "sha256": "", "signatures": []}


def store_papers(town: Drawn) -> None:
    """Store every kind of thing at every place of the municipality, and keep what is known."""
    town.papers = [
        *(paper for group in town.groups.values() for paper in _of_group(town, group)),
        *(paper for provider in town.organiser_of for paper in of_provider(town, provider)),
        *(
            paper
            for organiser in dict.fromkeys(town.organiser_of.values())
            for paper in of_organiser(town, organiser)
        ),
        *(paper for person in town.persons for paper in of_person(town, person)),
        read_list(),
    ]


def _of_group(town: Drawn, group: Group) -> Iterator[Paper]:
    """Store the catalogues, the delivery, the package and the extracts of the group's unit."""
    shown = any(town.persons[each].protected for each in group.placed.values())
    open_part, made = _catalogue(town, group, secret=False)
    yield from _signing(group, made, secret=shown)
    yield from open_part
    hidden_part, protected = _catalogue(town, group, secret=True)
    yield from hidden_part
    yield from _delivery(group, (made, protected))
    for part, secret in (("ordinary", False), ("protected", True)):
        own = word()
        package = ArchivePackage.objects.create(
            **TERM,
            unit_id=group.unit,
            part=part,
            number=1,
            package_id=own,
            stored=document(f"{own}tar"),
            decisions=1,
            files=1,
            made_at=SENT,
            made_by_name="Någon",
        )
        yield Paper("package", package.pk, (own,), group.unit, secret=secret)
        yield Paper("packed", package.pk, (f"{own}tar",), group.unit, secret=secret)
    yield from _extracts(town, group)


def _catalogue(town: Drawn, group: Group, *, secret: bool) -> tuple[list[Paper], GradeCatalogue]:
    """Store one part; the teacher signs the whole of the open one, and some of the other."""
    name, bytes_, inside = word(), word(), word()
    numbers = PersonNumber.objects.filter(person__in=group.placed.values())
    shown = tuple(f"{each[:8]}-{each[8:]}" for each in numbers.values_list("number", flat=True))
    written = () if secret else shown
    content = _content(name, (inside, *written)).to_json()
    made = GradeCatalogue.objects.create(
        **TERM,
        unit_id=group.unit,
        part="protected" if secret else "ordinary",
        version=1,
        preliminary=False,
        document_id=name,
        content=content,
        content_sha256=sha256(content.encode()).hexdigest(),
        stored=document(bytes_),
        decisions=2,
        pages=1,
        issued_on=world.TODAY,
        made_at=SENT,
        made_by_name="Någon",
    )
    CatalogueSigner.objects.create(
        catalogue=made,
        place=1,
        person_id=group.teacher,
        name="Läraren",
        role="LÄRARE",
        decisions=1 if secret else 2,
        courses="",
    )
    hidden = secret or any(town.persons[each].protected for each in group.placed.values())
    whole = None if secret else group.teacher
    papers = [
        Paper("record", made.pk, (name,), group.unit, secret=secret, signer=group.teacher),
        Paper(
            "content", made.pk, (bytes_, inside, *written), group.unit, secret=hidden, signer=whole
        ),
    ]
    return papers, made


def _content(document_id: str, notes: tuple[str, ...]) -> CatalogueContent:
    signer = Signer("", "Läraren", SignerRole.TEACHER)
    row = Row(1, "", "", "Rad", "Rad", "C", world.TODAY)
    return CatalogueContent(
        document_id=document_id,
        version=1,
        preliminary=False,
        protected=False,
        organiser="Ort",
        municipality="Ort",
        municipality_code="0199",
        unit_name="Enhet",
        provider_name="Anordnare",
        unit_code="10000000",
        term_label="HT26",
        school_form="KV",
        issued_on=world.TODAY,
        sheets=(Sheet("Grupp", "Kurs", "KURS", None, "", "", "", signer, (), (row,)),),
        notes=notes,
    )


def _signing(group: Group, made: GradeCatalogue, *, secret: bool) -> Iterator[Paper]:
    """Store an order of the catalogue, a signature, a copy and what is signed electronically."""
    order = CatalogueOrder.objects.create(
        **TERM, **ordered(), unit_id=group.unit, status="done", message=(said := word())
    )
    yield Paper("order", order.pk, (said,), group.unit)
    scan, copied, signed, report = word(), word(), word(), word()
    signature = CatalogueSignature.objects.create(
        catalogue=made,
        signer_id=group.teacher,
        signer_name="Läraren",
        role="LÄRARE",
        method="paper",
        signed_on=world.TODAY,
        document=document(scan),
        registered_by_account="någon",
        registered_by_name="Någon",
        registered_at=SENT,
    )
    yield Paper("signature", signature.pk, (scan,), group.unit, signer=group.teacher)
    copy = CatalogueCopy.objects.create(
        catalogue=made,
        number=1,
        reason="Borta",
        note="{}",
        stored=document(copied),
        submission=uuid4(),
        made_at=SENT,
        made_by_name="Någon",
    )
    whole: dict[str, Any] = {"at": group.unit, "secret": secret, "signer": group.teacher}
    yield Paper("copy", copy.pk, (), group.unit, signer=group.teacher)
    yield Paper("content", uuid4(), (copied,), **whole)
    signing = SigningOrder.objects.create(
        **ordered(), catalogue=made, signer_id=group.teacher, role="LÄRARE", status="done"
    )
    yield Paper("signing", signing.pk, (), **whole)
    file = SignedDocument.objects.create(
        catalogue=made, stored=document(signed), sealed=False, made_at=SENT
    )
    check = SignatureCheck.objects.create(
        catalogue=made,
        document=file.stored,
        checked_at=SENT,
        valid=True,
        report=json.dumps({"findings": [], "report": {**CHECKED, "fault": report}}),
    )
    yield Paper("content", file.pk, (signed,), **whole)
    # A check speaks of signatures, of nobody's grade.
    yield Paper("signature", check.pk, (report,), group.unit, signer=group.teacher)


def _delivery(group: Group, parts: tuple[GradeCatalogue, GradeCatalogue]) -> Iterator[Paper]:
    own = word()
    delivery = Delivery.objects.create(
        **TERM,
        unit_id=group.unit,
        number=1,
        document_id=own,
        made_at=SENT,
        made_by_name="Någon",
    )
    step = DeliveryStep.objects.create(
        delivery=delivery,
        number=1,
        kind="prepared",
        day=world.TODAY,
        taken_at=SENT,
        taken_by_account="någon",
        taken_by_name="Någon",
        submission=uuid4(),
    )
    yield Paper("delivery", delivery.pk, (own,), group.unit)
    for part in parts:
        DeliveryItem.objects.create(step=step, catalogue=part)
        listed = DeliveryList.objects.create(
            step=step,
            part=part.part,
            content="{}",
            content_sha256="",
            stored=document(inside := word()),
            rows=1,
            pages=1,
        )
        secret = part.part == "protected"
        yield Paper("list", listed.pk, (), group.unit, secret=secret)
        yield Paper("listed", listed.pk, (inside,), group.unit, secret=secret)


def _extracts(town: Drawn, group: Group) -> Iterator[Paper]:
    """Store an extract of everybody who is placed, and the order that they came from."""
    organiser = town.organiser_of[town.provider_of[group.unit]]
    order = ExtractOrder.objects.create(
        **ordered(),
        organiser_id=organiser,
        unit_id=group.unit,
        english=False,
        with_fails=False,
        sees_protected=False,
        status="done",
        progress_at=SENT,
    )
    yield Paper("extract_order", order.pk, (), group.unit)
    for person in dict.fromkeys(group.placed.values()):
        name, inside = word(), word()
        extract = Extract.objects.create(
            person_id=person,
            organiser_id=organiser,
            unit_id=group.unit,
            document_id=name,
            content="{}",
            content_sha256="",
            stored=document(inside),
            pages=1,
            english=False,
            principal_name="Rut Rektor",
            issued_on=world.TODAY,
            issued_at=SENT,
            issued_by_account="någon",
            issued_by_name="Någon",
            submission=uuid4(),
        )
        for key in (key for key, whose in group.decided.items() if whose == person):
            ExtractDecision.objects.create(extract=extract, decision_id=key, replaced=False)
        ExtractOrderLine.objects.create(
            order=order, person_id=person, status="issued", extract=extract
        )
        yield Paper("extract", extract.pk, (inside,), group.unit, person)
        yield Paper("extract_name", extract.pk, (name,), group.unit, person)
