"""Builds the SPARQL editor into the wheel where node is there; without it a plain field serves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMMANDS = (
    ("ci", "--silent", "--no-fund", "--no-audit"),
    ("run", "build", "--silent"),
)


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs npm before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the editor, if it is not there yet and node is; say so where it can't be built."""
        editor = Path(self.root, "tipgraph", "serve", "static", "editor.js")
        npm = shutil.which("npm")
        if editor.is_file() or npm is None or version == "editable":
            return
        for command in COMMANDS:
            done = subprocess.run(
                [npm, *command],
                cwd=Path(self.root, "frontend"),
                check=False,
                capture_output=True,
            )
            if done.returncode:
                self.app.display_warning("the SPARQL editor can't be built; a plain field serves")
                return
