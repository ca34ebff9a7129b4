"""The pages for shoppers: the claim page behind the QR code, and the page to type a code.

The token in the address is the capability, so a forged cross-site post could only do what its sender can do
anyway: there is no session and no cookie to abuse. A page shows this one sale, and never who claimed it.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from member_service import claim_token, phone, typed_code
from member_service.claim_token import ClaimToken, TokenError
from member_service.errors import ApiError
from member_service.limits import client_address
from member_service.phone import PhoneError
from member_service.render import Page, page_of
from member_service.service import Context, Service
from member_service.store import claims, issued
from member_service.store.claims import Offer, State
from member_service.typed_code import CodeError

router = APIRouter(include_in_schema=False)

FORM_ID_BYTES = 16
MAX_FORM_ID = 64  # characters of a form id that are taken from a browser
MAX_SHOWN_AGAIN = 40  # characters of what was typed that an error page gives back

PageOf = Annotated[Page, Depends(page_of)]
FormText = Annotated[str, Form()]

# The notice and the status of each state in which there is nothing to claim.
_NOTICES = {
    State.REFUSED: ("refused", 404),
    State.CLAIMED: ("claimed", 200),
    State.REFUNDED: ("refunded", 410),
    State.EXPIRED: ("expired", 410),
    State.WAITING: ("waiting", 503),
    State.LIMITED: ("limited", 429),
}


@router.get("/C/{spelling}")
def show_claim(spelling: str, page: PageOf, service: Context) -> Response:
    """What a scanned receipt is worth, and the form to have it credited."""
    offer = _look(service, spelling)
    if offer.state is not State.OPEN:
        return _notice(page, offer)
    return _form(page, offer, secrets.token_urlsafe(FORM_ID_BYTES))


@router.post("/C/{spelling}")
def claim(
    spelling: str,
    page: PageOf,
    service: Context,
    typed: Annotated[str, Form(alias="phone")] = "",
    form: FormText = "",
) -> Response:
    """Credit the sale to the phone number that was typed."""
    form = form[:MAX_FORM_ID]
    try:
        number = phone.to_e164(typed)
    except PhoneError:
        offer = _look(service, spelling)
        if offer.state is not State.OPEN:
            return _notice(page, offer)
        return _form(page, offer, form, status=422, typed=typed[:MAX_SHOWN_AGAIN], error="phone_error")
    offer, credited = _claim(service, spelling, number, form)
    if not credited:
        return _notice(page, offer, posted=True)
    return page.render("credited.html", offer=offer, phone=phone.masked(number))


@router.get("/")
def ask_code(page: PageOf) -> Response:
    """The page for whoever cannot scan."""
    return page.render("code.html", typed="", error=None)


@router.post("/")
def find_code(request: Request, page: PageOf, service: Context, code: FormText = "") -> Response:
    """From a typed code to its claim page."""
    try:
        spelling = _find(service, client_address(request), code)
    except ApiError as refusal:
        return page.render(
            "code.html",
            status=refusal.status,
            headers=refusal.headers,
            typed=code[:MAX_SHOWN_AGAIN],
            error=refusal.code,
        )
    return page.redirect(f"/C/{spelling}")


def _token(spelling: str) -> ClaimToken | None:
    try:
        return claim_token.from_spelling(spelling)
    except TokenError:
        return None


def _look(service: Service, spelling: str) -> Offer:
    token = _token(spelling)
    if token is None:
        return claims.REFUSED
    now = service.clock()
    return service.database.write(lambda session: claims.look(session, token, now))


def _claim(service: Service, spelling: str, number: str, form: str) -> tuple[Offer, bool]:
    token = _token(spelling)
    if token is None:
        return claims.REFUSED, False
    now = service.clock()
    return service.database.write(
        lambda session: claims.claim(session, token, phone=number, form=form, now=now)
    )


def _find(service: Service, address: str, typed: str) -> str:
    """The spelling of the token with this typed code. Raises ApiError."""
    service.wrong_guesses.check(address)
    try:
        code = typed_code.normalise(typed)
    except CodeError as error:
        raise ApiError(422, "code_error", str(error)) from error
    with service.database.read() as session:
        row = issued.by_typed_code(session, code)
    if row is None:
        service.wrong_guesses.count(address)
        raise ApiError(404, "code_unknown", "No sale with this code was heard of.")
    return claim_token.from_bytes(row.raw).spelling


def _form(
    page: Page, offer: Offer, form: str, *, status: int = 200, typed: str = "", error: str | None = None
) -> Response:
    return page.render("claim.html", status=status, offer=offer, form=form, typed=typed, error=error)


def _notice(page: Page, offer: Offer, *, posted: bool = False) -> Response:
    notice, status = _NOTICES[offer.state]
    if posted and offer.state is State.CLAIMED:
        status = 409
    return page.render("notice.html", status=status, offer=offer, notice=notice)
