"""The service against its own OpenAPI: whatever a request holds, the answer is one that the document names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from service_rig import Clock, ServiceRig, SignedBox

from member_service.app import create_app
from member_service.store.database import Database

EXAMPLES = 20  # for each route, of good and of bad requests: what is wrong shows within a few
URL = "http://testserver"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROUTES = [
    ("POST", "/v1/enrol"),
    ("POST", "/v1/sales"),
    ("GET", "/v1/settings"),
    ("POST", "/v1/keys"),
    ("PUT", "/v1/setup"),
    ("POST", "/v1/heartbeat"),
    ("GET", "/v1/health"),
]


class Signing:
    """The service behind a hand that signs what comes as a box does; in this process, without a socket."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.box: SignedBox | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or self.box is None:
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        path = scope["raw_path"].decode("latin-1").partition("?")[0]
        query = scope["query_string"].decode("latin-1")
        signed = self.box.signed_bytes(scope["method"], path + (f"?{query}" if query else ""), body)
        wanted = ("content-digest", "signature", "signature-input")
        added = [(name.encode(), signed.headers[name].encode()) for name in wanted if name in signed.headers]
        kept = [
            (name, value) for name, value in scope["headers"] if name.decode("latin-1").lower() not in wanted
        ]

        async def again() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app({**scope, "headers": kept + added}, again, send)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    database = Database(f"sqlite:///{folder / 'service.db'}")
    clock = Clock()
    app = Signing(create_app(database, public_url=URL, clock=clock))
    with httpx.Client(base_url=URL, transport=_InProcess(app)) as http:
        app.box = None
        app.box = ServiceRig(URL, database, clock, http).enrol()
        yield schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    database.close()


class _InProcess(httpx.BaseTransport):
    """httpx has an ASGI transport for asynchronous clients only."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        import asyncio

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=URL) as client:
                return await client.request(
                    request.method, request.url, content=request.read(), headers=request.headers
                )

        answer = asyncio.run(ask())
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def test_every_route_of_the_document_is_tried(schema: Any) -> None:
    served = {(found.ok().method.upper(), found.ok().path) for found in schema.get_all_operations()}
    assert served == set(ROUTES)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [(*route, GenerationMode.POSITIVE) for route in ROUTES]
    + [(*route, GenerationMode.NEGATIVE) for route in ROUTES if route[0] != "GET"],
)
def test_whatever_is_asked_is_answered_as_the_document_says(
    schema: Any, method: str, path: str, mode: GenerationMode
) -> None:
    operation = schema[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: Any) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.call_and_validate(checks=CHECKS)

    ask()
