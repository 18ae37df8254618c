"""The longest files are given out first, and the table of them names files there are."""

import pytest

from tests.support.scheduling import LONG, TOGETHER
from tools.python_source import ROOT


def test_the_table_of_long_files_names_files_there_are() -> None:
    named = ({*LONG} - {*TOGETHER.values()}) | {*TOGETHER}
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_the_table_is_what_the_files_are_given_out_by(pytestconfig: pytest.Config) -> None:
    asked = pytestconfig.hook.pytest_xdist_make_scheduler.get_hookimpls()
    assert [each.function.__module__ for each in asked] == ["tests.conftest"]
