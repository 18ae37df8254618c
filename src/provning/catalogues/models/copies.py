"""Copies of a catalogue whose signed original has been lost."""

import uuid

from django.db import models

from provning.catalogues.models.documents import GradeCatalogue, StoredDocument


class CatalogueCopy(models.Model):
    """Kopia: insert-only; the same content printed again, marked as a copy on every page.

    `reason` is the note of the loss. `note` is the canonical JSON of what the copy says beside the
    content (see `content.CopyNote`), so that its bytes can be made again. `submission` is the
    form's own id: sent twice it is one copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(GradeCatalogue, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    note = models.TextField()
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        """The copies of a version are numbered."""

        verbose_name_plural = "catalogue copies"
        constraints = (
            models.UniqueConstraint(fields=("catalogue", "number"), name="catalogue_copy_once"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
