"""The town that these tests act in."""

from tests.support.kept import kept
from tests.web.stage import build_stage

stage = kept(build_stage)
