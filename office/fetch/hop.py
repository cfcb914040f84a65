"""One request on the way to a file: to a checked address, with an answer that is bounded."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from office.fetch.addresses import Allowed, checked_addresses
from office.fetch.body import read_body, too_large
from office.fetch.connection import TOO_SLOW, CheckedBackend
from office.fetch.errors import AnswerError, FetchError

_STEPS, _STEP_SECONDS = ("connect", "read", "write"), 10.0

_MOVED = {301, 302, 303, 307, 308}
_OK, _UNCHANGED = 200, 304
_WHY = {
    401: "asks for a login (401)",
    403: "refuses access (403)",
    404: "knows no such calendar (404)",
    410: "no longer has the calendar (410)",
    429: "was asked too often (429)",
}
_LONGEST_VALIDATOR = 500

# On DEBUG it would log the headers of answers, and with them where a redirect leads.
logging.getLogger("httpcore").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer said of itself, so that the same one need not be sent again."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, and what it says of itself."""

    body: bytes
    validators: Validators


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The same as last time."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on the way."""

    url: httpx.URL
    allowed: Allowed
    validators: Validators
    most_bytes: int
    deadline: float

    def ask(self, login: str | None) -> Fetched | Unchanged | httpx.URL:
        """The answer, or the address to ask instead."""
        host, plain = self.url.raw_host.decode("ascii"), self.url.scheme == "http"
        port = self.url.port or (80 if plain else 443)
        addresses = checked_addresses(host, port, self.allowed, plain=plain)
        try:
            with self._response(addresses, port, login) as response:
                return self._answer(response)
        except AnswerError as error:
            raise FetchError(f"{host} {error}.") from None
        except (httpcore.TimeoutException, TimeoutError):
            raise FetchError(f"{host} {TOO_SLOW}.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(f"{host} {_cause(error)}") from None

    @contextmanager
    def _response(
        self, addresses: Sequence[str], port: int, login: str | None
    ) -> Iterator[httpcore.Response]:
        url = self.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path
        )
        with (
            httpcore.ConnectionPool(
                ssl_context=None if url.scheme == "http" else httpx.create_ssl_context(),
                network_backend=CheckedBackend(addresses, self.deadline),
            ) as pool,
            pool.stream(
                "GET",
                target,
                headers=self._headers(login),
                extensions={"timeout": dict.fromkeys(_STEPS, _STEP_SECONDS)},
            ) as response,
        ):
            yield response

    def _headers(self, login: str | None) -> list[tuple[bytes, bytes]]:
        headers = {
            "Host": self.url.netloc.decode("ascii"),
            "User-Agent": "careweave",
            "Accept": "text/calendar, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "Authorization": login or "",
            "If-None-Match": self.validators.etag,
            "If-Modified-Since": self.validators.last_modified,
        }
        return [(name.encode(), text.encode("latin-1")) for name, text in headers.items() if text]

    def _answer(self, response: httpcore.Response) -> Fetched | Unchanged | httpx.URL:
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _MOVED:
            return self._onward(headers.get(b"location", ""))
        if response.status == _UNCHANGED and self.validators != Validators():
            return Unchanged()
        if response.status != _OK:
            why = _WHY.get(response.status, f"answers with the fault {response.status}")
            raise AnswerError(why)
        length = headers.get(b"content-length", "")
        if length.isdecimal() and int(length) > self.most_bytes:
            raise too_large(self.most_bytes)
        encoding = headers.get(b"content-encoding", "")
        body = read_body(response.iter_stream(), encoding, self.most_bytes)
        etag, modified = headers.get(b"etag", ""), headers.get(b"last-modified", "")
        return Fetched(body, Validators(_to_keep(etag), _to_keep(modified)))

    def _onward(self, location: str) -> httpx.URL:
        try:
            onward = self.url.join(location)
        except (httpx.InvalidURL, ValueError):
            onward = httpx.URL()
        if onward.scheme not in {"http", "https"} or not onward.host:
            raise AnswerError("sends on to what is no address of the web")
        if self.url.scheme == "https" and onward.scheme == "http" and not self.allowed.plain:
            raise AnswerError("sends on to an address without encryption")
        return onward


def _to_keep(validator: str) -> str:
    """A validator to send back; none where it is longer or stranger than such things are."""
    usable = validator.isprintable() and len(validator) <= _LONGEST_VALIDATOR
    return validator if usable else ""


def _cause(error: Exception) -> str:
    """What went wrong on the way, without anything that the other side may have written."""
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "shows no certificate that can be trusted. Maybe the host is misspelt?"
    if "SSL" in text:
        return "can't be asked with encryption (TLS)."
    if isinstance(error, httpcore.ProtocolError):
        return "does not answer as a web server should."
    return "can't be reached. Maybe there is no connection just now?"
