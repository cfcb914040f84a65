"""The outermost layer: one line in the log for each request, and no fault gets past."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from office.errors import expected_errors
from web.answers import unavailable
from web.conditions import http_date

log = logging.getLogger("careweave.web")

_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "REPORT"}


class Watch:
    """Logs the route's template, never the path: the path of a feed is its secret.

    It dates the answers too, by the clock that the routes go by: the server's own date lags up to
    a second behind, and nothing may have changed after it.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], datetime]) -> None:
        self.app = app
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and say what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["Date"] = http_date(self.clock())
            await send(message)

        try:
            await self.app(scope, receive, told)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is no 200
            log.error("%s", _words(error))  # noqa: TRY400 - a traceback could quote the path
            if not status:
                await unavailable()(scope, receive, told)
        milliseconds = (time.perf_counter() - started) * 1000
        method = scope["method"] if scope["method"] in _METHODS else "other"
        log.info("%s %s %d %.1f ms", method, _template(scope), status, milliseconds)


def _words(error: Exception) -> str:
    """Messages that are meant for people; of anything else the kind alone."""
    if isinstance(error, expected_errors()):
        return " ".join(str(error).split())
    return f"failed with {type(error).__qualname__}"


def _template(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", "elsewhere")
