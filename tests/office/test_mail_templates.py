"""A clinic may change what mails say; a mistake is found before anything is published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from office.errors import OfficeError
from office.invites import list_mails
from office.publish import Publication, publish
from office.settings import set_setting
from tests.office.clinic import LATER, NOW, draft
from tests.office.mails import GRACE, published, sent
from tests.office.post_office import post_office


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"invite.txt": "Subject: x\n\n{{ nmae }}"}, "the template invite.txt, line 3: 'nmae' is"),
        ({"invite.html": "{% if %}"}, "the template invite.html, line 1: Expected an expression"),
        ({"invte.txt": "x"}, "has a template 'invte.txt'. Maybe 'invite.txt'"),
    ],
)
def test_broken_templates_refuse_publishing_before_anything_changes(
    with_mail: str, tmp_path: Path, files: Mapping[str, str], told: str
) -> None:
    set_setting(with_mail, "templates", str(tmp_path), now=NOW, who="mia")
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    draft(with_mail)
    with pytest.raises(OfficeError, match=told):
        publish(with_mail, now=LATER, who="mia")
    assert list_mails(with_mail, LATER) == ()
    set_setting(with_mail, "templates", "", now=NOW, who="mia")
    assert isinstance(publish(with_mail, now=LATER, who="mia"), Publication)


def test_a_template_that_fails_on_real_data_alone_refuses_publishing(
    with_mail: str, tmp_path: Path
) -> None:
    (tmp_path / "invite.txt").write_text("Subject: x\n\n{{ name }}\n")
    set_setting(with_mail, "templates", str(tmp_path), now=NOW, who="mia")
    (tmp_path / "invite.txt").write_text(
        "Subject: x\n\n{% if change.shown.day != 'Monday, 1 March 2027' %}{{ 1 // 0 }}{% endif %}"
    )
    draft(with_mail)
    told = "the template invite.txt, line 3: .* by zero. Nothing was changed. Maybe mend it"
    with pytest.raises(OfficeError, match=told):
        publish(with_mail, now=LATER, who="mia")
    assert list_mails(with_mail, LATER) == ()
    set_setting(with_mail, "templates", "", now=NOW, who="mia")
    published_now = publish(with_mail, now=LATER, who="mia")
    assert isinstance(published_now, Publication)
    assert published_now.version == 1


def test_a_folder_is_tried_when_it_is_set_and_kept_as_an_absolute_path(
    with_mail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "own"
    own.mkdir()
    (own / "invite.txt").write_text("Subject: x\n\n{{ nmae }}")
    with pytest.raises(OfficeError, match="line 3: 'nmae' is undefined"):
        set_setting(with_mail, "templates", "own", now=NOW, who="mia")
    with pytest.raises(OfficeError, match="can't be read: No such file or directory"):
        set_setting(with_mail, "templates", "elsewhere", now=NOW, who="mia")
    (own / "invite.txt").write_text("Subject: x\n\n{{ name }}")
    assert set_setting(with_mail, "templates", "own", now=NOW, who="mia").value == str(own)


def test_a_clinics_own_template_is_used(with_mail: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "invite.txt").write_text("Subject: Until {{ change.shown.day }}, {{ name }}\n\nBye\n")
    set_setting(with_mail, "templates", str(own), now=NOW, who="mia")
    published(with_mail)
    with post_office() as office:
        assert sent(with_mail, office, LATER + GRACE)[0] == "Until Monday, 8 March 2027, Dina"
