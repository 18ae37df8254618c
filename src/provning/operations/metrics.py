"""Figures for Prometheus: how the program fares, and nothing about anybody.

Requests are counted in the process that answers them; with several processes they share a folder
(`PROMETHEUS_MULTIPROC_DIR`, set by `provning serve`). The rest is asked of the database when the
figures are fetched.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from provning import __version__
from provning.operations.checks import Condition, Finding, readiness
from provning.operations.queries import job_figures, last_backup, last_beat, trail_length

SHARED = "PROMETHEUS_MULTIPROC_DIR"
REGISTRY = CollectorRegistry()
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter(
    "provning_requests", "Answered requests.", ("method", "route", "status"), registry=REGISTRY
)
SECONDS = Histogram(
    "provning_request_seconds", "Time to answer.", ("route",), registry=REGISTRY, buckets=BUCKETS
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; the route is a pattern, never an address."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def exposition() -> bytes:
    """Return all figures in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get(SHARED):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # The library has not typed it.
    else:
        registry.register(_Counted())
    registry.register(_Asked(datetime.now(UTC)))
    return generate_latest(registry)


class _Counted(Collector):
    """What this process has counted."""

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()


class _Asked(Collector):
    """What is asked of the database and the machine."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        built = GaugeMetricFamily("provning_info", "The program.", labels=["version"])
        built.add_metric([__version__], 1)
        yield built
        ready = readiness(self._now)
        yield _gauge("provning_ready", "Whether requests can be served.", not _faults(ready))
        free = shutil.disk_usage(settings.DATA_DIR).free
        yield _gauge("provning_disk_free_bytes", "Room left where the data lies.", free)
        if any(each.code == "database" and each.level is Condition.FAULT for each in ready):
            return
        yield from self._stored()

    def _stored(self) -> Iterator[Metric]:
        figures = job_figures(self._now)
        jobs = GaugeMetricFamily("provning_jobs", "Jobs by state.", labels=["state"])
        for state, number in sorted(figures.counts.items()):
            jobs.add_metric([state.lower()], number)
        yield jobs
        waited = (self._now - figures.oldest).total_seconds() if figures.oldest else 0
        yield _gauge("provning_job_waiting_seconds", "The oldest waiting job's age.", waited)
        yield _gauge("provning_worker_beat_timestamp_seconds", "Latest beat.", _at(last_beat()))
        yield _gauge("provning_backup_timestamp_seconds", "Latest backup.", _at(last_backup()))
        yield _gauge("provning_audit_events", "Events in the trail.", trail_length())


def _faults(found: list[Finding]) -> bool:
    return any(each.level is Condition.FAULT for each in found)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=float(value))


def _at(moment: datetime | None) -> float:
    """Return the moment in seconds since 1970, 0 for never."""
    return moment.timestamp() if moment else 0
