"""A Virtuoso of one's own on free ports of this machine, for tests against a real SPARQL store."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
CaseMode = 2
NumberOfBuffers = 2000
MaxDirtyBuffers = 1500
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""
START = 60


@dataclass(frozen=True)
class Virtuoso:
    """Where a running Virtuoso answers queries, and where it takes updates without a login."""

    port: int
    sql_port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    @property
    def update_endpoint(self) -> str:
        return self.endpoint

    @property
    def login_endpoint(self) -> str:
        """Where it takes updates from the user dba with the password dba, by Digest."""
        return f"http://127.0.0.1:{self.port}/sparql-auth"

    def sql(self, statement: str) -> str:
        command = ["isql-vt", f"127.0.0.1:{self.sql_port}", "dba", "dba", f"exec={statement}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout


def needed(program: str) -> None:
    """Skip where a program is missing; in CI its absence is a failure."""
    if shutil.which(program) is None:
        is_ci = os.environ.get("CI") == "true"
        (pytest.fail if is_ci else pytest.skip)(f"{program} is not installed")


@contextmanager
def running(rows: int = 100_000) -> Iterator[Virtuoso]:
    """Run a Virtuoso that gives at most so many rows."""
    for program in ("virtuoso-t", "isql-vt"):
        needed(program)
    server = Virtuoso(*free_ports(2))
    with TemporaryDirectory(prefix="virtuoso-") as folder, _process(server, folder, rows):
        server.sql('GRANT SPARQL_UPDATE TO "SPARQL"')
        yield server


@contextmanager
def _process(server: Virtuoso, folder: str, rows: int) -> Iterator[None]:
    settings = Path(folder) / "virtuoso.ini"
    settings.write_text(
        SETTINGS.format(folder=folder, port=server.port, sql_port=server.sql_port, rows=rows)
    )
    command = ["virtuoso-t", "+foreground", "+configfile", str(settings)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(server, process)
        yield
    finally:
        process.kill()
        process.wait()


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(server: Virtuoso, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.endpoint}?query=ASK+%7B%7D", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("virtuoso-t did not start")
