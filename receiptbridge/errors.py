"""Errors that people read: what happened, where, and what to do about it.

Every error that may reach a person is a `ReceiptBridgeError`; the command line prints its text and its
hint and exits with its code. Anything else that escapes is a fault of ours.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable


class ReceiptBridgeError(Exception):
    """What happened and where (`args[0]`), and what to do about it (`hint`)."""

    exit_code = 1

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint

    def told(self) -> int:
        """Tell the person at the terminal, or the log; what to exit with."""
        print(f"receiptbridge: {self}", file=sys.stderr)
        if self.hint:
            print(f"  {self.hint}", file=sys.stderr)
        return self.exit_code


class UsageError(ReceiptBridgeError):
    """The command was called in a way that it does not take."""

    exit_code = 2


class ConfigError(ReceiptBridgeError):
    """A configuration or profile file says something that it may not say; `faults` are its mistakes one by one."""

    exit_code = 2

    def __init__(self, what: str, *, hint: str = "", faults: Iterable[str] = ()) -> None:
        super().__init__(what, hint=hint)
        self.faults = tuple(faults) or (what,)


class LinkError(ReceiptBridgeError):
    """A link to register or printer cannot be opened or was lost."""


class JournalError(ReceiptBridgeError):
    """The journal could not keep a row; nothing of it may be shown on paper."""


class ServiceError(ReceiptBridgeError):
    """The member service could not be asked. `permanent`: asking again will not help. `code`: the service's own
    name for its refusal (docs/sync-api.md), empty where it is not the service that refused."""

    def __init__(
        self,
        what: str,
        *,
        hint: str = "",
        permanent: bool = False,
        retry_after: float | None = None,
        code: str = "",
    ) -> None:
        super().__init__(what, hint=hint)
        self.permanent = permanent
        self.retry_after = retry_after
        self.code = code


class TokenError(ReceiptBridgeError):
    """A claim token is not one that a box of ours has printed."""
