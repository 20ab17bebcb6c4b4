"""Rule files and lists of names that a user writes: what is wrong is told in a line each, with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.reader import read
from kg.extract.rulebook import loading
from kg.extract.rulebook.check import article_of, check_examples
from kg.extract.rulebook.template import write_template

GOOD = """\
fact: leads
rules:
- id: leads.spearheads
  trigger: [打头阵]
  confidence: 0.7
  slots:
    agent: {type: Organization, from: [subject]}
    initiative: {type: Initiative, from: [object, topic]}
  examples:
  - text: 清远市总工会为产改打头阵。
    facts: [{agent: 清远市总工会, initiative: 产业工人队伍建设改革}]
  - text: 青年职工争着打头阵。
    facts: []
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a rule file, the good one with a part replaced unless the text is given, and return its folder."""

    def write(old: str = "", new: str = "", name: str = "leads.yaml", text: str = GOOD) -> Path:
        assert old in text
        folder = tmp_path / "my-rules"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return write


def complaint(folder: Path) -> str:
    with pytest.raises(RuleError) as raised:
        loading.load([folder])
    return str(raised.value).replace(f"{folder}/", "")


def test_a_users_rules_stand_beside_our_own(write: Write) -> None:
    rules = loading.load([write()])
    assert len(rules.rules) == len(loading.load().rules) + 1
    rule = rules.by_id("leads.spearheads")
    assert rule.source.endswith("my-rules/leads.yaml:3")
    assert check_examples(rules, [rule]) == []
    facts = read(article_of("安徽省总工会为产改打头阵。"), rules).facts
    assert [fact.rule for fact in facts] == ["leads.spearheads"]


def test_a_single_file_is_a_source_of_rules(write: Write) -> None:
    assert loading.load([write() / "leads.yaml"]).by_id("leads.spearheads").confidence == 0.7


def test_a_changed_file_is_read_again(write: Write) -> None:
    folder = write()
    loading.load([folder])
    write("confidence: 0.7", "confidence: 0.6")
    assert loading.load([folder]).by_id("leads.spearheads").confidence == 0.6


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("fact: leads", "fact: lead", 1, "unknown fact type 'lead'; did you mean 'leads'?"),
        ("fact: leads\n", "", 1, "unknown fact type ''; known: "),
        ("rules:", "rule:", 2, "the file has an unknown key 'rule'; did you mean 'rules'?"),
        ("  trigger: [打头阵]", "  triger: [打头阵]", 4, "a rule has an unknown key 'triger'; did you mean 'trigger'?"),
        ("id: leads.spearheads", "id: issues.spearheads", 3, "does not begin with 'leads.'; write id: leads."),
        ("  trigger: [打头阵]\n", "", 3, "rule leads.spearheads has neither trigger nor construction"),
        ("[打头阵]", "[打头阵, 3]", 4, "trigger must be a word or a list of words; quote numbers"),
        ("type: Organization", "type: Organisation", 7, "unknown type 'Organisation'; did you mean 'Organization'?"),
        ("[subject]", "[subjects]", 7, "unknown position 'subjects'; did you mean 'subject'?"),
        ("    agent:", "    agents:", 7, "leads has no slot 'agents'; did you mean 'agent'?"),
        ("from: [subject]", "form: [subject]", 7, "slot agent has an unknown key 'form'; did you mean 'from'?"),
        (", from: [subject]", "", 7, "slot agent needs 'type' and 'from'"),
        ("    agent: {type: Organization, from: [subject]}\n", "", 6, "must fill the slots agent, initiative"),
        ("confidence: 0.7", "confidence: high", 5, "confidence must be a number from 0 to 1"),
        ("confidence: 0.7", "confidence: 70", 5, "confidence must be a number from 0 to 1"),
        ("confidence: 0.7", "planned: maybe", 5, "planned must be yes or no"),
        ("confidence: 0.7", "unless: {bevore: [组]}", 5, "unless has an unknown key 'bevore'; did you mean 'before'?"),
        ("{agent: 清远市总工会", "{agnet: 清远市总工会", 11, "unknown key 'agnet'; did you mean 'agent'?"),
        ("    facts: []", "    fact: []", 13, "an example has an unknown key 'fact'; did you mean 'facts'?"),
        ("    facts: []\n", "", 12, "an example needs 'text' and 'facts'"),
        ("  - text: 青年职工争着打头阵。\n    facts: []\n", "", 3, "lacks a negative example; give a sentence"),
        (GOOD[GOOD.index("  examples:") :], "", 3, "lacks a positive example; give a sentence with the facts"),
        ("  trigger: [打头阵]", "  trigger：[打头阵]", 4, "write ': ' instead of the full-width colon"),
        ("fact: leads", "fact：leads", 1, "write ': ' instead of the full-width colon"),
        ("- text: 青年", "- text：青年", 12, "write ': ' instead of the full-width colon"),
        ("  confidence", "\tconfidence", 5, "use spaces, not tabs, to indent"),
        ("[打头阵]", "[打头阵", 5, "not valid YAML"),
        ("confidence: 0.7", "trigger: [挑头]", 5, "not valid YAML (found duplicate key"),
        (GOOD[GOOD.index("- id") :], "", 2, "the file has no rules; give them as a list under 'rules:'"),
        (GOOD, "", 1, "the file must be a mapping of fact, rules"),
        (GOOD, "- a\n- b\n", 1, "the file must be a mapping of fact, rules"),
    ],
)
def test_what_is_wrong_with_a_rule_file(write: Write, old: str, new: str, line: int, says: str) -> None:
    said = complaint(write(old, new))
    assert said.splitlines()[0].startswith(f"leads.yaml:{line}: "), said
    assert says in said.splitlines()[0]
    assert len(said.splitlines()) == 1


def test_everything_wrong_is_told_at_once(write: Write) -> None:
    second = GOOD[GOOD.index("- id") :].replace("spearheads", "heads").replace("[subject]", "[subjects]")
    write("confidence: 0.7", "confidence: 7", text=GOOD + second)
    folder = write("fact: leads", "fact: leeds", name="other.yaml")
    assert [line.partition(": ")[0] for line in complaint(folder).splitlines()] == [
        "leads.yaml:5",
        "leads.yaml:18",
        "other.yaml:1",
    ]


def test_a_rule_id_stands_once(write: Write) -> None:
    folder = write(name="second.yaml", text=GOOD.replace("leads.spearheads", "leads.subject"))
    (own,) = [rule.source for rule in loading.load().rules if rule.id == "leads.subject"]
    assert complaint(folder) == f"second.yaml:3: rule 'leads.subject' stands also at {own}; give it an id of its own"


def test_a_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"nowhere: there is no such rule file or folder; check the path$"):
        loading.load([tmp_path / "nowhere"])
    with pytest.raises(RuleError, match=r": no rule files here; give a folder with \.yaml files"):
        loading.load([tmp_path])


def test_a_file_that_is_no_text(write: Write) -> None:
    folder = write()
    (folder / "leads.yaml").write_bytes("fact: leads # 带头的说法".encode("gb18030"))
    assert complaint(folder).startswith("leads.yaml: the rule file cannot be read as UTF-8; ")


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(RuleError, match=r"^no rule 'leads.by-agents'; did you mean 'leads.by-agent'\?$"):
        loading.load().by_id("leads.by-agents")


def test_an_unknown_place_of_an_example_is_told_with_its_line(write: Write) -> None:
    folder = write("    facts: []", "    facts: []\n    place: 清元市")
    rules = loading.load([folder])
    with pytest.raises(RuleError, match=r"leads\.yaml:12: unknown place '清元市'; give the full name"):
        check_examples(rules, [rules.by_id("leads.spearheads")])


def test_what_does_not_hold_is_shown_with_its_line(write: Write) -> None:
    rules = loading.load([write("[{agent: 清远市总工会", "[{agent: 韶关市总工会")])
    (finding,) = check_examples(rules, [rules.by_id("leads.spearheads")])
    lines = str(finding).splitlines()
    assert lines[0].endswith("leads.yaml:10: leads.spearheads: 清远市总工会为产改打头阵。")
    assert lines[1] == "    expected, not found: agent: 韶关市总工会, initiative: 产业工人队伍建设改革"
    assert lines[2].startswith("    found, not expected: agent: 清远市总工会, initiative: 产业工人队伍建设改革")
    assert lines[2].endswith("[leads.spearheads]")


@pytest.mark.parametrize("fact", ["leads", "implements", "participatesIn", "issues", "organises", "honour"])
def test_the_template_holds_as_written(tmp_path: Path, fact: str) -> None:
    path = write_template(fact, tmp_path / "new" / "rules")
    rules = loading.load([path.parent])
    assert check_examples(rules, [rules.by_id(f"{fact}.my-construction")]) == []


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    path = write_template("leads", tmp_path)
    path.write_text("mine", "utf-8")
    with pytest.raises(RuleError, match=r"leads\.yaml: this file exists already; choose another folder with --into"):
        write_template("leads", tmp_path)
    assert path.read_text("utf-8") == "mine"
    with pytest.raises(RuleError, match=r"facts of type 'lead'; did you mean 'leads'\?"):
        write_template("lead", tmp_path)


# --- lists of names ---


def names(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "names.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_names_that_a_user_gives_are_read(tmp_path: Path) -> None:
    path = names(
        tmp_path, "\ufeffname,type,full name\n星河,Enterprise,清远星河重工集团有限公司\n\n# 备注\n匠心号,Programme\n"
    )
    rules = loading.load(names=path)
    reading = read(article_of("清远市总工会推行匠心号。星河荣获“清远好企业”称号。"), rules)
    found = {m.text: (m.type, m.name, m.scope) for m in reading.mentions}
    assert found["星河"] == ("Enterprise", "清远星河重工集团有限公司", "441800")
    assert found["匠心号"] == ("Programme", "匠心号", "")
    assert {fact.type for fact in reading.facts} == {"implements", "honour"}


def test_a_place_among_the_names_is_the_division(tmp_path: Path) -> None:
    rules = loading.load(names=names(tmp_path, "北江明珠,Region,清远市\n"))
    (mention,) = [m for m in read(article_of("北江明珠启动“星火”行动。"), rules).mentions if m.text == "北江明珠"]
    assert (mention.type, mention.name, mention.scope) == ("Region", "清远市", "441800")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("星河,Entreprise\n", "names.csv:1: unknown type 'Entreprise'; did you mean 'Enterprise'?"),
        ("name,type\n星,Enterprise\n", "names.csv:2: the name '星' is too short; give at least two characters"),
        ("星河\n", "names.csv:1: a line must be name,type,full name; quote a cell that holds a comma"),
        ("a,b,c,d\n", "names.csv:1: a line must be name,type,full name; quote a cell that holds a comma"),
        ("北江,Region,清元市\n", "names.csv:1: no division of the country is called '清元市'; give its full name"),
        (
            "星河,Enterprise,甲公司\n星河,School,乙学院\n",
            "names.csv:2: '星河' is already declared as Enterprise 甲公司; keep one of the two",
        ),
        ("", "names.csv: the list holds no names; give lines of name,type,full name"),
    ],
)
def test_what_is_wrong_with_a_list_of_names(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RuleError) as raised:
        loading.load(names=names(tmp_path, text))
    assert str(raised.value).replace(f"{tmp_path}/", "") == says


def test_a_list_of_names_in_another_encoding_or_missing(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read as UTF-8"):
        loading.load(names=names(tmp_path, "星河,Enterprise\n", "gb18030"))
    with pytest.raises(RuleError, match="there is no such list of names; check the path"):
        loading.load(names=tmp_path / "none.csv")
