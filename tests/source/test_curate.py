from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT

from tipgraph import InputError
from tipgraph.files.folder import Folder
from tipgraph.layers.catalog import describe_entities
from tipgraph.layers.vocabulary import read_vocabulary
from tipgraph.rdf.iris import path_of, term
from tipgraph.source.claims import Claim, Decision, Entity
from tipgraph.source.curate import Curated, Curation, curate, read_curation
from tipgraph.source.curate.decisions import curation_schema
from tipgraph.source.printed import Table, parse_table
from tipgraph.source.properties import PROPERTIES
from tipgraph.source.recognize import Mention, recognize

HEADER = "ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT"
GROUND = "because: It is so., evidence: a page"
SAY = "because: It is so.\n    evidence: a page"
TABLE = (
    "<p>Alpha Union (AU) www.alpha.example</p><p>www.experts.example</p>\t"
    "<p>Treaty on Conflict (2001)</p><p>Vision for All</p>\t<p>Expert Group</p>",
    "<p>Beta Process (BP)</p>\t<p>Plan of Action (2010-2012) and Guide</p>\t<p>Envoy of Alpha</p>",
)
Decide = Callable[[str], Curated]


def table_of(*rows: str) -> Table:
    return parse_table("\n".join((HEADER, *rows)), Path("2020.txt"))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Curation]:
    def written(text: str) -> Curation:
        (tmp_path / "decisions.yaml").write_text(dedent(text), encoding="utf-8")
        return read_curation(tmp_path)

    return written


@pytest.fixture
def decide(read: Callable[[str], Curation]) -> Decide:
    table = table_of(*TABLE)
    return lambda text: curate(table, recognize(table), read(text))


def entity(curated: Curated, name: str) -> Entity:
    return next(entity for entity in curated.entities if entity.name == name)


def names(curated: Curated) -> list[str]:
    return [entity.name for entity in curated.entities]


def work(curated: Curated, kind: str) -> list[str]:
    return [str(work) for work in curated.work if work.kind == kind]


def claims(curated: Curated, name: str, property: str) -> list[tuple[str, bool]]:
    """The values of a property, and whether a decision is their ground."""
    found = (claim for claim in entity(curated, name).claims if claim.property == property)
    return [(str(claim.value), claim.decision is not None) for claim in found]


def test_the_real_decisions_leave_no_work(curated: Curated) -> None:
    assert curated.work == ()


def test_the_real_table_without_decisions_is_all_work_and_no_failure(
    table: Table, mentions: tuple[Mention, ...]
) -> None:
    bare = curate(table, mentions, Curation())
    assert {item.kind for item in bare.work} == {"unreviewed"}
    assert len(bare.work) == sum(len(e.doubts) for m in mentions for e in m.entities)
    assert sum(name.startswith("org/") for name in names(bare)) == 22


def test_every_instrument_of_the_table_has_its_name(curated: Curated) -> None:
    wanted = {
        *("palermo-protocol", "un-global-plan-of-action", "unsc-resolution-2493", "ilo-p029"),
        *("ilo-r203", "ilo-c189", "ilo-r201", "actip", "asean-plan-of-action-2015"),
        *(f"bali-process-statement-{number}" for number in range(1, 8)),
        *("commit-mou-2004", "commit-spa-3", "arab-framework-act", "arab-initiative-2010"),
        *("untoc", "a-res-55-25", "sherloc", "oas-work-plan-2-progress-report"),
    }
    assert {f"instrument/{name}" for name in wanted} <= set(names(curated))
    assert len(set(names(curated))) == len(curated.entities)


def test_every_item_but_headings_and_not_given_leaves_something(
    curated: Curated, mentions: tuple[Mention, ...]
) -> None:
    used = {place for e in curated.entities for place in e.items}
    used |= {claim.item for e in curated.entities for claim in e.claims}
    left = [
        m.item.path
        for m in mentions
        if m.role not in ("heading", "not-given") and m.item.path not in used
    ]
    assert left == ["L16/c3/i1"]


def test_every_piece_of_a_real_split_stands_in_its_item(folder: Folder) -> None:
    splits = [d for d in read_curation(folder.curation).items if d.split]
    assert splits
    assert all(piece.text in decision.item for decision in splits for piece in decision.split)


