"""Handing out documents under their own names."""

from django.http import HttpResponse

from provning.catalogues.rows import CatalogueDocument


def download(found: CatalogueDocument) -> HttpResponse:
    """Return a stored document byte for byte, to be saved and never opened in the program."""
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
