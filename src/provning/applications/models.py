"""Requests to the adult education centre to register somebody the provider has never had."""

import uuid

from django.db import models

from provning.exams.models import ExamGroup, Placement


class RegistrationRequest(models.Model):
    """Begäran till Vuxenutbildningscentrum: identity number, group and exam date (Manual s. 2–3).

    It replaces the manual's e-mail: the number stays inside the system. `question` and `answer`
    are the adminkontakt's and the provider's words. Done means registered, enrolled and placed.
    `submission` is the form it came from: sent twice, it makes one request.
    """

    class Status(models.TextChoices):
        """Where the request stands."""

        SENT = "sent", "skickad"
        QUESTION = "question", "kommit tillbaka med en fråga"
        DONE = "done", "registrerad och placerad"
        REFUSED = "refused", "avslagen"
        WITHDRAWN = "withdrawn", "återtagen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(ExamGroup, on_delete=models.PROTECT, related_name="requests")
    identity_number = models.CharField(max_length=12)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    exam_date = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    refusal = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by_id = models.CharField(max_length=60)
    sent_by_name = models.CharField(max_length=200)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by_name = models.CharField(max_length=200, blank=True)
    placement = models.OneToOneField(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="request"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The same person is asked for once per group while the request is open."""

        constraints = (
            models.UniqueConstraint(
                fields=("group", "identity_number"),
                condition=models.Q(status__in=("sent", "question")),
                name="open_request_once",
            ),
        )
        indexes = (models.Index(fields=("status", "sent_at"), name="request_queue"),)

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