def test_what_the_first_column_names_again_is_one_instrument(curated: Curated) -> None:
    actip = entity(curated, "instrument/actip")
    assert actip.items == ("L11/c2/i2", "L11/c1/i2")
    assert actip.label == (
        "ASEAN Convention Against Trafficking in Persons, Especially Women and Children"
    )
    assert len(actip.values("page")) == 1


def test_the_focal_point_said_twice_is_one_body(curated: Curated) -> None:
    task_force = entity(curated, "body/cbss-tf-thb")
    assert task_force.items == ("L17/c3/i1", "L17/c3/i3")
    assert set(entity(curated, "org/cbss").values("focal-point")) == {
        *("body/cbss-tf-thb", "body/cbss-egcc")
    }


def test_the_misplaced_focal_point_is_doubted_and_not_offered(curated: Curated) -> None:
    assert claims(curated, "org/commit", "focal-point-statement") == [("doubted", True)]
    assert entity(curated, "org/commit").values("focal-point") == ()
    assert entity(curated, "org/osce").values("focal-point") == (
        "body/osce-special-representative",
    )


def test_a_resolution_denied_its_topic_keeps_the_rest(
    curated: Curated, mentions: tuple[Mention, ...]
) -> None:
    draft = next(e for m in mentions for e in m.entities if e.part == "2493")
    assert draft.values("topic") == ("conflict",)
    assert entity(curated, "instrument/unsc-resolution-2493").values("topic") != ("conflict",)
    assert entity(curated, "instrument/unsc-resolution-2331").values("topic") == ("conflict",)


def test_rules_name_things_by_acronym_or_label(decide: Decide) -> None:
    assert names(decide("")) == [
        *("org/au", "instrument/treaty-on-conflict", "instrument/vision-for-all"),
        *("body/expert-group", "org/bp", "instrument/plan-of-action-2010-2012-and-guide"),
        "body/envoy-of-alpha",
    ]


def test_the_same_label_in_two_rows_is_two_things() -> None:
    row = "<p>{} (X{})</p>\t<p>Work Plan</p>\t<p>Unit</p><p>unit</p>"
    table = table_of(row.format("One", "A"), row.format("Two", "B"))
    assert names(curate(table, recognize(table), Curation())) == [
        *("org/xa", "instrument/work-plan", "body/unit"),
        *("org/xb", "instrument/work-plan-2", "body/unit-2"),
    ]


def test_an_open_doubt_is_unreviewed_work(decide: Decide) -> None:
    assert work(decide(""), "unreviewed") == [
        "unreviewed: L2/c2/i2: 'Vision for All' (instrument/vision-for-all): "
        "the rules leave its kind open"
    ]


def test_a_decision_settles_its_doubt_and_nothing_else(decide: Decide) -> None:
    before = decide("")
    after = decide(
        f"""
        items:
        - item: Vision for All
          say:
          - {{kind: declaration, {GROUND}}}
        """
    )
    assert after.work == ()
    assert claims(after, "instrument/vision-for-all", "kind") == [("declaration", True)]
    changed = [
        (old, new) for old, new in zip(before.entities, after.entities, strict=True) if old != new
    ]
    assert [(old.name, new.name) for old, new in changed] == [
        ("instrument/vision-for-all", "instrument/vision-for-all")
    ]
    ((old, new),) = changed
    kind = Claim("kind", "declaration", decision=Decision("It is so.", "a page"))
    assert new == replace(old, claims=(*old.claims, kind), doubts=frozenset())


def test_a_decided_name_is_followed_by_every_reference(decide: Decide) -> None:
    curated = decide(
        """
        items:
        - item: Alpha Union (AU) www.alpha.example
          name: org/alpha
        - item: Expert Group
          name: body/experts
        """
    )
    assert entity(curated, "instrument/treaty-on-conflict").values("listed-under") == ("org/alpha",)
    assert entity(curated, "org/alpha").values("focal-point") == ("body/experts",)
    assert "org/au" not in names(curated)


def test_a_decided_date_takes_the_place_of_the_printed_one(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{date: '2001-05-04', {GROUND}}}
        """
    )
    assert claims(curated, "instrument/treaty-on-conflict", "date") == [("2001-05-04", True)]
    assert claims(curated, "instrument/treaty-on-conflict", "topic") == [("conflict", False)]


def test_a_decided_topic_stands_beside_the_printed_one(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{topic: [women, children], {GROUND}, sure: likely}}
        """
    )
    assert claims(curated, "instrument/treaty-on-conflict", "topic") == [
        *(("conflict", False), ("women", True), ("children", True))
    ]
    decided = entity(curated, "instrument/treaty-on-conflict").claims[-1].decision
    assert decided == Decision("It is so.", "a page", "likely")


