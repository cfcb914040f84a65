"""The application: its routes, what lies around them, and nothing that describes itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from office.serve_feeds import FeedDesk
from web.answers import not_found, plain
from web.feeds import feed_routes
from web.gate import Gate
from web.watch import Watch

_SPEED = 6
"""Of gzip: half the time of the highest level, and calendars come out as small."""


def make_app(
    desk: FeedDesk, clock: Callable[[], datetime], *, behind_proxy: bool = False
) -> FastAPI:
    """The application that answers from ``desk``; ``clock`` gives aware instants."""
    app = FastAPI(
        title="Careweave", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    app.add_middleware(GZipMiddleware, compresslevel=_SPEED)
    app.add_middleware(Watch, clock=clock)  # the last one that is added is the outermost
    app.add_exception_handler(HTTPException, _refuse)
    app.include_router(feed_routes(desk, clock, Gate(), behind_proxy=behind_proxy))
    return app


async def _refuse(_: Request, error: Exception) -> Response:
    """In our own words: an unknown path is answered as an unknown token is."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:  # noqa: PLR2004 - Method Not Allowed
        return plain(405, "Only reading is possible here.", Allow="GET, HEAD")
    return not_found()
