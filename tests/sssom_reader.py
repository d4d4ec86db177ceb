"""Read files of mappings with the package sssom, as others do."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

SCRIPT = """
import io, json, sys
from contextlib import redirect_stderr
from sssom.parsers import parse_sssom_table, to_mapping_set_document
answers = sys.stdout
sys.stdout = sys.stderr
for path in sys.stdin:
    with redirect_stderr(io.StringIO()) as said:
        document = to_mapping_set_document(parse_sssom_table(path.rstrip("\\n")))
    mappings = document.mapping_set.mappings
    rows = [f"{m.subject_id} {m.predicate_modifier} {m.object_id}" for m in mappings]
    print(json.dumps([rows, said.getvalue()]), file=answers, flush=True)
"""


@cache
def _reader() -> subprocess.Popen[str]:
    """Return the process that reads files; it is one, since the package takes seconds to load."""
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read_by_sssom(file: Path) -> list[str]:
    """Return subject, modifier and object of each mapping; it must find nothing to complain of.

    It runs in a process of its own, since the package warns of its own use of pandas.
    """
    reader = _reader()
    assert reader.stdin
    assert reader.stdout
    print(file, file=reader.stdin, flush=True)
    rows: list[str]
    rows, said = json.loads(reader.stdout.readline())
    assert "not well-formed" not in said, said
    assert "No attr for" not in said, said
    return rows
