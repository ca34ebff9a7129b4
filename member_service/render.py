"""Pages as they leave: one HTML file each, style included, nothing fetched from anywhere, nothing kept.

A page must be readable on a slow phone in one round trip, so there is no script, no font and no picture file.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from member_service import money
from member_service.language import TEXTS, Language, choose

STYLE = resources.files("member_service").joinpath("templates", "page.css").read_text("utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

# The address holds the token: it must not travel in a Referer, be cached, framed, or indexed.
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# How shoppers write amounts; other currencies carry their code.
_SYMBOLS = {"CNY": "¥"}


def amount(minor: int, currency: str) -> str:
    """`amount(6367, "CNY")` is "¥63.67"; `amount(500, "JPY")` is "JPY 500"."""
    return _SYMBOLS.get(currency, f"{currency} ") + money.format_minor(minor, currency)


_TEMPLATES = Environment(
    loader=PackageLoader("member_service"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(style=Markup(STYLE), amount=amount)


@dataclass(frozen=True, slots=True)
class Page:
    """What the pages of one request have in common."""

    language: Language
    switched: bool  # the language was chosen by the switch and not by the browser
    path: str

    @property
    def query(self) -> str:
        """Carries a language that was chosen to the next page."""
        return f"?lang={self.language}" if self.switched else ""

    def render(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
    ) -> Response:
        """`template` in this page's language, with the headers that every page has."""
        html = _TEMPLATES.get_template(template).render(
            page=self, t=TEXTS[self.language], status=status, **context
        )
        return HTMLResponse(html, status, {**HEADERS, "Content-Language": self.language, **(headers or {})})

    def redirect(self, path: str) -> Response:
        return RedirectResponse(path + self.query, 303, HEADERS)


def page_of(request: Request) -> Page:
    """The page that this request asks for."""
    wanted = request.query_params.get("lang")
    language = choose(wanted, request.headers.get("accept-language"))
    return Page(language=language, switched=wanted == language, path=request.url.path)
