"""Mails out of whatever file they are in."""

from __future__ import annotations

import io
import mailbox
from pathlib import Path

import pytest

from feeds.replies import MOST_BYTES
from office.errors import OfficeError
from office.mails_in import mails_in, mails_in_stream

ONE = b"From: a@mail.example\nSubject: one\n\nHello\n"
TWO = b"From: b@mail.example\nSubject: two\n\nFrom here on\n"


def mbox(path: Path) -> Path:
    box = mailbox.mbox(path)
    for content in (ONE, TWO):
        box.add(content)
    box.close()
    return path


def contents(path: Path) -> list[bytes]:
    return [it.content for it in mails_in(path)]


def test_a_mail_is_its_own_bytes(tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(ONE)
    assert contents(file) == [ONE]


def test_an_mbox_has_several(tmp_path: Path) -> None:
    found = contents(mbox(tmp_path / "all.mbox"))
    assert [it.splitlines()[1] for it in found] == [b"Subject: one", b"Subject: two"]


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "b.ics").write_bytes(b"BEGIN:VCALENDAR")
    (tmp_path / "notes.txt").write_bytes(b"not this")
    (tmp_path / "a.eml").write_bytes(ONE)
    (tmp_path / "deeper" / "c.EML").write_bytes(TWO)
    assert contents(tmp_path) == [ONE, b"BEGIN:VCALENDAR", TWO]


def test_a_stream_may_be_any_of_them(tmp_path: Path) -> None:
    file = mbox(tmp_path / "all.mbox")
    assert len(list(mails_in_stream(io.BytesIO(file.read_bytes())))) == 2
    assert [it.content for it in mails_in_stream(io.BytesIO(ONE))] == [ONE]


def test_of_a_mail_that_is_too_large_only_the_beginning_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.eml"
    file.write_bytes(b"x" * (MOST_BYTES + 2))
    (found,) = mails_in(file)
    assert len(found.content) == MOST_BYTES
    assert found.refused is not None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"none\.eml' can't be read: No such file"):
        contents(tmp_path / "none.eml")
