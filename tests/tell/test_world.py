"""The map of the world: every state once, each as it stands, and no label gets out of its place."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph import KnowledgeGraph
from tipgraph.files.folder import Folder
from tipgraph.rdf.iris import term
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.steps import HEIGHT, WIDTH, Counted, marks, steps_picture
from tipgraph.tell.pictures.world import LOOKS, Placed, World, read_world, world_picture


@pytest.fixture(scope="module")
def world(folder: Folder) -> World:
    found = read_world(folder.map)
    assert found
    return found


def test_every_state_of_the_graph_is_on_the_map_once(kg: KnowledgeGraph, world: World) -> None:
    states = kg.reader.subjects("rdf:type", term("tip:State"))
    codes = sorted(state.value.rpartition("/")[2] for state in states)
    assert sorted([*world.shapes, *world.dots]) == codes


def test_every_state_has_room_on_the_map(world: World) -> None:
    assert all(len(path) > 20 and path.startswith("M") for path in world.shapes.values())
    assert all(0 <= x <= world.width and 0 <= y <= world.height for x, y in world.dots.values())


def test_no_dot_hides_another(world: World) -> None:
    dots = sorted(world.dots.values())
    assert all(
        (x - u) ** 2 + (y - v) ** 2 > 60**2 for (x, y) in dots for (u, v) in dots if (x, y) < (u, v)
    )


def test_without_a_file_there_is_no_map(tmp_path: Path) -> None:
    assert read_world(tmp_path / "world.json") is None


@given(name=st.text(), look=st.sampled_from(LOOKS), code=st.sampled_from(("GHA", "TUV")))
def test_whatever_a_state_is_called_the_drawing_is_sound(name: str, look: str, code: str) -> None:
    world = World("", 10, 10, "", {"GHA": "M0,0l1,1 1-1z"}, {"TUV": (1, 1)})
    drawn = fromstring(world_picture(world, [Placed(code, Link(name), look, "told")], name))
    (group,) = [one for one in drawn.iter("g") if len(one)]
    assert group.get("class") == f"look {look}"
    (shape,) = group
    assert shape.findtext("title") == "".join(c for c in name if c.isprintable()) + ": told"


def test_a_look_is_told_by_more_than_its_colour(world: World) -> None:
    placed = [Placed(code, Link(code), look, "") for code, look in zip("ABCD", LOOKS, strict=True)]
    drawn = fromstring(world_picture(world, placed, "map"))
    fills = {
        one.get("class", ""): one.get("fill")
        for one in drawn.iter("g")
        if (one.get("fill") or "#shape").count("#shape")
    }
    patterns = {f"url(#{one.get('id')})" for one in drawn.iter("pattern")}
    assert fills["look possible"] != fills["look other"]
    assert {fills["look possible"], fills["look other"]} < patterns
    assert fills["look sure"] is None
    assert fills["look nothing"] is None


@given(
    st.dictionaries(
        st.integers(1900, 2100),
        st.tuples(st.integers(0, 250), st.integers(0, 250)),
        min_size=1,
        max_size=40,
    )
)
def test_a_line_stays_on_its_picture(found: dict[int, tuple[int, int]]) -> None:
    counted = [Counted(year, *counts) for year, counts in sorted(found.items())]
    drawn = fromstring(steps_picture(counted, "line", "how many"))
    assert drawn.get("aria-label") == "line"
    for path in drawn.iter("path"):
        steps = path.get("d", "").replace("V", "H").split("H")
        across, up = steps[1::2], steps[2::2]
        assert all(0 <= float(x) <= WIDTH for x in across)
        assert all(0 <= float(y) <= HEIGHT for y in up)
        assert len(up) == len(counted)
    for text in drawn.iter("text"):
        assert 0 <= float(text.get("x", "-1")) <= WIDTH
        assert 0 <= float(text.get("y", "-1")) <= HEIGHT


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_an_axis_has_a_few_round_numbers(first: int, length: int) -> None:
    found = marks(first, first + length)
    assert len(found) <= 6
    assert all(first <= mark <= first + length for mark in found)
