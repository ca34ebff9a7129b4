"""What every route works with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from member_service.errors import UsageError
from member_service.limits import WrongGuesses
from member_service.store.database import Database

# With 144 characters of token behind it the QR code still is version 7 (docs/claim-token.md).
_CLAIM_PREFIX = re.compile(r"[0-9A-Z $%*+\-./:]{1,34}")


@dataclass(frozen=True, slots=True)
class Service:
    """`public_url` is how boxes reach the service, without a slash at the end; `clock` gives Unix seconds."""

    database: Database
    public_url: str
    claim_prefix: str
    clock: Callable[[], int]
    wrong_guesses: WrongGuesses = field(default_factory=WrongGuesses)


def of_request(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Context = Annotated[Service, Depends(of_request)]


def checked_public_url(url: str) -> str:
    """The URL without a slash at its end. Raises UsageError where it is no http(s) URL of a host alone."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(f"--public-url {url!r}: want http:// or https:// with a host and nothing behind it")
    return url.rstrip("/")


def checked_claim_prefix(prefix: str) -> str:
    """The prefix as it is printed. Raises UsageError where no QR code of the wanted size can hold it."""
    if not _CLAIM_PREFIX.fullmatch(prefix):
        raise UsageError(
            f"claim prefix {prefix!r}: want at most 34 characters of 0-9 A-Z $ % * + - . / :; "
            "use a shorter --public-url or give --claim-prefix"
        )
    return prefix
