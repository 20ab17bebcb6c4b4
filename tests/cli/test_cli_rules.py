"""`kg rules` and the rules and names of a user's own, as from a shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Kg = Callable[..., Any]


def test_a_new_rule_from_first_to_last(tmp_path: Path, kg: Kg) -> None:
    made = kg("rules", "new", "leads", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "kg rules test --rules my-rules my-rules/leads.yaml" in made.stdout
    tested = kg("rules", "test", "--rules", "my-rules", "my-rules/leads.yaml", cwd=tmp_path)
    assert (tested.returncode, tested.stdout) == (0, "1 rules, 2 examples: all hold\n")

    path = tmp_path / "my-rules" / "leads.yaml"
    path.write_text(path.read_text("utf-8").replace("agent: 清远市总工会,", "agent: 韶关市总工会,"), "utf-8")
    failed = kg("rules", "test", "--rules", "my-rules", "leads.my-construction", cwd=tmp_path)
    assert failed.returncode == 1
    assert failed.stdout.startswith("my-rules/leads.yaml:")
    assert "    expected, not found: agent: 韶关市总工会, initiative: " in failed.stdout
    assert failed.stdout.endswith("1 rules, 2 examples: 1 examples of 1 rules do not hold\n")


def test_one_rule_by_its_id_and_one_file(tmp_path: Path, kg: Kg) -> None:
    one = kg("rules", "test", "issues.appeared", cwd=tmp_path)
    assert one.stdout.splitlines()[-1].startswith("1 rules, ")
    file = kg("rules", "test", "issues.yaml", cwd=tmp_path)
    assert file.stdout.splitlines()[-1].partition(" rules, ")[0] > "1"


def test_misuse_is_one_line(tmp_path: Path, kg: Kg) -> None:
    def complaint(*arguments: str) -> str:
        result = kg("rules", *arguments, cwd=tmp_path)
        assert result.returncode == 2
        return result.complaint

    assert complaint("test", "leads.by-agents") == "no rule 'leads.by-agents'; did you mean 'leads.by-agent'?"
    assert complaint("test", "lead.yaml") == "no rules were read from 'lead.yaml'; did you mean 'leads.yaml'?"
    assert complaint("test", "--rules", "none") == "none: there is no such rule file or folder; check the path"
    assert complaint("new", "lead").endswith("facts of type 'lead'; did you mean 'leads'?")
    assert complaint("explain", " ").startswith("the sentence is empty; ")
    assert complaint("explain", "产改", "--date", "5月6日").startswith("--date: '5月6日' is no date; ")
    assert complaint("explain", "产改", "--place", "清元市").startswith("unknown place '清元市'; ")
    assert "no such" in complaint("coverage", "nowhere") or "exist" in complaint("coverage", "nowhere")


def test_a_sentence_in_traditional_script_is_explained_too(tmp_path: Path, kg: Kg) -> None:
    result = kg(
        "rules",
        "explain",
        "去年，省總工會啟動「星火」行動。",
        "--place",
        "安徽省",
        "--date",
        "2024-05-06",
        cwd=tmp_path,
    )
    assert result.returncode == 0, result.stderr
    assert "implements: agent 安徽省总工会, initiative 「星火」行动" in result.stdout
    assert "去年  in 2023" in result.stdout


def test_which_rules_fire_on_pages_and_in_a_build(tmp_path: Path, pages: Path, kg: Kg) -> None:
    def coverage(where: Path) -> dict[str, list[str]]:
        result = kg("rules", "coverage", str(where), cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        *rows, last = result.stdout.splitlines()
        assert last.startswith("2 documents, ")
        assert last.endswith(" never")
        return {row.split()[0]: row.split()[1:] for row in rows[1:]}

    kg("build", str(pages), "-o", "out", cwd=tmp_path)
    read, built = coverage(pages), coverage(tmp_path / "out")
    assert read.keys() == built.keys()
    assert read["issues.verb-object"] == built["issues.verb-object"] == ["2", "2"]
    assert read["observation.table"] == ["0", "0"]


def test_a_build_with_rules_and_names_of_ones_own(tmp_path: Path, kg: Kg) -> None:
    kg("rules", "new", "leads", cwd=tmp_path)
    rule = tmp_path / "my-rules" / "leads.yaml"
    verb = rule.read_text("utf-8").partition("trigger: [")[2].partition("]")[0]
    (tmp_path / "names.csv").write_text("name,type,full name\n星会,TradeUnion,芜湖市星河工会\n", "utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(f"芜湖市推进产改\n星会{verb}“星火”行动，职工们都很满意。\n", "utf-8")
    plain = kg("build", "pages", "-o", "plain", cwd=tmp_path)
    assert "leads" not in plain.stdout
    own = kg("build", "pages", "--rules", "my-rules", "--names", "names.csv", cwd=tmp_path)
    assert own.returncode == 0, own.stderr
    assert "1 leads" in own.stdout
    assert "芜湖市星河工会" in kg("query", "who-leads", cwd=tmp_path).stdout


def test_a_broken_rule_stops_before_any_work(tmp_path: Path, pages: Path, kg: Kg) -> None:
    (tmp_path / "bad.yaml").write_text("fact：leads\n", "utf-8")
    result = kg("build", str(pages), "--rules", "bad.yaml", cwd=tmp_path)
    assert result.returncode == 2
    assert result.complaint.startswith("bad.yaml:1: ")
    assert result.complaint.endswith("write ': ' instead of the full-width colon")
    assert not (tmp_path / "out").exists()
