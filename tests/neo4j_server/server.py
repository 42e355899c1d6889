"""A real Neo4j community server, started from the jars that `jars.sh` fetched, for the tests."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity, Query

USER = "neo4j"
START_SECONDS, STOP_SECONDS, QUERY_SECONDS = 180, 60, 120
POM = Path(__file__).with_name("pom.xml")

# Port 0 is any free one. The store's own files stay small, and wrong passwords of one test lock nobody out of the next.
SETTINGS = """\
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
dbms.security.auth_enabled=true
dbms.security.auth_max_failed_attempts=0
dbms.usage_report.enabled=false
client.allow_telemetry=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
db.tx_log.preallocate=false
server.memory.pagecache.size=128m
server.config.strict_validation.enabled=true
"""
QUICK = ("-XX:TieredStopAtLevel=1",)
"""Java's first compiler only: half the time to start and to answer for the first time, slower after minutes of work."""
OPENED = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.lang", "sun.nio.ch")]


def version() -> str:
    """The version of the server: NEO4J_VERSION, else the one that pom.xml names."""
    named = re.search("<neo4j.version>(.+)</neo4j.version>", POM.read_text(encoding="utf-8"))
    assert named is not None
    return os.environ.get("NEO4J_VERSION") or named[1]


def folder() -> Path:
    """Where `jars.sh` puts the server of this version; its last step is the file `ready` in it."""
    return Path(sys.prefix) / f"neo4j-{version()}"


class Login:
    """A server that can be reached: an address, a user and a password."""

    def __init__(self, uri: str, user: str, password: str) -> None:
        self.uri, self.user, self.password = uri, user, password

    def driver(self) -> Driver:
        """A driver of its own for the caller, who closes it; the server's notices are not logged."""
        return GraphDatabase.driver(
            self.uri, auth=(self.user, self.password), notifications_min_severity=NotificationMinimumSeverity.OFF
        )

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a process finds this server."""
        return {"NEO4J_URI": self.uri, "NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}


class Neo4jServer(Login):
    """A server on a home folder and a loopback port of its own, which ends with this process however that ends.

    A new home gets a new password. A home with a database in it is opened by the password that it was made with. The
    first start finds a free port, and later starts keep it, so that a driver meets the same server again.
    To measure the server, give it no `java` options.
    """

    def __init__(self, home: Path, password: str = "", java: Sequence[str] = QUICK) -> None:
        super().__init__("", USER, password or secrets.token_hex(16))
        self.home = home
        self._java = java
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Self:
        """Start the server and wait until it can be asked.

        Raises:
            RuntimeError: it did not start; the message ends with what it said.
        """
        _configure(self.home, self._port)
        if not (self.home / "data" / "databases" / "system").exists():
            self._set_first_password()
        log = self.home / "console.log"
        with log.open("w") as console:
            self._process = process = subprocess.Popen(
                _java("Server", str(self.home.resolve()), options=[*OPENED, *self._java, "-Xmx1g"]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=console,
                text=True,
                process_group=0,  # An interrupt at the keyboard is for the tests, which then stop it in order.
            )
        assert process.stdout is not None
        late = threading.Timer(START_SECONDS, process.kill)
        late.start()
        said = process.stdout.readline()
        late.cancel()
        if not said:
            self.kill()
            raise RuntimeError(f"Neo4j {version()} did not start:\n{log.read_text(errors='replace')[-4000:]}")
        self._port = int(said)
        self.uri = f"bolt://127.0.0.1:{self._port}"
        return self

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it in order, by force where that takes too long; nothing happens when it does not run."""
        if self._process is not None:
            try:
                self._process.communicate(timeout=STOP_SECONDS)  # Closes its standard input.
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """End it at once by SIGKILL, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def restart(self) -> Self:
        """Stop it if it runs, and start it on the same home and port."""
        self.stop()
        return self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _set_first_password(self) -> None:
        # By a file, since every user of the machine sees the arguments of a process.
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(self.password)
            file.flush()
            _admin(self.home, "dbms", "set-initial-password", f"@{file.name}")


def import_csv(home: Path, nodes: Sequence[str], relationships: Sequence[str], options: Sequence[str] = ()) -> str:
    """Fill the empty database of a home on which no server runs with CSV files, by the bulk importer.

    Args:
        home: The home, which need not exist.
        nodes: What `--nodes` takes, each `[Label[:Label]...=]file[,file...]`.
        relationships: What `--relationships` takes, each `[TYPE=]file[,file...]`.
        options: Further options of the importer, as `--array-delimiter=|`.

    Returns:
        What the importer said, with its counts.

    Raises:
        RuntimeError: it refused; the message is what it said.
    """
    _configure(home, port=0)
    given = [*(f"--nodes={files}" for files in nodes), *(f"--relationships={files}" for files in relationships)]
    return _admin(home, "database", "import", "full", "neo4j", *given, *options)


def admin(home: Path, command: str, folder: Path) -> str:
    """Run a `neo4j-admin ...` command as users are told to, in a folder, on a home on which no server runs.

    Returns what it said. Raises RuntimeError if it refused; the message is what it said.
    """
    _configure(home, port=0)
    return _admin(home, *command.split()[1:], folder=folder)


def empty(driver: Driver) -> None:
    """Remove every node, relationship, constraint and index; the look-up indexes of every new database stay."""
    with driver.session() as session:
        session.run(Query("MATCH (n) DETACH DELETE n", timeout=QUERY_SECONDS)).consume()
        # An index that a constraint owns goes with it.
        for kind in ("CONSTRAINT", "INDEX"):
            for name in session.run(Query(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name")).value():
                quoted = name.replace("`", "``")
                session.run(Query(f"DROP {kind} `{quoted}`", timeout=QUERY_SECONDS)).consume()


def is_empty(driver: Driver) -> bool:
    """Whether there is nothing in the database that `empty` would remove."""
    with driver.session() as session:
        return not (
            session.run("MATCH (n) RETURN 1 LIMIT 1").value()
            or session.run("SHOW CONSTRAINT YIELD name").value()
            or session.run("SHOW INDEX YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value()
        )


def _configure(home: Path, port: int) -> None:
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=port), encoding="utf-8")


def _java(main: str, *arguments: str, options: Sequence[str] = ()) -> list[str]:
    return [str(folder() / "java"), *options, "-cp", f"{folder()}:{folder() / 'lib'}/*", main, *arguments]


def _admin(home: Path, *arguments: str, folder: Path | None = None) -> str:
    """Run Neo4j's administration tool on a home and tell what it said."""
    done = subprocess.run(
        _java("org.neo4j.cli.AdminTool", *arguments, options=[*OPENED, *QUICK, "-Xmx1g"]),
        env={**os.environ, "NEO4J_HOME": str(home.resolve())},
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stdout)
    return done.stdout
