"""The rules by which instruments bind are read strictly, and hold nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from tipgraph import InputError
from tipgraph.derive.when import When
from tipgraph.files.csvw import Row
from tipgraph.source.check_facts import Known, check_facts
from tipgraph.source.facts import Country, Facts, read_facts
from tipgraph.source.rules import MEMBERSHIP, TREATY, Exemption, Rule, read_rules

REAL = ROOT / "data" / "curation" / "rules"
TREATY_RULE = """\
- instrument: pact
  ground: treaty
  adopted: 2000-11-15
  in-force: 2003-12
  waits: first-of-month-after-P3M
  leaves: P1Y
  organizations: no
  requires: charter
  clause: Article 17
  gist: Binds from the fourth month on.
  certainty: certain
  source: [its text, a register]
"""
DUTY_RULE = """\
- instrument: order
  ground: membership
  of: club
  adopted: 2011
  ended: 2019-06-30
  transposed-by: 2013-04-06
  clause: Article 2
  gist: Binds the members.
  words: shall be binding
  certainty: likely
  source: [its text]
  exemptions:
    - actor: AAA
      because: It takes no part.
      source: [a protocol]
    - actor: BBB
      bound-from: 2011-10
      bound-until: 2020-12-31
      because: It joined in later.
      words: no longer be bound
      source: [a decision, an answer]