def test_a_topic_that_is_denied_goes(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{not-topic: conflict, {GROUND}}}
        """
    )
    assert claims(curated, "instrument/treaty-on-conflict", "topic") == []
    assert claims(curated, "instrument/treaty-on-conflict", "date") == [("2001", False)]


def test_a_decided_label_keeps_the_printed_one(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Vision for All
          name: instrument/vision
          label: A Vision for All of Us
          because: It is its full title.
          evidence: a page
          say:
          - {{kind: declaration, {GROUND}}}
        """
    )
    assert entity(curated, "instrument/vision").label == "A Vision for All of Us"
    assert claims(curated, "instrument/vision", "alt-label") == [("Vision for All", False)]
    assert claims(curated, "instrument/vision", "label") == [("A Vision for All of Us", True)]


def test_a_decision_that_repeats_the_rules_is_redundant(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{date: '2001', {GROUND}}}
          - {{topic: conflict, {GROUND}}}
          - {{type: instrument, {GROUND}}}
          - {{topic: women, {GROUND}}}
        """
    )
    assert work(curated, "redundant") == [
        "redundant: decisions.yaml:5: date 2001: the rules read this already",
        "redundant: decisions.yaml:6: topic conflict: the rules read this already",
        "redundant: decisions.yaml:7: type instrument: the rules read this already",
    ]


def test_a_decision_of_no_item_is_unused(decide: Decide) -> None:
    curated = decide(
        """
        items:
        - item: Treaty on conflict (2001)
          name: instrument/treaty
        - item: Vision for All
          part: first
          name: instrument/first
        """
    )
    assert work(curated, "unused") == [
        "unused: decisions.yaml:3: no item reads 'Treaty on conflict (2001)'",
        "unused: decisions.yaml:5: no item reads 'Vision for All', first",
    ]


def test_a_reference_to_nothing_is_work_and_no_claim(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{issued-by: body/nobody, {GROUND}}}
        """
    )
    assert work(curated, "unused") == [
        "unused: curation: instrument/treaty-on-conflict issued-by body/nobody: "
        "there is no such thing"
    ]
    assert claims(curated, "instrument/treaty-on-conflict", "issued-by") == []


def test_an_item_is_split_into_its_pieces(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Plan of Action (2010-2012) and Guide
          split:
          - text: Plan of Action (2010-2012)
            name: instrument/plan
          - text: Guide
            name: instrument/guide
            say:
            - {{topic: women, {GROUND}}}
          because: They are two.
          evidence: a page
        """
    )
    assert [name for name in names(curated) if "plan" in name or "guide" in name] == [
        *("instrument/plan", "instrument/guide")
    ]
    assert claims(curated, "instrument/plan", "period") == [("2010/2012", False)]
    assert claims(curated, "instrument/plan", "topic") == []
    assert claims(curated, "instrument/guide", "topic") == [("women", True)]
    for name in ("instrument/plan", "instrument/guide"):
        assert claims(curated, name, "listed-under") == [("org/bp", False)]
        assert entity(curated, name).items == ("L3/c2/i1",)


def test_an_organization_that_is_split_is_listed_under_both(decide: Decide) -> None:
    curated = decide(
        """
        items:
        - item: Beta Process (BP)
          split:
          - {text: Beta, name: org/beta}
          - {text: Process, name: org/process}
          because: They are two.
          evidence: a page
        """
    )
    (plan,) = (e for e in curated.entities if e.name.startswith("instrument/plan"))
    assert plan.values("listed-under") == ("org/beta", "org/process")


def test_a_misplaced_focal_point_becomes_a_doubt(decide: Decide) -> None:
    curated = decide(
        """
        items:
        - item: Envoy of Alpha
          misplaced: {belongs-to: org/au}
          because: It is the office of Alpha.
          evidence: a page
        """
    )
    assert "body/envoy-of-alpha" not in names(curated)
    assert claims(curated, "org/bp", "focal-point-statement") == [("doubted", True)]
    assert claims(curated, "org/bp", "focal-point") == []
    assert work(curated, "unaccounted") == []


def test_a_misplaced_focal_point_beside_a_good_one_changes_no_statement(
    read: Callable[[str], Curation],
) -> None:
    table = table_of("<p>Alpha (AL)</p>\t<p>Treaty</p>\t<p>Envoy</p><p>Desk</p>")
    curation = read(
        """
        items:
        - item: Envoy
          misplaced: {belongs-to: org/other}
          because: It is another's.
          evidence: a page
        """
    )
    curated = curate(table, recognize(table), curation)
    assert claims(curated, "org/al", "focal-point-statement") == [("stated", False)]
    assert claims(curated, "org/al", "focal-point") == [("body/desk", False)]


def test_a_bare_link_is_that_of_the_organization_above(decide: Decide) -> None:
    assert claims(decide(""), "org/au", "page") == [
        *(("www.alpha.example", False), ("www.experts.example", False))
    ]


def test_a_link_is_moved_to_whom_it_belongs(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - {{item: www.experts.example, link-of: body/expert-group, {GROUND}}}
        """
    )
    assert claims(curated, "org/au", "page") == [("www.alpha.example", False)]
    assert claims(curated, "body/expert-group", "page") == [("www.experts.example", True)]


