"""Refusals. Each says its HTTP status, a code for programs, and a sentence for people."""

from __future__ import annotations


class ApiError(Exception):
    """Why a request is refused, as docs/sync-api.md lists it."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class UsageError(Exception):
    """The operator asked for something that cannot be; the text says what to do about it."""
