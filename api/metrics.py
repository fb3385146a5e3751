"""What this process counts, in the names and the text form of Prometheus."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

# A number beside each that says when it was first seen would double what is sent.
disable_created_metrics()  # type: ignore[no-untyped-call]

#: Upper ends, in seconds, of what an answer may take: from a look-up to the file of a large page.
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Gauge(NamedTuple):
    """Something that is looked up when it is asked for: a value, or one for each label."""

    name: str
    told: str
    value: float | Mapping[str, float]
    label: str = ""


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "msif_requests",
            "Requests that went the ordinary way, by what they were answered with.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "msif_request_seconds",
            "How long they took, in seconds; streams and waits among them.",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request went the ordinary way."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, look: Callable[[], Iterable[Gauge]]) -> bytes:
        """All of it with what is looked up now, as Prometheus reads it (text format 0.0.4)."""
        looked = CollectorRegistry()
        looked.register(_Looked(look))
        return generate_latest(self._registry) + generate_latest(looked)


class _Looked(Collector):
    def __init__(self, look: Callable[[], Iterable[Gauge]]) -> None:
        self._look = look

    def collect(self) -> Iterable[Metric]:
        for one in self._look():
            if isinstance(one.value, Mapping):
                family = GaugeMetricFamily(one.name, one.told, labels=[one.label])
                for label, value in sorted(one.value.items()):
                    family.add_metric([label], value)
                yield family
            else:
                yield GaugeMetricFamily(one.name, one.told, value=one.value)

    def describe(self) -> Iterable[Metric]:
        """Nothing: what is looked up is not looked up when it is registered."""
        return ()
