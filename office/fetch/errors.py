"""Why an address gave no file."""

from __future__ import annotations

from office.errors import OfficeError


class FetchError(OfficeError):
    """The message names the host and says why; it holds nothing else of the address."""


class AnswerError(Exception):
    """What is wrong with one answer, as half a sentence that goes on from the host's name."""
