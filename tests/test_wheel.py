"""The wheel carries the whole folder: it answers outside the checkout, with its own data."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(target), cwd=ROOT)
    (path,) = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run("-m", "pip", "install", *options, "--target", str(target), str(wheel), cwd=target)
    return target


def run(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else None
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_answers_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    card = run("-m", "tipgraph", "show", "asean", cwd=tmp_path, path=installed)
    assert card.startswith("Association of Southeast Asian Nations\n")


def test_it_uses_its_own_folder(installed: Path, tmp_path: Path) -> None:
    program = "import tipgraph; print(tipgraph.__file__, tipgraph.load().folder.root, sep='\\n')"
    module, folder = run("-c", program, cwd=tmp_path, path=installed).split()
    assert Path(module).is_relative_to(installed)
    assert Path(folder).is_relative_to(installed)


def test_it_holds_the_licenses_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    licenses = {Path(name).name for name in names if "/licenses/" in name}
    assert licenses == {"LICENSE", "LICENSE-DATA", "NOTICE"}
    assert all(name.startswith(("tipgraph/", "tipgraph-")) for name in names)
    assert not any("__pycache__" in name for name in names)
