"""The clinic's own templates, from a folder; ours where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feeds.letters import LAYOUT, NAMES, Letters, TemplateFaultError
from office.errors import OfficeError, suggestion

_KNOWN = (LAYOUT, *NAMES)


def load_letters(folder: str) -> Letters:
    """All templates, tried out on an example of every mail there is.

    ``OfficeError`` names the file, the line and what is wrong. An empty ``folder`` means ours.
    """
    if not folder:
        return Letters()
    own = {path.name: _read(path) for path in _files(Path(folder))}
    with template_faults(folder):
        return Letters(own)


@contextmanager
def template_faults(folder: str) -> Iterator[None]:
    """``OfficeError`` where a template fails meanwhile: real data may be unlike any example."""
    try:
        yield
    except TemplateFaultError as fault:
        raise OfficeError(
            f"{fault} Nothing was changed. Maybe mend it in the folder {folder}, "
            'or go back to ours with careweave settings set templates ""?'
        ) from fault


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".html"})
    except OSError as error:
        raise OfficeError(
            f"the templates' folder {folder} can't be read: {error.strerror}. "
            'Maybe another one, or careweave settings set templates ""?'
        ) from error
    for path in found:
        if path.name not in _KNOWN:
            near = suggestion(path.name, _KNOWN)
            raise OfficeError(f"the folder {folder} has a template {path.name!r}. Maybe {near}?")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise OfficeError(f"the template {path} can't be read: {reason}.") from error