"""
RULES = TREATY_RULE + DUTY_RULE
KNOWN = Known({"instrument/pact", "instrument/charter", "instrument/order", "org/club"}, {})
ROW = Row({}, Path("countries.csv"), 2)
COUNTRIES = tuple(
    Country(code, code[:2], "000", code, "", "", "", ("a list",), ROW) for code in ("AAA", "BBB")
)


def read(folder: Path, text: str) -> tuple[Rule, ...]:
    (folder / "rules.yaml").write_text(text, "utf-8")
    return read_rules(folder)


def changed(old: str, new: str) -> str:
    assert RULES.count(old) == 1, old
    return RULES.replace(old, new)


def line_of(start: str) -> int:
    """The line on which the rule stands that a line of the rules belongs to."""
    before = RULES[: RULES.index(start)].split("\n")
    return max(number for number, line in enumerate(before, 1) if line.startswith("- "))


CHARTER = Rule("charter", TREATY, "1", "Binds.", "certain", ("its text",), Path("charter"), 1)


def checked(rules: tuple[Rule, ...]) -> None:
    check_facts(Facts(countries=COUNTRIES, rules=(*rules, CHARTER)), KNOWN)


def test_a_rule_of_a_treaty_is_read_with_all_it_says(tmp_path: Path) -> None:
    rule, _ = read(tmp_path, RULES)
    assert rule == Rule(
        instrument="pact",
        ground=TREATY,
        clause="Article 17",
        gist="Binds from the fourth month on.",
        certainty="certain",
        source=("its text", "a register"),
        path=tmp_path / "rules.yaml",
        line=1,
        adopted="2000-11-15",
        in_force="2003-12",
        waits="first-of-month-after-P3M",
        leaves="P1Y",
        organizations="no",
        requires="charter",
    )


def test_a_rule_of_members_is_read_with_those_it_exempts(tmp_path: Path) -> None:
    _, rule = read(tmp_path, RULES)
    assert rule == Rule(
        instrument="order",
        ground=MEMBERSHIP,
        clause="Article 2",
        gist="Binds the members.",
        certainty="likely",
        source=("its text",),
        path=tmp_path / "rules.yaml",
        line=RULES.split("\n").index("- instrument: order") + 1,
        adopted="2011",
        ended="2019-06-30",
        of="club",
        transposed_by="2013-04-06",
        words="shall be binding",
        exemptions=(
            Exemption("order", "AAA", "It takes no part.", ("a protocol",)),
            Exemption(
                "order",
                "BBB",
                "It joined in later.",
                ("a decision", "an answer"),
                "2011-10",
                "2020-12-31",
                "no longer be bound",
            ),
        ),
    )


def test_rules_of_several_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(TREATY_RULE, "utf-8")
    (tmp_path / "a.yaml").write_text(DUTY_RULE, "utf-8")
    (tmp_path / "c.yaml").write_text("# none yet\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no rule", "utf-8")
    found = [(rule.instrument, rule.path.name, rule.line) for rule in read_rules(tmp_path)]
    assert found == [("order", "a.yaml", 1), ("pact", "b.yaml", 1)]


def test_a_folder_that_is_not_there_has_no_rules(tmp_path: Path) -> None:
    assert read_rules(tmp_path / "rules") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  source: [its text, a register]\n", "", "1: 0: 'source' is a required property"),
        ("[its text, a register]", "[]", "12: 0/source: [] should be non-empty"),
        ("[its text, a register]", "its text", "12: 0/source: 'its text' is not of type 'array'"),
        ("[its text, a register]", '[""]', "12: 0/source/0: '' should be non-empty"),
        ("      source: [a protocol]\n", "", "25: 1/exemptions/0: 'source' is a required property"),
        ("      because: It takes no part.\n", "", "25: 1/exemptions/0: 'because' is a required"),
        ("  clause: Article 17\n", "", "1: 0: 'clause' is a required property"),
        ("  adopted: 2000-11-15\n", "", "1: 0: 'adopted' is a required property"),
        ("  waits: first-of-month-after-P3M\n", "", "1: 0: 'waits' is a required property"),
        ("  of: club\n", "", "13: 1: 'of' is a required property"),
        ("ground: treaty", "ground: custom", "2: 0/ground: 'custom' is not one of"),
        ("certainty: likely", "certainty: doubtful", "22: 1/certainty: 'doubtful' is not one of"),
        ("organizations: no", "organizations: some", "7: 0/organizations: 'some' is not one of"),
        ("2000-11-15", "2000-13-15", "3: 0/adopted: '2000-13-15' does not match"),
        ("2003-12", "December 2003", "4: 0/in-force: 'December 2003' does not match"),
        ("leaves: P1Y", "leaves: a year", "6: 0/leaves: 'a year' does not match"),
        ("first-of-month-after-P3M", "P3M2D", "5: 0/waits: 'P3M2D' does not match"),
        ("2011-10", "10/2011", "29: 1/exemptions/1/bound-from: '10/2011' does not match"),
        ("actor: BBB", "actor: bb", "28: 1/exemptions/1/actor: 'bb' does not match"),
        ("requires: charter", "requires: The Charter", "8: 0/requires: 'The Charter' does not"),
        ("  leaves: P1Y", "  leave: P1Y", "1: 0: Additional properties are not allowed ('leave'"),
        ("  leaves: P1Y", "  waits: P1Y", "6: the key 'waits' stands twice"),
        ("gist: Binds from", "gist: [Binds from", "11: broken YAML: "),
        ("ground: treaty", "ground: &g treaty", "2: YAML anchors and aliases are not used here"),
    ],
)
def test_a_damaged_rule_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, changed(old, new))
    assert str(refused.value).startswith(f"{tmp_path / 'rules.yaml'}:{said}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("2000-11-15", "15 November 2000", "(a date is YYYY, YYYY-MM or YYYY-MM-DD)"),
        ("P1Y", "12M", "(a wait is such as P30D, P12M or first-of-month-after-P3M)"),
    ],
)
def test_a_refusal_says_what_is_right(tmp_path: Path, old: str, new: str, hint: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, changed(old, new))
    assert str(refused.value).endswith(hint)


@pytest.mark.parametrize("text", ["rules: none", "just words", "- [pact]", "- pact"])
def test_what_is_no_list_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"rules\.yaml:1: .* is not of type '(array|object)'"):
        read(tmp_path, text)


def test_a_second_rule_of_an_instrument_is_refused(tmp_path: Path) -> None:
    again = changed("instrument: order", "instrument: pact")
    with pytest.raises(InputError) as refused:
        read(tmp_path, again)
    assert str(refused.value) == f"{tmp_path / 'rules.yaml'}:13: 'pact' has a rule already"


def test_a_second_rule_in_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(f"# again\n{TREATY_RULE}", "utf-8")
    (tmp_path / "rules.yaml").write_text(DUTY_RULE, "utf-8")
    (tmp_path / "some.yaml").write_text(f"# too\n\n{TREATY_RULE}", "utf-8")
    with pytest.raises(InputError) as refused:
        read_rules(tmp_path)
    assert str(refused.value) == f"{tmp_path / 'some.yaml'}:3: 'pact' has a rule already"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_bytes(RULES.replace("Binds", "B\xefnds").encode("latin-1"))
    with pytest.raises(InputError, match=r"rules\.yaml: is not UTF-8 text"):
        read_rules(tmp_path)


def test_rules_about_what_is_known_are_right(tmp_path: Path) -> None:
    checked(read(tmp_path, RULES))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("instrument: pact", "instrument: no-pact", "no thing is known as 'instrument/no-pact'"),
        ("requires: charter", "requires: chart", "no thing is known as 'instrument/chart'"),
        ("of: club", "of: klub", "no thing is known as 'org/klub'"),
        ("actor: BBB", "actor: BBX", "no country is known as 'BBX'"),
    ],
)
def test_a_rule_about_what_is_not_known_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    rules = read(tmp_path, changed(old, new))
    with pytest.raises(InputError) as refused:
        checked(rules)
    assert str(refused.value) == f"{tmp_path / 'rules.yaml'}:{line_of(old)}: {said}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("in-force: 2003-12", "in-force: 2003-02-30", "in-force 2003-02-30 is no date"),
        ("adopted: 2000-11-15", "adopted: 0000-11-15", "adopted 0000-11-15 is no date"),
        ("in-force: 2003-12", "in-force: 1999", "adopted 2000-11-15 comes after in-force 1999"),
        ("ended: 2019-06-30", "ended: 2010", "adopted 2011 comes after ended 2010"),
        ("transposed-by: 2013-04-06", "transposed-by: 2013-02-30", "2013-02-30 is no date"),
        ("bound-from: 2011-10", "bound-from: 2021", "bound-from 2021 comes after bound-until 2020"),
        ("bound-from: 2011-10", "bound-from: 2011-02-30", "bound-from 2011-02-30 is no date"),
        ("actor: BBB", "actor: AAA", "'AAA' is exempted twice"),
        ("requires: charter", "requires: pact", "'pact' can't require 'pact'"),
        ("requires: charter", "requires: order", "'order' is no treaty with a rule"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    rules = read(tmp_path, changed(old, new))
    with pytest.raises(InputError) as refused:
        checked(rules)
    place, _, reason = str(refused.value).partition(": ")
    assert place == f"{tmp_path / 'rules.yaml'}:{line_of(old)}"
    assert said in reason


def test_a_treaty_that_others_require_needs_a_rule(tmp_path: Path) -> None:
    rules = read(tmp_path, TREATY_RULE)
    with pytest.raises(InputError, match=r"rules\.yaml:1: 'charter' is no treaty with a rule"):
        check_facts(Facts(countries=COUNTRIES, rules=rules), KNOWN)


def test_a_wait_of_a_thousand_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a wait is such as P30D"):
        read(tmp_path, changed("leaves: P1Y", "leaves: P1000Y"))


def test_the_real_rules_can_be_reckoned_with() -> None:
    rules = {rule.instrument: rule for rule in read_rules(REAL)}
    assert len(rules) == 13
    for rule in rules.values():
        dates = [rule.adopted, rule.in_force, rule.ended, rule.transposed_by]
        dates += [day for one in rule.exemptions for day in (one.bound_from, one.bound_until)]
        known = [When.of(day) for day in dates if day]
        assert all(When.of("1900").first < day.last for day in known), rule.instrument
        assert not rule.requires or rules[rule.requires].ground == TREATY
        assert not rule.in_force or When.of(rule.adopted).first <= When.of(rule.in_force).last
        assert not rule.exemptions or rule.ground == MEMBERSHIP


def test_every_instrument_with_an_act_or_a_standing_has_a_rule() -> None:
    facts = read_facts(ROOT / "data" / "facts", REAL)
    treaties = {rule.instrument for rule in facts.rules if rule.ground == TREATY}
    assert {act.instrument for act in facts.treaty_acts} <= treaties
    assert {one.instrument for one in facts.treaty_standings} <= treaties
