"""`/metrics`: what a process has counted, and how the hub stands, for Prometheus."""

from collections.abc import Iterator

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from api.dependencies import CurrentHub, Hub
from api.metrics import Gauge
from content.database import reading
from content.publication import listing, release

router = APIRouter(tags=["operation"])


@router.get("/metrics")
def read_metrics(hub: CurrentHub) -> Response:
    """Read the metrics of this process, for Prometheus.

    Its counters and the state of the hub, in the text form.

    Each process counts for itself. Nothing in it is about a reader.
    """
    body = hub.metrics.text(lambda: gauges(hub))
    return Response(
        body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )


def gauges(hub: Hub) -> Iterator[Gauge]:
    """What is looked up now. Where the database cannot be read, the rest is told all the same."""
    yield Gauge("msif_waiting", "Readers that wait for the feed.", hub.newest.waiting)
    table = hub.table
    yield Gauge("msif_published", "Answers in the memory of this process.", len(table.entries))
    yield Gauge("msif_published_bytes", "Bytes that they take.", table.bytes)
    yield Gauge("msif_confirmed", "Whether it knows that they are in force.", table.is_confirmed())
    given = {str(status): float(count) for status, count in table.given.items()}
    yield Gauge("msif_published_given", "Answers given from memory.", given, "status")
    pool = hub.engine.pool
    used = pool.checkedout() if isinstance(pool, QueuePool) else 0
    yield Gauge("msif_database_connections", "Connections of this process in use.", used)
    try:
        with reading(hub.engine) as session:
            seq = release.newest_seq(session)
            texts = listing.texts_by_label(session)
    except SQLAlchemyError:
        yield Gauge("msif_database_up", "Whether the database can be read.", 0)
        return
    yield Gauge("msif_database_up", "Whether the database can be read.", 1)
    yield Gauge("msif_seq", "Number of the newest event of the feed.", seq)
    yield Gauge("msif_texts", "Texts by what readers are told of them.", texts, "label")
