"""The application: routes and refusals, put together around one store."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from member_service import api, pages
from member_service.errors import ApiError
from member_service.limits import LimitBody
from member_service.render import page_of
from member_service.service import Service, checked_claim_prefix, checked_public_url, of_request
from member_service.store.database import Database

RETRY_AFTER_S = 5  # a lock on the store lasts for less

_CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def unix_time() -> int:
    return int(time.time())


def create_app(
    database: Database,
    *,
    public_url: str,
    claim_prefix: str | None = None,
    clock: Callable[[], int] = unix_time,
) -> FastAPI:
    """The service on this store. Raises UsageError for a URL or a prefix that will not do.

    `public_url` is how boxes and phones reach it. The claim prefix on paper is, if none is given, the public
    URL in upper case and "/C/".
    """
    url = checked_public_url(public_url)
    app = FastAPI(
        title="receiptbridge member service",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.service = Service(
        database=database,
        public_url=url,
        claim_prefix=checked_claim_prefix(claim_prefix or f"{url.upper()}/C/"),
        clock=clock,
    )
    app.include_router(api.router)
    app.include_router(pages.router)
    app.add_middleware(LimitBody)
    for kind, refuse in _HANDLERS.items():
        app.add_exception_handler(kind, refuse)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.service.database.close()


def _refuse(request: Request, refusal: ApiError) -> Response:
    """The refusal as JSON for a box and as a page for a person."""
    if not request.url.path.startswith("/v1/"):
        notice = "not_found" if refusal.status in (404, 405) else "trouble"
        return page_of(request).render(
            "notice.html", status=refusal.status, headers=refusal.headers, offer=None, notice=notice
        )
    body = {
        "error": {"code": refusal.code, "message": refusal.message},
        "service_time": of_request(request).clock(),
    }
    return JSONResponse(body, refusal.status, refusal.headers)


def _by_status(request: Request, error: Exception) -> Response:
    http = cast(HTTPException, error)
    return _refuse(
        request, ApiError(http.status_code, _CODES.get(http.status_code, "refused"), f"{http.detail}.")
    )


def _malformed(request: Request, error: Exception) -> Response:
    fault = cast(RequestValidationError, error).errors()[0]
    where = ".".join(map(str, fault["loc"]))
    return _refuse(request, ApiError(422, "malformed", f"{where}: {fault['msg']}."))


def _busy(request: Request, _error: Exception) -> Response:
    busy = ApiError(503, "unavailable", "The store is busy; try again soon.", retry_after=RETRY_AFTER_S)
    return _refuse(request, busy)


def _fault(request: Request, _error: Exception) -> Response:
    """A fault of ours. The server logs its traceback, in which the store shows no values."""
    return _refuse(request, ApiError(500, "internal", "A fault of the service; it was logged."))


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    ApiError: lambda request, error: _refuse(request, cast(ApiError, error)),
    HTTPException: _by_status,
    RequestValidationError: _malformed,
    OperationalError: _busy,
    PoolTimeout: _busy,
    Exception: _fault,
}
