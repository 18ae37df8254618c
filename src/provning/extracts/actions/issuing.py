"""Issuing an extract, a new one in place of one that is out of date, a copy of one that is lost."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from provning.catalogues.press import Press
from provning.extracts import policies, rules
from provning.extracts.actions.storing import Paper, store
from provning.extracts.content import ExtractContent, from_json
from provning.extracts.models import Extract, ExtractOrderLine
from provning.extracts.printing import extract_press, print_extract, print_problems
from provning.extracts.queries.drafts import draft_extract, numbered
from provning.extracts.queries.issued import extract_for
from provning.extracts.queries.standing import by_id
from provning.extracts.rows import ExtractState
from provning.grading.queries import person_decisions
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if


def issue_extract(
    *,
    actor: Actor,
    person_id: UUID,
    decision_ids: Collection[UUID],
    english: bool = False,
    submission: UUID,
    today: date,
) -> Extract:
    """Issue an extract of a person's chosen grades.

    Printing is done before the transaction. The same `submission` again is the same extract.
    Raises `NotFoundError`, `NotAllowedError`, `ConflictError` (a grade changed meanwhile),
    `ProblemsFoundError` and `RenderError`.
    """
    earlier = _earlier(submission)
    if earlier:
        held = set(earlier.chosen.values_list("decision_id", flat=True))
        same = earlier.person_id == person_id and held == set(decision_ids)
        refuse_if([] if same else [rules.form_used()])
        extract_for(actor, earlier.id, policies.ISSUE)
        return earlier
    with extract_press() as press:
        return issue_with(
            press,
            actor=actor,
            person_id=person_id,
            decision_ids=decision_ids,
            english=english,
            submission=submission,
            today=today,
        )


def issue_with(
    press: Press,
    *,
    actor: Actor,
    person_id: UUID,
    decision_ids: Collection[UUID],
    english: bool,
    submission: UUID,
    today: date,
    replaces: Extract | None = None,
    line: ExtractOrderLine | None = None,
) -> Extract:
    """Issue an extract with a press that is kept for several; raises as `issue_extract`."""
    redraft = partial(draft_extract, actor, person_id, decision_ids, english=english, today=today)
    draft = redraft()
    refuse_if(print_problems(draft.content))
    extract_id = uuid4()
    content = numbered(
        draft.content,
        rules.document_id(extract_id, today),
        replaces=replaces.document_id if replaces else "",
    )
    paper = Paper(
        extract_id=extract_id,
        content=content,
        document=print_extract(press, content),
        submission=submission,
        today=today,
        redraft=redraft,
        replaces=replaces,
        line=line,
    )
    return store(actor, paper, draft)


def reissue_extract(*, actor: Actor, extract_id: UUID, submission: UUID, today: date) -> Extract:
    """Issue a new extract in place of one that is out of date; the old one stays, and is void.

    Each grade that has been corrected or amended gives way to the one that stands. Sent twice it
    is one new extract. Raises as `issue_extract`.
    """
    seen = extract_for(actor, extract_id, policies.ISSUE)
    earlier = _earlier(submission)
    if earlier:
        refuse_if([] if earlier.replaces_id == extract_id else [rules.form_used()])
        return earlier
    refuse_if([rules.void(seen.replaced_by)] if seen.replaced_by else [])
    refuse_if([rules.current()] if seen.state is not ExtractState.OUTDATED else [])
    old = Extract.objects.get(pk=extract_id)
    original = old.copy_of or old
    with extract_press() as press:
        return issue_with(
            press,
            actor=actor,
            person_id=original.person_id,
            decision_ids=_standing_of(original),
            english=original.english,
            submission=submission,
            today=today,
            replaces=original,
        )


def copy_extract(
    *, actor: Actor, extract_id: UUID, reason: str, submission: UUID, today: date
) -> Extract:
    """Print an extract once more because its original was lost, marked as a copy.

    Raises as `issue_extract`; an extract that is out of date or void is not copied.
    """
    seen = extract_for(actor, extract_id, policies.ISSUE)
    earlier = _earlier(submission)
    old = Extract.objects.select_related("copy_of").get(pk=extract_id)
    original = old.copy_of or old
    if earlier:
        refuse_if([] if earlier.copy_of_id == original.id else [rules.form_used()])
        return earlier
    refuse_if([rules.void(seen.replaced_by)] if seen.replaced_by else [])
    refuse_if(rules.copy_problems(reason, current=seen.state is ExtractState.VALID))
    held = list(original.chosen.values_list("decision_id", flat=True))
    redraft = partial(
        draft_extract, actor, original.person_id, held, english=original.english, today=today
    )
    content = _as_copy(original, today)
    with extract_press() as press:
        paper = Paper(
            extract_id=uuid4(),
            content=content,
            document=print_extract(press, content),
            submission=submission,
            today=today,
            redraft=redraft,
            copy_of=original,
            reason=reason.strip(),
        )
        return store(actor, paper, redraft())


def _earlier(submission: UUID) -> Extract | None:
    """Return the extract that the form has made already."""
    return Extract.objects.filter(submission=submission).first()


def _standing_of(extract: Extract) -> set[UUID]:
    """Return the decisions that stand in place of those that an extract holds."""
    rows = by_id(person_decisions([extract.person_id]).get(extract.person_id, ()))
    held = extract.chosen.values_list("decision_id", flat=True)
    return {rules.latest(rows[key], rows).id for key in held}


def _as_copy(original: Extract, today: date) -> ExtractContent:
    """Return what the original says, marked as its next copy."""
    return replace(
        from_json(original.content),
        document_id=rules.copy_id(original.document_id, original.copies.count() + 1),
        copy_of=original.document_id,
        copied_on=today,
    )
