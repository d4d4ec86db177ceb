"""The wheel on the oldest and the newest of what it says it supports: `nox`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import nox

PROJECT = tomllib.loads(Path("pyproject.toml").read_text())["project"]
OLDEST = [re.sub(">=", "==", requirement) for requirement in PROJECT["dependencies"]]
QUESTION = ["query", "instruments-of-organization", "--organization", "ASEAN"]

nox.options.reuse_existing_virtualenvs = True


def use(session: nox.Session, *requirements: str) -> None:
    """Install the wheel in an environment of its own and use it where the checkout is not."""
    wheels = session.create_tmp()
    session.install("hatchling")
    session.run("python", "-m", "hatchling", "build", "-t", "wheel", "-d", wheels, silent=True)
    (wheel,) = Path(wheels).glob("*.whl")
    session.install("--force-reinstall", str(wheel), *requirements)
    session.chdir(wheels)
    session.run("tipgraph", *QUESTION)
    session.run("tipgraph", "build", "--strict", "--check")
    session.run("tipgraph", "validate")
    session.run("tipgraph", "export", "--format", "jsonld", "--output", "graph.jsonld")


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """The oldest Python and the oldest version of every dependency."""
    use(session, *OLDEST)


@nox.session(python=["3.13", "3.12"])
def newest(session: nox.Session) -> None:
    """The newest Python that is there, and the newest version of every dependency."""
    use(session)
