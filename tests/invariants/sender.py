"""A worker as a process of its own, to be killed: it sends webhooks until then."""

import sys
from datetime import timedelta
from threading import Event

from content.database import connect
from content.syndication import lease
from tests.postbox import postman

#: What a killed worker had is anybody's this soon, so that a test need not wait.
LEASE = timedelta(seconds=1)


def main(url: str) -> None:
    lease.LEASE = LEASE
    postman(connect(url)).run(Event())


if __name__ == "__main__":
    main(sys.argv[1])
