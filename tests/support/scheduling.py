"""Which file of tests a process takes next: what takes longest first, so that all end together.

Files that read what one rehearsal leaves, or open the same pages, go to one process, which then
does it once.
"""

from collections.abc import Mapping

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# About how many seconds a file takes; only the order of the files depends on it.
LONG: Mapping[str, float] = {
    "tests/web/matrix": 60,
    "tests/cli/rehearsal": 45,
    "tests/web/routine/test_routine.py": 16,
    "tests/cli/test_demo.py": 13,
    "tests/api/ss12000/description": 10,
    "tests/web/grades/test_entry.py": 9,
    "tests/web/groups/test_browser.py": 9,
    "tests/cli/test_serve.py": 8,
    "tests/web/corrections/test_browser.py": 8,
    "tests/web/foundation/test_screens.py": 8,
    "tests/scope/test_scope.py": 7,
    "tests/web/deliveries/test_deliveries.py": 7,
    "tests/web/extracts/test_browser.py": 7,
    "tests/web/grades/test_entry_lost.py": 7,
    "tests/web/grades/test_looks.py": 7,
    "tests/api/ss12000/test_incremental.py": 6,
    "tests/archive/test_lists.py": 6,
    "tests/catalogues/test_electronic.py": 6,
    "tests/catalogues/test_rendering.py": 6,
    "tests/catalogues/test_sealing.py": 6,
    "tests/operations/test_new_tables.py": 6,
    "tests/web/grades/test_entry_frame.py": 6,
    "tests/web/grades/test_entry_paste.py": 6,
    "tests/web/grades/test_together.py": 6,
    "tests/web/imports/test_browser.py": 6,
    "tests/web/integrity/test_every_state.py": 6,
    "tests/web/integrity/test_hostile.py": 6,
    "tests/web/integrity/test_values.py": 6,
    "tests/kernel/test_identity.py": 5,
    "tests/signing/test_verifying.py": 5,
    "tests/web/catalogues/test_electronic.py": 5,
    "tests/web/catalogues/test_record.py": 5,
    "tests/web/deliveries/test_browser.py": 5,
    "tests/web/extracts/test_person.py": 5,
    "tests/web/grades/test_queries.py": 5,
    "tests/web/reporting/test_browser.py": 5,
    "tests/api/ss12000/test_following.py": 4,
    "tests/cli/test_releases.py": 4,
    "tests/operations/test_drill.py": 4,
    "tests/web/catalogues/test_electronic_browser.py": 4,
    "tests/web/crawl/test_crawl.py": 4,
    "tests/web/identity/test_security_key.py": 4,
    "tests/catalogues/test_press.py": 3,
    "tests/cli/test_register.py": 3,
    "tests/grading/test_story.py": 3,
}
SECONDS_OF_A_TEST = 0.07
TOGETHER = {
    # Those who ask the validator of PDF, which takes seconds to start.
    "tests/archive/test_lists.py": "tests/cli/rehearsal",
    "tests/catalogues/test_conformance.py": "tests/cli/rehearsal",
    "tests/extracts/test_conformance.py": "tests/cli/rehearsal",
    "tests/signing/test_conformance.py": "tests/cli/rehearsal",
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
