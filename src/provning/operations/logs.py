"""The log: one JSON object on a line, and never a personal datum.

What is said in words comes from our own loggers alone, whose words are constant. Others put
addresses, values and exceptions into theirs (Django tells the address of a page that does not
exist, a database the row it refused): of those only where they were said is kept. An exception is
its kind and the places in the code it passed, without its message.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

OWN: Final = "provning."
FACTS: Final = (
    "method", "route", "status", "ms", "job", "job_id", "error", "worker", "code", "version",
)  # fmt: skip
"""What a line of ours may carry beside its words; anything else is left out."""
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

STDERR: Final = {
    "class": "logging.StreamHandler",
    "formatter": "json",
    "stream": "ext://sys.stderr",
}
FORMATTERS: Final = {"json": {"()": "provning.operations.logs.JsonFormatter"}}
SERVER_LOG: Final = {
    "formatters": FORMATTERS,
    "handlers": {"console": STDERR},
    "loggers": {"_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
"""How the web server writes its own log: a failure outside Django is told with as little."""


class JsonFormatter(logging.Formatter):
    """Writes a record as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.startswith(OWN):
            said["event"] = record.msg
            said |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        else:
            said["at"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if REQUEST_ID.get():
            said["request_id"] = REQUEST_ID.get()
        if record.exc_info and record.exc_info[1]:
            said["exception"] = chain_of(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, default=lambda value: type(value).__name__)


def chain_of(error: BaseException | None) -> list[dict[str, object]]:
    """Return an exception and what led to it: kinds, and places from the outermost inwards."""
    chain: list[dict[str, object]] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        chain.append({"type": kind, "places": places})
        error = error.__cause__ or error.__context__
    return chain