def test_a_link_of_nothing_is_unreviewed_and_unaccounted(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - {{item: www.experts.example, link-of: body/nobody, {GROUND}}}
        """
    )
    assert "unreviewed: L2/c1/i2: a link of no organization" in work(curated, "unreviewed")
    assert work(curated, "unaccounted") == ["unaccounted: L2/c1/i2: 'www.experts.example'"]


def test_two_items_of_one_name_are_one_thing(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          name: instrument/one
        - item: Plan of Action (2010-2012) and Guide
          name: instrument/one
          say:
          - {{date: '2010', {GROUND}}}
        """
    )
    one = entity(curated, "instrument/one")
    assert names(curated).count("instrument/one") == 1
    assert one.items == ("L2/c2/i1", "L3/c2/i1")
    assert one.label == "Treaty on Conflict"
    assert one.values("alt-label") == ("Plan of Action (2010-2012) and Guide",)
    assert one.values("kind") == ("agreement",)
    assert one.values("date") == ("2001",)


def test_things_are_added_where_something_refers_to_them(decide: Decide) -> None:
    curated = decide(
        f"""
        items:
        - item: Treaty on Conflict (2001)
          say:
          - {{issued-by: body/summit, {GROUND}}}
        added:
        - name: body/summit
          type: collaboration
          label: Alpha Summit
          item: Treaty on Conflict (2001)
          because: It adopted the treaty.
          evidence: a page
          say:
          - {{part-of: body/assembly, {GROUND}}}
        - {{name: body/assembly, type: body, label: Assembly, {GROUND}}}
        - {{name: instrument/later, type: instrument, label: Later Act, {GROUND}, say: [
            {{extends: instrument/treaty-on-conflict, {GROUND}}}]}}
        - {{name: body/nobody, type: body, label: Nobody, {GROUND}}}
        """
    )
    added = [e for e in curated.entities if e.key == e.name]
    assert [e.name for e in added] == ["body/summit", "instrument/later", "body/assembly"]
    summit = entity(curated, "body/summit")
    assert (summit.kind_of_thing, summit.label, summit.items) == (
        *("body", "Alpha Summit", ("L2/c2/i1",)),
    )
    assert claims(curated, "body/summit", "type") == [("collaboration", True)]
    assert claims(curated, "body/summit", "part-of") == [("body/assembly", True)]
    assert entity(curated, "instrument/later").items == ()
    assert work(curated, "unused") == ["unused: decisions.yaml:18: nothing refers to body/nobody"]


@pytest.mark.parametrize(
    ("at", "quote", "about", "places"),
    [
        ("L2/c2", "Treaty", "org/au", ("L2/c2/i1",)),
        ("L2", "Treaty", "", ("L2/c2/i1",)),
        ("L2/c1", "</p><p>", "", ("L2/c1",)),
        ("L2", "</p>\t<p>", "", ("L2",)),
        ("L1", "DOCUMENTS", "", ("L1",)),
        ("L2/c3", "Treaty", "", ()),
        ("L3/c2", "Treaty", "", ()),
        ("L9/c2", "Treaty", "", ()),
        ("L1", "Treaty", "", ()),
        ("L2/c2", "Treaty", "org/nowhere", ()),
        ("L2/c2", "", "", ()),
    ],
)
def test_a_note_applies_where_its_quote_stands(
    decide: Decide, at: str, quote: str, about: str, places: tuple[str, ...]
) -> None:
    curated = decide(
        f"""
        notes:
        - {{id: Q1, kind: wrong, at: {at}, quote: "{quote}", matter: m, instead: i, because: b,
            evidence: [e], sure: likely, about: [{about}]}}
        """.replace("\t", "\\t")
    )
    table = table_of(*TABLE)
    assert [note.places(table) for note in curated.notes] == ([places] if places else [])
    unused = ["unused: decisions.yaml:3: note Q1 quotes or names what is not there"]
    assert work(curated, "unused") == ([] if places else unused)


