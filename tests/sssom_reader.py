"""Read a file of mappings with the package sssom, as others do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from sssom.parsers import parse_sssom_table, to_mapping_set_document
document = to_mapping_set_document(parse_sssom_table(sys.argv[1]))
for mapping in document.mapping_set.mappings:
    print(mapping.subject_id, mapping.predicate_modifier, mapping.object_id)
"""


def read_by_sssom(file: Path) -> list[str]:
    """Return subject, modifier and object of each mapping; it must find nothing to complain of.

    It runs in a process of its own, since the package warns of its own use of pandas.
    """
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "not well-formed" not in done.stderr, done.stderr
    assert "No attr for" not in done.stderr, done.stderr
    return done.stdout.splitlines()
