"""Pages go in at one end and facts come out at the other: no stage imports from a later one."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

# Each layer may import from itself and from those above it in this list.
LAYERS = [
    {"errors", "naming", "model", "resources", "cache", "yaml", "garbage"},
    {"vocabulary", "lexicon"},
    {"source"},
    {"text"},
    {"extract"},
    {"resolve"},
    {"graph", "archive"},
    {"query"},
    {"view", "remote"},
    {"output", "report", "coverage", "evaluate"},
    {"pipeline"},
    {"api"},
    {"serve"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
# The public names are passed on lazily, so the package itself may be imported from anywhere but imports only errors.
RANK["__init__"] = 0


def unit_of(path: Path) -> str:
    """Return the module or subpackage directly below `kg` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything that is imported from this package, wherever it stands in the file."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names if alias.name.split(".")[0] == "kg")
            case ast.ImportFrom(module=str(module), names=names, level=0) if module.split(".")[0] == "kg":
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)
            case ast.ImportFrom(level=level) if level > 0:
                yield node.lineno, f"{path.name}: relative import"


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_import_goes_up(path: Path) -> None:
    unit = unit_of(path)
    assert unit in RANK, f"{unit} has no place among the layers"
    if unit == "__init__":
        return
    upward = []
    for line, name in imported(ast.parse(path.read_text("utf-8")), path):
        assert name.startswith("kg"), f"{path}:{line}: {name}"
        target = name.split(".")[1] if "." in name else "__init__"
        # `from kg import x` where x is a public name, not a module, counts as the package itself.
        if RANK.get(target, 0) > RANK[unit]:
            upward.append(f"{path.name}:{line} imports {name}")
    assert upward == []


def test_an_upward_import_is_seen() -> None:
    source = "from kg.model import Page\ndef late():\n    import kg.cli.build\n    from kg import view\n"
    found = dict(imported(ast.parse(source), Path("x.py")))
    assert found == {1: "kg.model.Page", 3: "kg.cli.build", 4: "kg.view"}


def test_no_files_import_each_other() -> None:
    names = {p.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", "."): p for p in MODULES}
    files = {name.removesuffix(".__init__"): path for name, path in names.items()}
    imports: dict[str, set[str]] = {}
    for name, path in files.items():
        targets = [target for _, target in imported(ast.parse(path.read_text("utf-8")), path)]
        imports[name] = {target if target in files else target.rpartition(".")[0] for target in targets}
    # Raises CycleError, which tells the circle.
    assert set(TopologicalSorter(imports).static_order()) == set(files)


def test_the_package_and_its_help_load_nothing_heavy() -> None:
    heavy = {
        "rdflib",
        "pyoxigraph",
        "jieba",
        "opencc",
        "pyvis",
        "pyshacl",
        "rich",
        "networkx",
        "warcio",
        "ruamel",
        "fastapi",
    }
    program = f"import sys, kg, kg.cli; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_only_the_command_line_prints_and_exits() -> None:
    for path in MODULES:
        if unit_of(path) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert name not in {"print", "sys.exit", "exit", "os._exit"}, f"{path}:{node.lineno}"  # type: ignore[attr-defined]
