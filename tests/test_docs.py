"""What the documents show is so: every command, block of code, snippet, link and name in them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from test_imports import ORDER
from virtuoso import needed

from tipgraph import cli
from tipgraph.ask.queries import read_query
from tipgraph.cli.main import COMMANDS
from tipgraph.cli.serve import serve_command
from tipgraph.files.folder import PARTS
from tipgraph.files.yaml import read_yaml
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import BASE, PREFIXES
from tipgraph.source.curate import read_curation
from tipgraph.source.printed import Table

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ENDPOINT = "http://localhost:8890/sparql"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
CUT = "…"
WIDTH = "100"
FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|crates\.io|rubygems\.org|anaconda\.org"
    r"|(?<![\w.:/~-])/(?:work|root|home|tmp|opt|mnt|Users)/"
)


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, its text, and the text block after it."""

    path: Path
    line: int
    language: str
    text: str
    output: str = ""

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


@dataclass(frozen=True)
class Command:
    """A command of a console block and the lines shown after it."""

    place: str
    words: tuple[str, ...]
    shown: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place} {' '.join(self.words)}"


def blocks(*languages: str) -> list[Block]:
    return [block for path in DOCUMENTS for block in blocks_of(path) if block.language in languages]


def blocks_of(path: Path) -> Iterator[Block]:
    text = path.read_text(encoding="utf-8")
    found = list(FENCE.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        is_output = after and after[1] == "text" and not text[match.end() : after.start()].strip()
        line = text[: match.start()].count("\n") + 1
        yield Block(path, line, match[1], match[2], after[2] if after and is_output else "")


def commands() -> Iterator[Command]:
    for block in blocks("console"):
        for entry in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            line, *shown = entry.rstrip("\n").split("\n")
            yield Command(str(block), tuple(shlex.split(line)), tuple(shown))


def agree(shown: tuple[str, ...], printed: str) -> None:
    lines = tuple(line.rstrip() for line in printed.rstrip("\n").split("\n"))
    wanted = tuple(line.rstrip() for line in shown)
    if wanted and wanted[-1] == CUT:
        wanted = wanted[:-1]
        assert len(lines) > len(wanted), "nothing is cut"
        lines = lines[: len(wanted)]
    assert "\n".join(wanted) == "\n".join(lines)


COMMANDS_SHOWN = list(commands())
SERVERS = [command for command in COMMANDS_SHOWN if command.words[:2] == ("tipgraph", "serve")]
OURS = [c for c in COMMANDS_SHOWN if c.words[0] == "tipgraph" and c not in SERVERS]
CURLS = [command for command in COMMANDS_SHOWN if command.words[0] == "curl"]
OTHERS = [c for c in COMMANDS_SHOWN if c not in (*OURS, *SERVERS, *CURLS)]
SERVED = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder, so that a command may write."""
    target = tmp_path_factory.mktemp("documents") / "tipgraph"
    for part in (*PARTS, "tests/source/tables"):
        shutil.copytree(ROOT / part, target / part)
    return target


def endpoint_for(text: str, request: pytest.FixtureRequest) -> str:
    """Return the address of an endpoint that runs, where a text is about one."""
    if ENDPOINT not in text:
        return ENDPOINT
    remote: KnowledgeGraph = request.getfixturevalue("remote")
    return remote.graph.endpoint


@pytest.mark.parametrize("command", OURS, ids=str)
def test_commands_print_what_is_shown(
    command: Command,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    endpoint = endpoint_for(str(command), request)
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.chdir(copy)
    capfd.readouterr()
    with pytest.raises(SystemExit):
        cli.main(["-C", ".", *(word.replace(ENDPOINT, endpoint) for word in command.words[1:])])
    printed, complaint = capfd.readouterr()
    agree(command.shown, (printed or complaint).replace(endpoint, ENDPOINT))


@pytest.mark.parametrize("command", SERVERS, ids=str)
def test_a_server_says_where_it_is(command: Command) -> None:
    context = serve_command.make_context("serve", list(command.words[2:]))
    host, port = context.params["host"], context.params["port"]
    agree(command.shown, f"http://{host}:{port}/ (stop with Ctrl-C)")


@pytest.mark.parametrize("command", CURLS, ids=str)
def test_curl_gets_what_is_shown(command: Command, served: str) -> None:
    needed("curl")
    asked = [word.replace(SERVED, served) for word in command.words]
    assert asked != list(command.words)
    done = subprocess.run([*asked, "--silent"], capture_output=True, text=True, check=True)
    agree(command.shown, done.stdout)


def test_other_commands_are_make_targets_or_of_python() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in OTHERS:
        program, *arguments = command.words
        if program == "make":
            assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in arguments)
        else:
            assert program in {"pip", ".venv/bin/python"}, str(command)
        assert not command.shown or command.shown == (CUT,), f"{command} shows what is not checked"


def test_the_two_commands_of_the_readme_are_there() -> None:
    shown = {command.words for command in OTHERS if command.place.startswith("README")}
    assert {("make", "demo"), ("make", "test")} <= shown


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_runs(
    block: Block, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text = block.text.replace(ENDPOINT, endpoint_for(block.text, request))
    exec(compile(text, str(block), "exec"), {"__name__": "document"})
    if block.output:
        agree(tuple(block.output.rstrip("\n").split("\n")), capsys.readouterr().out)


@pytest.mark.parametrize("block", blocks("turtle"), ids=str)
def test_turtle_is_in_the_graph(block: Block, union: frozenset[Triple]) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    triples = {
        quad.triple for quad in parse(prefixes + block.text, RdfFormat.TURTLE, base_iri=BASE)
    }
    assert triples
    assert not triples - union


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_decisions_are_of_the_form_and_about_the_table(
    block: Block, table: Table, tmp_path: Path
) -> None:
    (tmp_path / "shown.yaml").write_text(block.text, encoding="utf-8")
    curation = read_curation(tmp_path)
    printed = {item.text for item in table.items()}
    assert {decision.item for decision in curation.items} <= printed
    assert {addition.item for addition in curation.additions} <= {*printed, ""}
    assert all(note.stands_in(table) for note in curation.notes)
    assert curation.items or curation.additions or curation.notes or curation.documents


@pytest.mark.parametrize("block", blocks("sparql"), ids=str)
def test_stored_queries_are_of_the_form(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "shown.rq"
    path.write_text(block.text, encoding="utf-8")
    assert read_query(path).columns


def test_every_block_says_what_it_is() -> None:
    known = {"console", "python", "turtle", "yaml", "sparql", "text"}
    assert {block.language for path in DOCUMENTS for block in blocks_of(path)} <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown(name: str) -> None:
    assert any(command.words[1:2] == (name,) for command in (*OURS, *SERVERS))


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_links_lead_to_a_file_and_a_heading(path: Path) -> None:
    for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name) if name else path
        assert file.exists(), target
        assert not anchor or anchor in set(anchors(file)), target


def anchors(path: Path) -> Iterator[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = read_yaml(ROOT / "CITATION.cff").data
    assert citation["version"] == project["version"]
    heading = f"## [{citation['version']}] - {citation['date-released']}"
    assert heading in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert citation["license"] in project["license"]


def test_every_dependency_is_argued() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=~ ]", requirement)[0]
        assert re.search(rf"^\| {name} \| .+ \|$", text, re.MULTILINE), name


MADE = {"__pycache__", "node_modules"}
TOLD = {"", ".cff", ".json", ".md", ".py", ".rq", ".toml", ".ttl", ".yaml"}
DOCUMENT = re.compile(r"\bdocs/[\w-]+\.md\b")


def project_files() -> Iterator[Path]:
    folders = (*PARTS, ".ci", "benchmarks", "docs", "tests", "tipgraph")
    yield from (path for path in ROOT.iterdir() if path.is_file())
    for folder in folders:
        yield from (
            path
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not MADE & set(path.parts)
        )


def test_no_file_names_a_registry_or_a_place_on_some_machine() -> None:
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found = FORBIDDEN.search(text)
        assert not found, f"{path.relative_to(ROOT)} names {found and found[0]}"


def test_documents_that_any_file_names_are_there() -> None:
    for path in project_files():
        if path.suffix in TOLD:
            for name in DOCUMENT.findall(path.read_text(encoding="utf-8")):
                assert (ROOT / name).exists(), f"{path.relative_to(ROOT)} names {name}"


def test_the_picture_of_the_packages_has_the_order_of_imports() -> None:
    text = (ROOT / "docs" / "packages.svg").read_text(encoding="utf-8")
    numbers = {name: int(number) for number, name in re.findall(r">(\d+)</tspan> (\w+)<", text)}
    assert numbers == {name: number for number, name in enumerate(ORDER, start=1)}


def test_the_query_that_is_shown_is_a_stored_one() -> None:
    shown = [block.text for block in blocks("sparql") if block.text.startswith("#+ title")]
    assert shown == [(ROOT / "queries/instruments-of-organization.rq").read_text("utf-8")]
