"""The official description of SS 12000, read beside the checkout, and what it says of an answer.

What checks answers is loaded by the first check: it takes a second, and most processes check none.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from tests.support.shared import spec_file

if TYPE_CHECKING:
    from openapi_core import OpenAPI

HOST = "http://testserver"
SERVER = f"{HOST}/api/ss12000/v2.0"
UNDESCRIBED = {401, 405, 410, 429}


@lru_cache
def description() -> dict[str, Any]:
    """Return the description with our own address as its server."""
    text = spec_file("ss12000", "openapi_ss12000_version2_1_0.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=TextLoader)  # noqa: S506 # a safe loader, with less
    found["servers"] = [{"url": SERVER}]
    return found


@lru_cache
def contract() -> "OpenAPI":
    """Return what checks answers."""
    from openapi_core import OpenAPI

    return OpenAPI.from_dict(description())


def check(response: HttpResponseBase, method: str, path: str) -> None:
    """Hold an answer against the description; raises what openapi-core finds wrong."""
    from openapi_core.testing import MockRequest, MockResponse

    assert isinstance(response, HttpResponse)
    if not response.content:
        assert response.status_code in {201, 204, 404}
        return
    request = MockRequest(HOST, method.lower(), f"/api/ss12000/v2.0/{path}")
    answer = MockResponse(
        response.content,
        status_code=response.status_code,
        content_type=response.headers["Content-Type"],
    )
    contract().validate_response(request, answer)
    assert not re.search(
        rb":null(?!.*pageToken)", response.content.replace(b'"pageToken":null', b"")
    )


# In C where PyYAML has it, which takes a quarter of the time.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextLoader(Loader):  # type: ignore[misc] # chosen when it runs
    """A loader that leaves days and moments of the examples as they are written."""


TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
