"""The tools, each asked in its own way, with what came back in one form."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

SECONDS = 60
SHOWN = 150


@dataclass(frozen=True)
class Reply:
    """What a tool gave: its status, its text, and what it said beside the text."""

    status: str
    text: str
    note: str = ""

    @property
    def rows(self) -> list[list[str]]:
        """The lines of the text as CSV, the header first."""
        return list(csv.reader(io.StringIO(self.text)))

    def outcome(self, columns: list[str], find: str = "") -> str:
        """Say in one line what came: what `find` matches, how many rows, or the first words."""
        note = f" ({self.note})" if self.note else ""
        found = re.search(find, self.text) if find else None
        if found:
            return f"{self.status}: {squeezed(found[0])}{note}"
        if self.rows and self.rows[0] == columns:
            return f"{self.status}: {len(self.rows) - 1} rows{note}"
        return f"{self.status}: {squeezed(self.text) or 'nothing'}{note}"


class Tool(Protocol):
    """A tool that answers requests written in its own way."""

    def ask(self, request: str, accept: str = "text/csv") -> Reply:
        """Return what came back."""
        ...


@dataclass(frozen=True)
class Web:
    """A server that is asked by the rest of a URL."""

    base: str

    def ask(self, request: str, accept: str = "text/csv") -> Reply:
        """Return the status, the body and the Link header of the server's answer."""
        address = self.base + quote(request, safe="/?&=:,")
        try:
            with urlopen(Request(address, headers={"Accept": accept}), timeout=SECONDS) as answer:
                body = answer.read().decode("utf-8", "replace")
                return Reply(str(answer.status), body, answer.headers.get("Link") or "")
        except HTTPError as error:
            return Reply(str(error.code), error.read().decode("utf-8", "replace"))
        except TimeoutError:
            return Reply("none", f"no answer in {SECONDS} s")


@dataclass(frozen=True)
class Shell:
    """tipgraph's command line, which asks an endpoint."""

    folder: Path
    endpoint: str

    def ask(self, request: str, accept: str = "text/csv") -> Reply:
        """Return the exit code, what was printed, and for an answer what was said beside it."""
        words = [sys.executable, "-m", "tipgraph", *shlex.split(request)]
        words += ["--format", accept.rpartition("/")[2]]
        words += [] if "--endpoint" in words else ["--endpoint", self.endpoint]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return Reply("exit 0", done.stdout, squeezed(done.stderr))
        return Reply(f"exit {done.returncode}", done.stderr)


def squeezed(text: str) -> str:
    """Return a text on one line, cut short, without the tags of HTML."""
    line = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"
