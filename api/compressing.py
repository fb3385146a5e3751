"""When a server compresses its answers: beside the requests, soon after a change."""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from api.dependencies import Hub
from content.errors import ContentError
from content.publication import coding

#: Between two looks for answers that are not compressed yet: each goes through all that there are.
SECONDS_BETWEEN = 2
#: So long after a look there is another though no answer changed: whoever was at it may have died.
SECONDS_TO_LOOK_ANYWAY = 60
#: A server that has just started has readers to answer.
SECONDS_TO_BEGIN_WITH = 5

log = logging.getLogger(__name__)


async def go_on(hub: Hub) -> None:
    """Look again and again, until it is cancelled: where the answers changed, and now and then."""
    await anyio.sleep(SECONDS_TO_BEGIN_WITH)
    seen, looked = None, -inf
    while True:
        standing = hub.table.standing
        if standing != seen or time.monotonic() - looked >= SECONDS_TO_LOOK_ANYWAY:
            # One batch at a time: a server that is told to end waits for no more than that.
            while await anyio.to_thread.run_sync(compress_some, hub):
                pass
            seen, looked = standing, time.monotonic()
        await anyio.sleep(SECONDS_BETWEEN)


def compress_some(hub: Hub) -> int:
    """One batch, unless another process of this machine is at it; how many rows came of it."""
    try:
        with _turn(hub.settings.data_dir) as mine:
            return coding.fill(hub.engine) if mine else 0
    except (ContentError, SQLAlchemyError, OSError) as error:
        # Answers are sent as they are meanwhile, and the next look may succeed.
        log.error("The answers could not be compressed: %s", type(error).__name__)
        return 0


@contextmanager
def _turn(folder: Path) -> Iterator[bool]:
    """Whether it is this process's turn. The lock ends with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "compressing.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
