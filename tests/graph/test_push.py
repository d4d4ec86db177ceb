"""A pushed graph is the same in the store, however often it is pushed and whatever was there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Layers
from hostile_server import hostile_server
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from virtuoso import Virtuoso, running

import tipgraph
from tipgraph.cli.push import push_command
from tipgraph.errors import EngineError, InputError, UsageError
from tipgraph.files.folder import PARTS, Folder
from tipgraph.graph.engines.endpoint import Endpoint
from tipgraph.graph.engines.engine import Graph
from tipgraph.graph.engines.remote import RemoteEngine
from tipgraph.graph.push import push
from tipgraph.rdf.iris import LAYERS, layer_graph
from tipgraph.rdf.triples import serialized

COMMAND = "import sys; from tipgraph.cli.push import push_command; push_command(sys.argv[1:])"
SUBJECT, PREDICATE = NamedNode("http://x/s"), NamedNode("http://x/p")


@pytest.fixture(scope="module")
def store() -> Iterator[Virtuoso]:
    """A Virtuoso of these tests alone, since they change what it holds."""
    with running() as virtuoso:
        yield virtuoso


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    """A folder of one layer with one triple."""
    for part in PARTS:
        (tmp_path / part).mkdir()
    folder = Folder(tmp_path)
    folder.graph.mkdir()
    (folder.graph / "catalog.ttl").write_text("<http://x/s> <http://x/p> 1 .\n")
    return folder


def held(store: Virtuoso, graph: str) -> frozenset[Triple]:
    text = f"CONSTRUCT {{ ?s ?p ?o }} FROM {graph} WHERE {{ ?s ?p ?o }}"
    result = RemoteEngine(store.endpoint).query(text)
    assert isinstance(result, Graph)
    return result.triples


def held_layers(store: Virtuoso) -> dict[str, frozenset[Triple]]:
    return {layer: held(store, str(layer_graph(layer))) for layer in LAYERS}


def test_the_store_holds_the_same_however_often(
    store: Virtuoso, folder: Folder, layers: Layers
) -> None:
    for _ in range(2):
        sizes = push(folder, store.endpoint)
        assert sizes == {layer: len(triples) for layer, triples in layers.items()}
        assert held_layers(store) == layers


def test_only_what_our_graphs_held_before_is_replaced(store: Virtuoso, small: Folder) -> None:
    junk = "<http://x/junk> <http://x/p> 2"
    for graph in (layer_graph("catalog"), layer_graph("inferred"), "<http://x/foreign>"):
        Endpoint(store.endpoint).update(f"INSERT DATA {{ GRAPH {graph} {{ {junk} }} }}")
    assert push(small, store.endpoint) == {"catalog": 1}
    assert {layer: len(triples) for layer, triples in held_layers(store).items() if triples} == {
        "catalog": 1
    }
    assert len(held(store, "<http://x/foreign>")) == 1


@pytest.mark.parametrize(
    "seconds", [0.8, *(pytest.param(n, marks=pytest.mark.nightly) for n in (0.6, 1.0))]
)
def test_a_killed_push_is_mended_by_the_next(
    store: Virtuoso, folder: Folder, layers: Layers, seconds: float
) -> None:
    command = [sys.executable, "-c", COMMAND, "--endpoint", store.endpoint]
    pushing = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    pushing.kill()
    pushing.wait()
    if held_layers(store) != layers:
        assert_not_taken_for_whole(store)
    push(folder, store.endpoint)
    assert held_layers(store) == layers


def assert_not_taken_for_whole(store: Virtuoso) -> None:
    kg = tipgraph.connect(store.endpoint)
    for name, given in (("parties", {"instrument": "palermo-protocol"}), ("organizations", {})):
        with pytest.raises(EngineError, match="not there, or not whole"):
            kg.query(name, None, 1, **given)


@pytest.mark.parametrize(
    "layer", [pytest.param("parties", marks=pytest.mark.nightly), "provenance"]
)
def test_a_push_that_stops_within_a_layer_is_not_taken_for_whole(
    store: Virtuoso, lean: Folder, layer: str
) -> None:
    def stop(pushed: str, done: int, total: int) -> None:
        if pushed == layer and done > total / 2:
            raise KeyboardInterrupt

    push(lean, store.endpoint)
    with pytest.raises(KeyboardInterrupt):
        push(lean, store.endpoint, progress=stop)
    assert_not_taken_for_whole(store)


def test_large_layers_and_odd_texts_arrive_whole(store: Virtuoso, small: Folder) -> None:
    texts = ["", "a\"b\\c'\n\t\r", "é–“” 😀", "{ ?x $y } # no", "x" * 300_000, "\u0001"]
    triples = {Triple(SUBJECT, PREDICATE, Literal(text, language="en")) for text in texts}
    triples |= {Triple(SUBJECT, PREDICATE, Literal(number)) for number in range(11_000)}
    (small.graph / "catalog.ttl").write_bytes(serialized(triples, RdfFormat.N_TRIPLES))
    assert push(small, store.endpoint) == {"catalog": len(triples)}
    assert held(store, str(layer_graph("catalog"))) == triples


def test_values_that_a_store_takes_for_one_are_told(store: Virtuoso, small: Folder) -> None:
    same = '"1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'
    (small.graph / "catalog.ttl").write_text(f"<http://x/s> <http://x/p> 1 , {same} .\n")
    with pytest.raises(EngineError) as caught:
        push(small, store.endpoint)
    assert str(caught.value) == f"{store.endpoint}: layer 'catalog' has 1 triples there, not 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<http://x/s> <x:y>\n;", r"provenance\.ttl:2: broken Turtle"),
        ("[] <http://x/p> 1 .", r"provenance\.ttl: has blank nodes"),
    ],
)
def test_a_bad_layer_leaves_the_store_as_it_was(
    store: Virtuoso, small: Folder, text: str, message: str
) -> None:
    push(small, store.endpoint)
    before = held_layers(store)
    (small.graph / "catalog.ttl").write_text("<http://x/s> <http://x/p> 2 .\n")
    (small.graph / "provenance.ttl").write_text(text)
    with pytest.raises(InputError, match=message):
        push(small, store.endpoint)
    assert held_layers(store) == before


def test_a_folder_without_a_graph_is_said(store: Virtuoso, small: Folder) -> None:
    (small.graph / "catalog.ttl").unlink()
    with pytest.raises(InputError, match="holds no graph"):
        push(small, store.endpoint)


def test_a_store_that_wants_a_login(
    store: Virtuoso, small: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EngineError, match="HTTP 401, no access"):
        push(small, store.endpoint, store.login_endpoint)
    monkeypatch.setenv("TIPGRAPH_ENDPOINT_USER", "dba")
    monkeypatch.setenv("TIPGRAPH_ENDPOINT_PASSWORD", "dba")
    assert push(small, store.endpoint, store.login_endpoint) == {"catalog": 1}


def test_a_store_that_takes_no_updates(store: Virtuoso, small: Folder) -> None:
    store.sql('REVOKE SPARQL_UPDATE FROM "SPARQL"')
    try:
        with pytest.raises(EngineError, match=r"HTTP 500, the endpoint fails: .*No permission"):
            push(small, store.endpoint)
    finally:
        store.sql('GRANT SPARQL_UPDATE TO "SPARQL"')


def test_updates_that_go_nowhere_are_found_out(store: Virtuoso, small: Folder) -> None:
    push(small, store.endpoint)
    (small.graph / "catalog.ttl").write_text("<http://x/s> <http://x/p> 1 , 2 .\n")
    with hostile_server() as hostile:
        with pytest.raises(EngineError, match="layer 'catalog' has 1 triples there, not 2"):
            push(small, store.endpoint, hostile.url("html"))
        with pytest.raises(EngineError, match="layer 'catalog' has no triples there, not 2"):
            push(small, hostile.url("unloaded"))


def test_an_update_is_posted_and_tried_again() -> None:
    waits: list[float] = []
    with hostile_server() as hostile:
        Endpoint(hostile.url("429-once"), None, waits.append).update("CLEAR ALL")
        assert waits == [7]
        assert [seen.method for seen in hostile.seen] == ["POST", "POST"]
        assert [seen.parameters for seen in hostile.seen] == [{"update": ["CLEAR ALL"]}] * 2


@pytest.mark.parametrize("urls", [("ftp://x", None), ("http://x/sparql", "ftp://x")])
def test_a_wrong_url_is_said_before_anything_is_done(
    small: Folder, urls: tuple[str, str | None]
) -> None:
    with pytest.raises(UsageError, match="'ftp://x' is no endpoint's URL"):
        push(small, *urls)


def test_the_command_says_what_it_loaded(store: Virtuoso, small: Folder) -> None:
    options = ["--endpoint", store.endpoint, "--update-endpoint", store.update_endpoint]
    done = CliRunner().invoke(push_command, options, obj=str(small.root))
    assert done.exit_code == 0
    assert done.stdout == f"1 triples in 1 layers at {store.endpoint}\n"
    assert done.stderr == "  catalog          1 triples\n"


def test_a_terminal_sees_bars(store: Virtuoso, folder: Folder) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", COMMAND, "--endpoint", store.endpoint]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=60)
    os.close(theirs)
    assert done.stdout.decode().endswith(f" triples in {len(LAYERS)} layers at {store.endpoint}\n")
    with os.fdopen(ours, "rb") as terminal:
        shown = terminal.read1(1 << 20).decode()
    assert "catalog" in shown
    assert "100%" in shown