def test_a_note_on_an_empty_cell_has_an_empty_quote(read: Callable[[str], Curation]) -> None:
    curation = read(
        """
        notes:
        - {id: Q1, kind: shape, at: L2/c3, quote: "", matter: m, instead: i, because: b,
           evidence: [], sure: certain, about: []}
        """
    )
    assert curation.notes[0].places(table_of("A\tB\t ")) == ("L2/c3",)
    assert curation.notes[0].places(table_of("A\tB\tC")) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("items: 5", 1, "items: '5' is not of type 'array'"),
        ("- item: X", 1, "the file: "),
        ("items:\n- name: org/x", 2, "items/0: 'item' is a required property"),
        ("items:\n- item: X", 2, "items/0: "),
        ("items:\n- item: X\n  name: Org X", 3, "a name is the path of an IRI"),
        ("items:\n- item: X\n  name: org/x\n  nme: y", 2, "'nme' was unexpected"),
        ("items:\n- item: X\n  label: Y\n  name: org/y", 2, "'because' is a dependency of 'label'"),
        (f"items:\n- item: X\n  say:\n  - date: May\n    {SAY}", 4, "a date is YYYY"),
        (f"items:\n- item: X\n  say:\n  - date: 2013-13\n    {SAY}", 4, "a date is YYYY"),
        (f"items:\n- item: X\n  say:\n  - date: 2013-12-32\n    {SAY}", 4, "a date is YYYY"),
        ("items:\n- item: X\n  say:\n  - date: '2013'", 4, "required property"),
        (
            f"items:\n- item: X\n  say:\n  - date: '2013'\n    kind: report\n    {SAY}",
            4,
            "one property, with because and evidence",
        ),
        (f"items:\n- item: X\n  say:\n  - color: red\n    {SAY}", 4, "items/0/say/0: "),
        (f"items:\n- item: X\n  say:\n  - issued-by: Summit\n    {SAY}", 4, "issued-by: "),
        (f"items:\n- item: X\n  say:\n  - topic: A b\n    {SAY}", 4, "topic: "),
        (f"items:\n- item: X\n  say:\n  - date: '2013'\n    {SAY}\n    sure: so", 7, "'so' is not"),
        ("items:\n- item: X\n  split:\n  - {text: A, name: org/a}", 2, "items/0"),
        ("added:\n- {name: org/x, type: shop, label: X}", 2, "added/0"),
        ("notes:\n- {id: 1, kind: wrong}", 2, "notes/0"),
        ("extra: []", 1, "'extra' was unexpected"),
        ("items:\n- item: X\n  item: Y\n  name: org/x", 3, "the key 'item' stands twice"),
        ("items:\n- &a {item: X, name: org/x}\n- *a", 2, "anchors and aliases are not used"),
        ("items:\n- item: 'X", 2, "broken YAML"),
        ("items:\n- item: X\n\tname: org/x", 3, "broken YAML"),
    ],
)
def test_a_wrong_decision_is_one_line_with_file_and_line(
    read: Callable[[str], Curation], tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(InputError) as error:
        read(text)
    assert str(error.value).startswith(f"{tmp_path / 'decisions.yaml'}:{line}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_note_is_not_placed_finer_than_a_cell(read: Callable[[str], Curation]) -> None:
    note = "id: Q1, kind: wrong, quote: q, matter: m, instead: i, because: b, sure: likely"
    with pytest.raises(InputError, match="a place is a line and column"):
        read(f"notes:\n- {{{note}, evidence: [e], about: [], at: L6/c2/i1}}")


def test_an_empty_file_decides_nothing(read: Callable[[str], Curation]) -> None:
    assert read("# only a remark\n") == Curation()


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        text = f"items:\n- item: {name}\n  name: org/{name}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    items = read_curation(tmp_path).items
    assert [(d.item, str(d.place)) for d in items] == [("a", "a.yaml:2"), ("b", "b.yaml:2")]


def test_the_document_of_an_edition_is_read(read: Callable[[str], Curation]) -> None:
    text = "documents:\n- {edition: 2020, title: T, date: 2020, publisher: P, description: D}"
    (document,) = read(text).documents
    assert (document.edition, document.date, document.publisher) == ("2020", "2020", "P")


PLANS = "<p>Alpha (AL)</p>\t<p>Plan (2001): www.one.org/a</p><p>www.two.org/b</p>\t"


def corrected(read: Callable[[str], Curation], item: str) -> Curated:
    """The curated table of one plan with two links, where a decision about an item corrects one."""
    table = table_of(PLANS)
    curation = read(
        f"""
        items:
        - item: "{item}"
          say:
          - {{corrected-url: "https://one.org/a", {GROUND}}}
        """
    )
    return curate(table, recognize(table), curation)


def test_a_correction_is_of_the_link_in_its_item_alone(read: Callable[[str], Curation]) -> None:
    curated = corrected(read, "Plan (2001): www.one.org/a")
    catalog, provenance = describe_entities(
        curated.entities, "2020", read_vocabulary(ROOT / "ontology")
    )
    assert len({t.subject for t in catalog.triples if t.object == term("tip:LinkedPage")}) == 2
    stated = [t for t in catalog.triples if t.predicate == term("tip:correctedUrl")]
    assert [(path_of(str(t.subject).strip("<>")), str(t.object)) for t in stated] == [
        ("resource/www-one-org-a", "<https://one.org/a>")
    ]
    backed = {t.object for t in provenance.triples if t.predicate == term("rdf:subject")}
    assert stated[0].subject in backed
    assert work(curated, "unused") == []


def test_a_correction_where_no_link_is_printed_is_work(read: Callable[[str], Curation]) -> None:
    (told,) = work(corrected(read, "Alpha (AL)"), "unused")
    assert told.endswith("org/al corrected-url https://one.org/a: no link is printed there")


def test_a_correction_of_a_thing_without_an_item_is_work(read: Callable[[str], Curation]) -> None:
    table = table_of(PLANS)
    curation = read(
        f"""
        added:
        - name: instrument/act
          type: instrument
          label: Act
          because: It is so.
          evidence: a page
          say:
          - {{implements: instrument/plan, {GROUND}}}
          - {{corrected-url: "https://one.org/a", {GROUND}}}
        """
    )
    (told,) = work(curate(table, recognize(table), curation), "unused")
    assert told.startswith("unused: curation: instrument/act corrected-url https://one.org/a: ")


SAYS_OF_NOTHING = {
    "a link": (PLANS, "item: www.two.org/b", "link-of: org/al"),
    "misplaced": (PLANS, 'item: "Plan (2001): www.one.org/a"', "misplaced: {belongs-to: org/al}"),
    "not given": ("<p>Alpha (AL)</p>\t<p>Plan (2001)</p>\t<p>N/A</p>", "item: N/A", "sure: likely"),
}


@pytest.mark.parametrize(("row", "item", "owner"), SAYS_OF_NOTHING.values(), ids=SAYS_OF_NOTHING)
def test_what_is_said_of_an_item_that_is_no_thing_is_work(
    read: Callable[[str], Curation], row: str, item: str, owner: str
) -> None:
    say = f"say: [{{topic: [training], {GROUND}}}]"
    table = table_of(row)
    curation = read(f"items:\n- {{{item}, {owner}, {GROUND}, {say}}}\n")
    told = work(curate(table, recognize(table), curation), "unused")
    assert told == ["unused: decisions.yaml:2: topic training: its item is no thing to say it of"]


@pytest.mark.parametrize("name", PROPERTIES)
def test_the_schema_takes_what_the_table_of_properties_lets_be_said(name: str) -> None:
    property = PROPERTIES[name]
    said = curation_schema()["$defs"]["say"]
    assert (name in said["properties"]) is not property.is_printed
    assert ({"required": [name]} in said["oneOf"]) is not property.is_printed
    assert (f"not-{name}" in said["properties"]) is property.is_deniable


def test_what_is_no_property_is_refused_with_its_line(read: Callable[[str], Curation]) -> None:
    with pytest.raises(InputError, match=r":\d+: .*enforces"):
        read(f"items:\n- item: x\n  say:\n  - {{enforces: org/x, {GROUND}}}\n")
