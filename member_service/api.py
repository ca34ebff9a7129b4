"""The routes for boxes: docs/sync-api.md in code."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Request, Response
from sqlalchemy.orm import Session

from member_service import wire
from member_service.earn import Rounding
from member_service.errors import ApiError
from member_service.limits import client_address
from member_service.service import Context, Service
from member_service.signing import HeaderLines, SignedRequest, verify
from member_service.store import boxes, keys, merchants, sales
from member_service.store.tables import Merchant

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": wire.ErrorAnswer} for status in (400, 401, 403, 413, 422, 429, 503)
}
router = APIRouter(prefix="/v1", responses=_REFUSALS)


async def _as_received(request: Request, service: Context) -> SignedRequest:
    path, query = request.scope["raw_path"].decode("latin-1"), request.scope["query_string"].decode("latin-1")
    return SignedRequest(
        method=request.method,
        url=service.public_url + path + (f"?{query}" if query else ""),
        headers=HeaderLines.of(request.headers.raw),
        body=await request.body(),
    )


def _signing_box(request: Annotated[SignedRequest, Depends(_as_received)], service: Context) -> str:
    return verify(service.database, request, service.clock()).box_id


def _any_key(request: Annotated[SignedRequest, Depends(_as_received)], service: Context) -> str:
    """The key that signed, and be it one that was replaced: the answer that told of it may have been lost."""
    return verify(service.database, request, service.clock(), retired=True).key_id


SigningBox = Annotated[str, Depends(_signing_box)]


@router.post("/enrol")
def enrol(body: wire.EnrolRequest, request: Request, service: Context) -> wire.EnrolAnswer:
    """A one-time code and a public key become a box."""
    address = client_address(request)
    service.wrong_guesses.check(address)
    now = service.clock()

    def work(session: Session) -> wire.EnrolAnswer:
        key = boxes.enrol(
            session, code=body.code, public_key=body.public_key, hardware=body.hardware, now=now
        )
        session.flush()
        place = boxes.place(session, key.box_id)
        return wire.EnrolAnswer(
            box_id=key.box_id,
            key_id=key.id,
            merchant=wire.Named(name=place.merchant),
            store=wire.Named(name=place.store),
            till=wire.Named(name=place.till),
            service_time=now,
            settings=_settings(session, service, place.merchant_id),
            setup=cast(Any, boxes.setup_before(session, key.box_id)),
        )

    try:
        return service.database.write(work)
    except ApiError:
        service.wrong_guesses.count(address)
        raise


@router.post("/sales")
def receive_sales(body: wire.SalesRequest, box_id: SigningBox, service: Context) -> wire.SalesAnswer:
    """Sales in; each is answered by itself, and all that are answered "stored" are on disk."""
    now = service.clock()
    results = service.database.write(lambda session: sales.receive(session, box_id, body.sales, now))
    return wire.SalesAnswer(results=results, service_time=now)


@router.get(
    "/settings",
    response_model=wire.Settings,
    responses={304: {"description": "The box has these settings already."}},
)
def settings(
    box_id: SigningBox, service: Context, response: Response, if_none_match: Annotated[str, Header()] = ""
) -> wire.Settings | Response:
    """What the head office decides for a box."""
    with service.database.read() as session:
        answer = _settings(session, service, boxes.place(session, box_id).merchant_id)
    etag = f'"{hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:32]}"'
    if etag in (known.strip() for known in if_none_match.split(",")):
        return Response(status_code=304, headers={"ETag": etag})
    response.headers["ETag"] = etag
    return answer


@router.post("/keys")
def add_key(
    body: wire.KeyRequest, signer: Annotated[str, Depends(_any_key)], service: Context
) -> wire.KeyAnswer:
    """A key takes the place of the one that signed."""
    now = service.clock()
    key_id = service.database.write(
        lambda session: keys.rotate(session, signer, body.public_key, body.proof, now).id
    )
    return wire.KeyAnswer(key_id=key_id, overlap_s=keys.KEY_OVERLAP_S, service_time=now)


@router.post("/heartbeat")
def heartbeat(body: wire.Heartbeat, box_id: SigningBox, service: Context) -> wire.ServiceTime:
    """Signs of life in, the service's time out."""
    now = service.clock()
    service.database.write(lambda session: boxes.note_heartbeat(session, box_id, body.model_dump(), now))
    return wire.ServiceTime(service_time=now)


@router.put("/setup")
def put_setup(body: wire.Setup, box_id: SigningBox, service: Context) -> wire.ServiceTime:
    """How a box is set up, for the one that replaces it."""
    now = service.clock()
    service.database.write(lambda session: boxes.note_setup(session, box_id, body.model_dump(), now))
    return wire.ServiceTime(service_time=now)


@router.get("/health")
def health(service: Context) -> wire.Health:
    """Is the service up, with its store?"""
    with service.database.read() as session:
        session.connection()
    return wire.Health(status="ok", service_time=service.clock())


def _settings(session: Session, service: Service, merchant_id: int) -> wire.Settings:
    rule = merchants.current_rule(session, merchant_id)
    merchant = session.get_one(Merchant, merchant_id)
    return wire.Settings(
        earn_rule=wire.EarnRule(
            id=rule.id,
            currency=rule.currency,
            minor_per_point=rule.minor_per_point,
            minimum_spend=rule.minimum_spend,
            points_cap=rule.points_cap,
            rounding=cast(Rounding, rule.rounding),
        ),
        claim_prefix=service.claim_prefix,
        payment_policy=cast(dict[wire.Method, wire.Policy] | None, merchant.payment_policy),
        block=cast(wire.Block | None, merchant.block),
    )
