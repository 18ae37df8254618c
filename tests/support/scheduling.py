"""Which file of tests a process takes next: what takes longest first, so that all end together.

Files that read what one rehearsal leaves, or open the same pages, go to one process, which then
does it once.
"""

from collections.abc import Mapping

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# About how many seconds a file takes; only the order of the files depends on it.
LONG: Mapping[str, float] = {
    "tests/web/routine/test_routine.py": 30,
    "tests/cli/rehearsal": 30,
    "tests/web/grades/test_looks.py": 25,
    "tests/web/matrix": 25,
    "tests/web/groups/test_browser.py": 15,
    "tests/web/grades/test_entry.py": 15,
    "tests/web/grades/test_entry_frame.py": 15,
    "tests/web/foundation/test_screens.py": 15,
    "tests/web/corrections/test_browser.py": 15,
    "tests/cli/test_demo.py": 15,
    "tests/web/extracts/test_browser.py": 12,
    "tests/web/deliveries/test_browser.py": 12,
    "tests/cli/test_register.py": 10,
}
SECONDS_OF_A_TEST = 0.07
TOGETHER = {
    "tests/api/ss12000/test_contract.py": "tests/api/ss12000/description",
    "tests/api/ss12000/test_fuzz.py": "tests/api/ss12000/description",
    "tests/cli/test_catalogue.py": "tests/cli/rehearsal",
    "tests/cli/test_rehearse.py": "tests/cli/rehearsal",
    "tests/web/matrix/test_every_form.py": "tests/web/matrix",
    "tests/web/matrix/test_matrix.py": "tests/web/matrix",
}


class LongestFirst(LoadFileScheduling):  # type: ignore[misc] # The library has no types.
    """Gives out whole files, the longest of those left."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to: its file, or several files together."""
        file: str = super()._split_scope(nodeid)
        return TOGETHER.get(file, file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give a process the longest that nobody has."""
        longest = max(self.workqueue, key=lambda scope: seconds(scope, len(self.workqueue[scope])))
        self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)


def seconds(scope: str, tests: int) -> float:
    """Return about how long the tests of a file take."""
    return max(LONG.get(scope, 0), tests * SECONDS_OF_A_TEST)
