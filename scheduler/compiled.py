"""Inner loops compiled to machine code by Numba, once for each version of the sources.

Numba keeps what it compiled, but notices changes only of the file that a function stands in.
So the folder for it is named after all sources that compile something, with the constants that
they read: a change of any of them, or of Numba, begins a new one, and nothing stale is ever run.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numba
from numba.core import types
from numba.experimental import structref

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=tuple[object, ...])

_HERE = Path(__file__).resolve().parent
_COMPLETE = "complete"
_IMPORT = b"from scheduler.compiled import"
_FORMULAS = "points"
"""The folder of what is compiled without saying so (``kernels.formulas``)."""


def _sources() -> dict[str, bytes]:
    """Everything that is compiled, by its path."""
    texts = {str(source): source.read_bytes() for source in sorted(_HERE.rglob("*.py"))}
    return {
        path: text
        for path, text in texts.items()
        if _IMPORT in text or Path(path).parent.name == _FORMULAS
    }


def _version() -> str:
    """A name for all that the compiled code depends on."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for text in _SOURCES.values():
        digest.update(text)
    return digest.hexdigest()[:16]


def _folder() -> Path | None:
    """Where compiled code is kept: in the environment, else with the user; None if nowhere."""
    user = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    for place in (Path(sys.prefix) / "var" / "cache", Path(user)):
        try:
            folder = place.expanduser() / "careweave" / _version()
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except (OSError, RuntimeError):  # the latter where a user has no home
            continue
    return None


_SOURCES = _sources()
_FOLDER = _folder()
if _FOLDER is not None:
    setattr(numba.config, "CACHE_DIR", str(_FOLDER))  # noqa: B010 - made when it is imported


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled when it is first called; it means the same as before.

    Numbers are never infinite, so the least of many may be found several at a time; sums are
    never put in another order. Python's lock is given away meanwhile, so that a window can be
    decided beside it: no two threads may hand compiled functions the same arrays.

    Raises:
        ValueError: if it stands in a file of which a change would not be noticed.
    """
    source = Path(inspect.getfile(function)).resolve()
    if str(source) not in _SOURCES:
        raise ValueError(f"{source} is not among the sources that compiled code is named after")
    return cast(
        "Callable[P, R]",
        numba.njit(
            function,
            cache=_FOLDER is not None,
            nogil=True,
            fastmath={"nnan", "ninf", "nsz"},
        ),
    )


def compile_once(everything: Callable[[], None]) -> None:
    """Run what calls every compiled function, unless that was done for these sources before.

    Numba does not lock what it keeps: two processes that compile at once could mix up their
    functions, so the second one waits here for the first.
    """
    if _FOLDER is None or (_FOLDER / _COMPLETE).exists():
        return
    with (_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (_FOLDER / _COMPLETE).exists():
            everything()
            (_FOLDER / _COMPLETE).touch()


def by_reference(table: type[T]) -> type[T]:
    """A class with the fields of a named tuple, of which compiled code is handed one pointer.

    A tuple of many arrays would be handed over array by array at every call, and take minutes to
    compile. It is to be made by a compiled function: ``return Reference(*values)``.
    """
    module, name = sys.modules[table.__module__], table.__name__
    kind = type(f"{name}Type", (types.StructRef,), {"preprocess_fields": _plain})
    reference = type(f"{name}Reference", (structref.StructRefProxy,), {})
    for made in (kind, reference):  # compiled code is kept with the names of its types
        made.__module__, made.__qualname__ = table.__module__, made.__name__
        setattr(module, made.__name__, made)
    structref.register(kind)
    structref.define_constructor(reference, kind, list(table._fields))  # type: ignore[attr-defined]  # a named tuple has it
    structref.define_boxing(kind, reference)
    return cast("type[T]", reference)


def _plain(_: object, fields: tuple[tuple[str, types.Type], ...]) -> tuple[object, ...]:
    """The types of fields without what is known of their values."""
    return tuple((name, types.unliteral(kind)) for name, kind in fields)
