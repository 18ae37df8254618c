"""Answers to machines: JSON, and errors as SS 12000 words them."""

import json
from collections.abc import Mapping

from django.http import HttpResponse

JSON = "application/json"


class ApiError(Exception):
    """A call is refused: with a status, a code for programs and a sentence for who reads logs."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep what the answer is made of."""
        self.status, self.code, self.message = status, code, message
        self.headers = dict(headers or {})
        super().__init__(message)

    @property
    def answer(self) -> HttpResponse:
        """Return the error's answer; what does not exist has no body (SS 12000)."""
        if self.status == NOT_FOUND:
            return HttpResponse(status=NOT_FOUND, content_type=JSON, headers=self.headers)
        body = {"code": self.code, "message": self.message}
        return json_answer(body, status=self.status, headers=self.headers)


NOT_FOUND = 404


def json_answer(
    body: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return JSON in UTF-8, without a space that nobody reads."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type=JSON, headers=dict(headers or {}))


def not_found() -> ApiError:
    """Return the error for what does not exist and for what lies out of the client's reach."""
    return ApiError(NOT_FOUND, "not_found", "Finns inte.")
