"""Every setting, and its default, stands on the page of settings."""

from __future__ import annotations

import re

from models.settings import DEFAULTS
from tests.docs.pages import ROOT


def test_every_setting_is_on_the_page_with_its_default() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| *([^|]*?) *\|", text, flags=re.MULTILINE)
    assert dict(rows) == DEFAULTS
