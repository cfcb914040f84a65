"""Cells that a spreadsheet would take for a formula, and how they come and go unharmed.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is written
behind an apostrophe, which a spreadsheet takes for "this is text". A cell that already
starts that way behind apostrophes of its own gets one more, so that nothing is lost::

    +1-503-555-0100      '+1-503-555-0100
    '=A1                 ''=A1
    'tis the season      'tis the season
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def escape(cell: str) -> str:
    """A cell as it is written; no two cells are written alike, and none is a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    """A written cell as it was meant; also takes one that nobody has escaped."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
