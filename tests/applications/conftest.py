"""A town with one group to ask for, and an address that notices go to."""

from tests.applications.requests import build_asked
from tests.support.kept import kept

asked = kept(build_asked)
