"""What is written reads as it was, and writes as the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.exchange import ExchangeFaults, read_folder, read_tables, tables_of, write_folder
from scheduler.facts import Network
from tests.exchange.folder import FILES, make_folder
from tests.exchange.strategies import networks


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=60, deadline=None)
@given(networks())
def test_any_network_comes_back_and_writes_the_same_bytes(network: Network) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write_folder(network, Path(one))
        assert read_folder(Path(one)) == network
        assert read_folder(Path(one), known=network) == network
        assert read_tables(Path(one)) == tables_of(network)
        write_folder(read_folder(Path(one)), Path(other))
        assert contents(Path(one)) == contents(Path(other))


def test_an_empty_network_comes_back(tmp_path: Path) -> None:
    write_folder(Network(), tmp_path)
    assert read_folder(tmp_path) == Network()


def test_the_small_folder_is_written_cell_by_cell_as_it_was(tmp_path: Path) -> None:
    original = make_folder(tmp_path / "original")
    write_folder(read_folder(original), tmp_path / "copy")
    before, after = read_tables(original), read_tables(tmp_path / "copy")
    assert before.keys() == after.keys()
    for name, rows in before.items():
        assert sorted(map(repr, rows)) == sorted(map(repr, after[name]))


def test_no_cell_of_an_export_is_a_formula(tmp_path: Path) -> None:
    write_folder(read_folder(make_folder(tmp_path)), tmp_path)
    assert b",'+1-503-555-0100\r\n" in (tmp_path / "locations.csv").read_bytes()


def bom(text: str) -> bytes:
    return text.encode("utf-8-sig")


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def semicolons(text: str) -> bytes:
    """As a spreadsheet writes it: what holds a semicolon is quoted."""
    for cell in ("malignancy;pregnancy", "CNMT;LMT"):
        text = text.replace(cell, f'"{cell}"')
    parts = text.split('"')  # every second one stands in quotation marks
    parts[::2] = [part.replace(",", ";") for part in parts[::2]]
    return '"'.join(parts).encode()


def columns_reversed(text: str) -> bytes:
    if '"' in text:
        return text.encode()
    rows = [",".join(reversed(line.split(","))) for line in text.splitlines()]
    return "\n".join(rows).encode()


def empty_lines(text: str) -> bytes:
    return text.replace("\n", "\n\n").encode() + b",,\n"


@pytest.mark.parametrize("dress", [bom, crlf, semicolons, columns_reversed, empty_lines])
def test_a_folder_reads_the_same_in_any_dress(
    tmp_path: Path, dress: Callable[[str], bytes]
) -> None:
    plain = read_folder(make_folder(tmp_path / "plain"))
    dressed = {name: dress(text) for name, text in FILES.items()}
    assert read_folder(make_folder(tmp_path / "dressed", dressed)) == plain


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.binary(max_size=300) | st.text("\"'\n\r,;ab0=", max_size=80).map(str.encode),
    st.integers(0, 600),
    st.integers(0, 40),
)
def test_random_bytes_give_a_network_or_faults_and_nothing_else(
    name: str, noise: bytes, start: int, length: int
) -> None:
    original = FILES[name].encode()
    for spoilt in (noise, original[:start] + noise + original[start + length :]):
        with TemporaryDirectory() as folder:
            make_folder(Path(folder), {**FILES, name: spoilt})
            for read in (read_folder, read_tables):
                with suppress(ExchangeFaults):
                    read(Path(folder))
