"""What import contracts can't say: see ``[tool.importlinter]`` in pyproject.toml for the rest."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import verifier

HEAVY = {"alembic", "highspy", "icalendar", "numpy", "ortools", "pandas", "scipy", "sqlalchemy"}

HELP = """
import sys
from cli.main import main
sys.argv = ["careweave", "--help"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_help_loads_neither_solver_nor_database() -> None:
    run = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert "Usage: careweave" in run.stdout
    assert HEAVY.isdisjoint(run.stderr.split())


def test_what_does_not_search_loads_no_compiler() -> None:
    """Half a second, for every command."""
    modules = "office.plans, office.publish, office.serve_feeds, office.import_folder"
    ask = f"import sys, {modules}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert {"highspy", "numba", "ortools"}.isdisjoint(run.stdout.split())


def imported(file: Path) -> Iterator[str]:
    """Top-level names of everything that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_the_verifier_needs_the_standard_library_alone() -> None:
    files = sorted(Path(verifier.__file__).parent.rglob("*.py"))
    foreign = {name for file in files for name in imported(file)}
    assert foreign - sys.stdlib_module_names == {"verifier"}
