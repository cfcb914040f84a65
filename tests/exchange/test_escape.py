"""No written cell is a formula, and every cell comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.exchange.escape import escape, unescape

FORMULA = tuple("=+-@\t\r")
CELLS = st.text() | st.text("'=+-@\t\rab", max_size=6)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+1-503-555-0100", "'+1-503-555-0100"),
        ("-", "'-"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", " =1"),
        ("1+1", "1+1"),
        ("'", "'"),
        ("''", "''"),
        ("'tis", "'tis"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
    ],
)
def test_a_formula_goes_behind_one_more_apostrophe(cell: str, written: str) -> None:
    assert escape(cell) == written
    assert unescape(written) == cell


@pytest.mark.parametrize("cell", ["=1", "+1-503-555-0100", "-5", "@home"])
def test_a_cell_that_nobody_escaped_is_read_as_it_stands(cell: str) -> None:
    assert unescape(cell) == cell


@given(CELLS)
def test_what_is_written_is_no_formula_and_reads_as_it_was(cell: str) -> None:
    assert not escape(cell).startswith(FORMULA)
    assert unescape(escape(cell)) == cell


@given(CELLS.filter(lambda cell: not cell.startswith(FORMULA)))
def test_every_harmless_cell_is_how_exactly_one_cell_is_written(written: str) -> None:
    assert escape(unescape(written)) == written
