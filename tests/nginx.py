"""A real nginx on a configuration of the documentation."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.postgres import free_port
from tests.structure.sources import ROOT

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
#: Around what the documentation has: nothing outside the folder is written to.
WHOLE = """
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{text}
}}
"""
SECONDS_TO_START = 20


def documented(page: str) -> str:
    """The one configuration on a page of the documentation."""
    (text,) = re.findall(r"^```nginx\n(.*?)^```$", (ROOT / "docs" / page).read_text(), re.M | re.S)
    return str(text)


def configured(folder: Path, text: str, changes: Mapping[str, str]) -> Path:
    """A configuration file, with what is said of the machine changed."""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    folder.mkdir()
    path = folder / "nginx.conf"
    path.write_text(WHOLE.format(folder=folder, text=text))
    return path


def checked(path: Path) -> str:
    """What `nginx -t` says about it. Its log is for who runs it."""
    assert NGINX is not None
    ended = subprocess.run(
        [NGINX, "-t", "-q", "-c", path, "-e", path.with_name("error.log")],
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr


@contextmanager
def running(path: Path, port: int) -> Iterator[str]:
    """Serve by it; gives the address."""
    assert NGINX is not None
    words = [NGINX, "-c", str(path), "-e", str(path.with_name("error.log"))]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(server: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/").close()
        except OSError as error:
            if getattr(error, "code", None):  # it answers, whatever it says
                return
            time.sleep(0.02)
        else:
            return
    server.terminate()
    assert server.stderr is not None
    raise AssertionError(server.stderr.read())


__all__ = ["NGINX", "checked", "configured", "documented", "free_port", "running"]
