"""What the processes that run the tests tell the one that counts them: no more than is printed.

A test that passes is six messages, each packed, sent, unpacked and handed round: it begins, its
fixtures are set up, the outcome, they are taken down, it ends, the next may come. The first, and
what went well around the test, changes no line of what is printed.
"""

from collections.abc import Callable
from typing import Any

import pytest

Send = Callable[..., None]


def tell_less(config: pytest.Config) -> None:
    """Let this process keep to itself what is not printed, if it runs tests for another."""
    # It registers without a name, and its module is another than the one that can be imported.
    plugins: list[Any] = list(config.pluginmanager.get_plugins())
    for teller in (each for each in plugins if hasattr(each, "sendevent")):
        if config.get_verbosity() <= 0:
            teller.sendevent = told(teller.sendevent, config.getoption("durations_min"))


def told(send: Send, seconds: float) -> Send:
    """Return what sends a message, if it is one of those that are printed.

    What takes as many seconds around a test is: it is named among the slowest.
    """

    def tell(name: str, **what: Any) -> None:
        if name != "logstart" and not (name == "testreport" and is_around(what["data"], seconds)):
            send(name, **what)

    return tell


def is_around(report: dict[str, Any], seconds: float) -> bool:
    """Say whether a report is of fixtures that were set up or taken down well, and quickly."""
    went_well = report["when"] != "call" and report["outcome"] == "passed"
    return bool(went_well and report["duration"] < seconds)
