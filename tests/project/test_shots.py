"""The pictures of the screens can be taken, and no page is without one."""

import os
import subprocess
import sys

from tools.python_source import ROOT
from tools.shots.screens import NO_PICTURE, SHOTS, unseen

# What a developer's shell does not have, though the tests do.
OURS = ("DJANGO_SETTINGS_MODULE", "PROVNING_DATA_DIR")


def test_every_page_has_a_picture_or_a_reason_to_have_none() -> None:
    assert unseen() == []


def test_what_has_a_picture_needs_no_reason_and_names_are_given_once() -> None:
    assert {shot.screen for shot in SHOTS} & NO_PICTURE.keys() == set()
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def test_the_tool_starts_by_itself() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tools.shots", "--help"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in OURS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr, told.stdout[:17]) == (0, "", "usage: prov shots")
