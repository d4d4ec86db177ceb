"""`tipgraph serve`: a real process that says where it is, answers, logs and stops."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from conftest import Run, assert_refused
from hostile_server import hostile_server

from tipgraph.errors import UsageError
from tipgraph.serve.http.listening import address_at, listening

ROOT = Path(__file__).resolve().parents[2]
SLOW = """\
#+ title: Slow
#+ description: It asks a slow endpoint.
#+ federates: [{url}]
#+ columns: {{s: iri}}
SELECT ?s WHERE {{
  ?s a tip:Organization .
  SERVICE <{url}> {{
    #values ?s
    ?s ?p ?o .
  }}
}}
"""
SOON = 5
"""Seconds to the first answer that are too many even on a busy machine."""


@contextmanager
def process(folder: Path = ROOT, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command on a folder; give its process and the address that it prints."""
    command = (sys.executable, "-m", "tipgraph", "-C", str(folder), "serve", "--port", "0")
    with subprocess.Popen(
        (*command, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as running:
        assert running.stdout
        try:
            line = running.stdout.readline()
            found = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/ \(stop with Ctrl-C\)\n", line)
            assert found, line
            yield running, found[1]
        finally:
            running.kill()


def children(pid: int) -> set[int]:
    """Return the processes under a process, and those under them."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    direct = {int(child) for each in lists for child in each.read_text().split()}
    return direct.union(*map(children, direct))


def test_it_answers_soon_and_stops_when_told() -> None:
    started = time.monotonic()
    with process() as (running, address):
        assert httpx.get(f"{address}/query/focal-points", timeout=SOON).status_code == 200
        assert time.monotonic() - started < SOON
        assert httpx.get(f"{address}/sparql?query=ASK%20%7B%7D").json()["boolean"] is True
        under = children(running.pid)
        assert under
        running.send_signal(signal.SIGINT)
        _, log = running.communicate(timeout=20)
    assert running.returncode in {0, 130, -signal.SIGINT}
    assert '"GET /query/focal-points HTTP/1.1" 200' in log
    assert "Traceback" not in log
    while any(map(is_running, under)):
        assert time.monotonic() < started + 30, "a worker is left behind"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc to read")
def test_each_process_takes_less_than_250_mb() -> None:
    with process() as (running, address):
        assert httpx.get(f"{address}/query/statistics").status_code == 200
        assert httpx.get(f"{address}/sparql?query=ASK%20%7B%7D").status_code == 200
        for pid in {running.pid, *children(running.pid)}:
            status = Path(f"/proc/{pid}/status").read_text()
            assert int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) < 250_000


def test_a_taken_port_is_told_in_a_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert_refused(ran, 2)
    assert "--port" in ran.err


@pytest.mark.parametrize("host", ["no.such.host.invalid", "", "a b", "256.0.0.1"])
def test_a_host_that_is_none_is_told(host: str) -> None:
    with pytest.raises(UsageError, match=r"^can't listen .*; try another --host$"):
        listening(host or "\x00", 0)


def test_the_address_is_printed_as_browsers_take_it() -> None:
    with listening("127.0.0.1", 0) as bound:
        assert address_at(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"
    try:
        six = listening("::1", 0)
    except UsageError:
        pytest.skip("this machine has no IPv6")
    with six:
        assert address_at(six).startswith("http://[::1]:")


def test_nobody_else_is_served_unless_told() -> None:
    with process() as (_, address):
        assert address.startswith("http://127.0.0.1:")


def test_it_stops_soon_while_an_endpoint_is_slow(copy: Path, no_proxy: None) -> None:
    with hostile_server() as other:
        url = other.url("drip")
        (copy / "queries" / "slow.rq").write_text(SLOW.format(url=url), "utf-8")
        with process(copy, "--allow-service", url) as (running, address):
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(f"{address}/query/slow.csv", timeout=1)
            assert other.times("drip")
            began = time.monotonic()
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=20)
            assert time.monotonic() - began < SOON
