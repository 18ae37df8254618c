"""The table of long files names files there are."""

from tests.support.scheduling import LONG, TOGETHER
from tools.python_source import ROOT


def test_the_table_of_long_files_names_files_there_are() -> None:
    named = ({*LONG} - {*TOGETHER.values()}) | {*TOGETHER}
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []
