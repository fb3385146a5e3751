"""`msif` without the seconds that it takes to start: the same program, imported once, then forked.

python -m tests.docs.warm SOCKET             waits for commands until its input ends
python tests/docs/warm.py SOCKET WORD ...    hands one over, with its files, and ends as it does
"""

import json
import os
import select
import socket
import sys

#: Bytes of a command with its environment.
COMMAND_MAX = 1_000_000


def serve(number: int) -> None:
    from content.cli import main

    with socket.socket(fileno=number) as listening:
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            caller, _ = listening.accept()
            with caller:
                told, files, _, _ = socket.recv_fds(caller, COMMAND_MAX, 3, socket.MSG_WAITALL)
                child = os.fork()
                if child == 0:
                    _become(json.loads(told), files)
                    main()
                for file in files:
                    os.close(file)
                _, status = os.waitpid(child, 0)
                caller.send(bytes([os.waitstatus_to_exitcode(status) & 255]))


def _become(told: dict[str, object], files: list[int]) -> None:
    """The caller's command: its words, folder, environment and files."""
    for own, theirs in enumerate(files):
        os.dup2(theirs, own)
    os.chdir(str(told["folder"]))
    os.environ.clear()
    os.environ.update(told["env"])  # type: ignore[call-overload]
    sys.argv = ["msif", *told["words"]]  # type: ignore[misc]


def call(path: str, words: list[str]) -> int:
    told = {"words": words, "folder": os.getcwd(), "env": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(path)
        socket.send_fds(asking, [json.dumps(told).encode()], [0, 1, 2])
        asking.shutdown(socket.SHUT_WR)
        return asking.recv(1)[0]


if __name__ == "__main__":
    if __package__:
        serve(int(sys.argv[1]))
    else:
        sys.exit(call(sys.argv[1], sys.argv[2:]))
