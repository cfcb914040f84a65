"""A file name for any id: safe, and never shared."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import file_name

ANY = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("t01", "t01.ics"),
        ("r000-beaverton", "r000-beaverton.ics"),
        ("T01", "~5401.ics"),
        ("../../etc/passwd", "~2e~2e~2f~2e~2e~2fetc~2fpasswd.ics"),
        (".hidden", "~2ehidden.ics"),
        ("a~b", "a~7eb.ics"),
        ("müller", "m~c3~bcller.ics"),
        ("nul", "~6eul.ics"),
        ("com1", "~63om1.ics"),
        ("", "~.ics"),
    ],
)
def test_file_names(identifier: str, name: str) -> None:
    assert file_name(identifier) == name


def identified(name: str) -> str:
    """Read the id back out of a name that was short enough to hold it."""
    stem = name.removesuffix(".ics").removesuffix("~") if name == "~.ics" else name[:-4]
    octets = re.sub(
        rb"~([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), stem.encode("ascii")
    )
    return octets.decode("utf-8", "surrogatepass")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=12))
def test_the_id_can_be_read_back(identifier: str) -> None:
    assert identified(file_name(identifier)) == identifier


@given(ANY)
def test_a_name_stays_in_its_folder_on_any_disk(identifier: str) -> None:
    name = file_name(identifier)
    assert PurePosixPath(name).name == name
    assert re.fullmatch(r"[a-z0-9~_-]+\.ics", name)
    assert len(name) <= 204


@given(st.lists(ANY, unique=True))
def test_different_ids_have_different_names(identifiers: list[str]) -> None:
    assert len(set(map(file_name, identifiers))) == len(identifiers)


def test_long_ids_that_begin_alike_have_different_names() -> None:
    assert file_name("a" * 300 + "1") != file_name("a" * 300 + "2")
    assert file_name("a" * 200) == "a" * 200 + ".ics"
    assert len(file_name("a" * 201)) == 204
