"""The little of a database driver that the journal uses: as much as sqlite3 and apsw have in common.

sqlite3 runs it on the box; apsw runs the same code on a disk whose power fails (`hardware_sim.disk`).
"""

from __future__ import annotations

from typing import Any, Protocol


class Cursor(Protocol):
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """A connection in autocommit mode: BEGIN and COMMIT are ours."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: Any = ..., /) -> Cursor: ...
    def close(self) -> None: ...
