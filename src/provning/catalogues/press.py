"""Print small documents one after another, in a process that lives while they last.

One page takes some milliseconds once the fonts are read, and starting a process a quarter of a
second: whoever prints hundreds keeps the process. The server itself never runs Typst, which keeps
memory for as long as its process lives.
"""

import subprocess
import sys
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self

from provning.catalogues.font_files import FONTS
from provning.catalogues.rendering import RenderError
from provning.catalogues.typesetting import DONE, FAILED, read_frame, write_frame

ROOT = Path(__file__).parent.parent
"""Templates import each other by their paths from here."""
CHILD = "provning.catalogues.press_child"
TIMEOUT_SECONDS = 60.0


class Press:
    """A printing process for one template: `with Press(TEMPLATE) as press: press.print(data)`.

    `data` is JSON, and the template has a function `printed` that takes what it says. The same data
    gives the same bytes. A process that dies or hangs costs its own document and no other.
    """

    def __init__(
        self, template: Path, *, root: Path = ROOT, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        """Name the template, under its root; the process starts with the first document."""
        self._command = (sys.executable, "-m", CHILD, str(template), str(root), str(FONTS))
        self._timeout = timeout
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Hold the press."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def print(self, data: str) -> bytes:
        """Return the document as PDF/A-2a and PDF/UA-1; raises `RenderError`."""
        child = self._running()
        alarm = Timer(self._timeout, child.kill)
        alarm.start()
        try:
            write_frame(_pipe(child.stdin), DONE, data.encode())
            status, answer = read_frame(_pipe(child.stdout))
        except (OSError, EOFError) as error:
            self._end()
            message = f"no document within {self._timeout:g} seconds, or the process died"
            raise RenderError(message) from error
        finally:
            alarm.cancel()
        if status == FAILED:
            raise RenderError(answer.decode())
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe
