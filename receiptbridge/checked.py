"""What a file states, as data that was checked: configurations and profiles.

`read` checks a whole table and makes its record; where it is wrong, every key that is wrong is said at once. Which
keys there are, their types and bounds stand in the record's fields (msgspec); what a type cannot say stands in
`CHECKS`. Decision 14 says why msgspec.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, EnumType
from pathlib import Path
from types import UnionType
from typing import Any, ClassVar, Final, Literal, NamedTuple, Self, TypeVar, Union, cast, get_args, get_origin

import msgspec


class Fault(NamedTuple):
    """One key that is wrong: its path, its value, and what is allowed."""

    path: tuple[str | int, ...]
    value: Any
    says: str


class WrongData(ValueError):
    """A table that cannot be taken; `faults` holds at least one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.says for fault in faults))
        self.faults = faults


class _WrongKey(ValueError):
    """What a check says of a key."""

    def __init__(self, key: str, says: str) -> None:
        super().__init__(says)
        self.key = key


Checks = Mapping[str, Callable[[Any], Any]]


class Checked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record that a table of a file becomes. Only `read` checks types; checks are made of every record."""

    CHECKS: ClassVar[Checks] = {}
    """By field: returns the value as it is to be kept, or raises `ValueError` that says what is allowed. Fields
    that are None are not checked."""

    def __post_init__(self) -> None:
        for name, check in self.CHECKS.items():
            value = getattr(self, name)
            try:
                msgspec.structs.force_setattr(self, name, value if value is None else check(value))
            except ValueError as fault:
                key = self.__struct_encode_fields__[self.__struct_fields__.index(name)]
                raise _WrongKey(key, str(fault)) from None

    def but(self, **changes: Any) -> Self:
        """The same with other values in these fields."""
        return msgspec.structs.replace(self, **changes)


Record = TypeVar("Record", bound=Checked)


def read(model: type[Record], table: object) -> Record:
    """The record that `table` states. Raises `WrongData`."""
    try:
        record: Record = _convert(table, model)
    except msgspec.ValidationError:
        raise WrongData(list(_faults(model, table, ()))) from None
    return record


def table_of(record: Checked) -> dict[str, Any]:
    """A record as the table that states it, defaults and all."""
    table: dict[str, Any] = msgspec.to_builtins(record, enc_hook=str)
    return table


def _convert(value: object, kind: Any) -> Any:
    return msgspec.convert(value, kind, dec_hook=_from_text)


def _from_text(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise ValueError("must be text")


def _faults(kind: Any, value: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with a value: in its parts, or, where each part is right, as a whole."""
    try:
        _convert(value, kind)
    except msgspec.ValidationError as error:
        inside = [fault for part in _parts(kind, value, path) for fault in part]
        yield from inside or [_whole(kind, value, path, error)]


def _whole(kind: Any, value: Any, path: tuple[str | int, ...], error: msgspec.ValidationError) -> Fault:
    if isinstance(error.__cause__, _WrongKey):
        key = error.__cause__.key
        return Fault((*path, key), value.get(key), str(error.__cause__))
    if allowed := get_args(kind) if get_origin(kind) is Literal else _members(kind):
        return Fault(path, value, f"must be {_one_of(allowed)}")
    return Fault(path, value, str(error).partition(_PLACE)[0].replace("`", ""))


def _one_of(allowed: Sequence[Any]) -> str:
    *others, last = map(repr, allowed)
    return f"{', '.join(others)} or {last}" if others else last


def _members(kind: Any) -> list[str]:
    return [str(each.value) for each in cast(Iterable[Enum], kind)] if isinstance(kind, EnumType) else []


_PLACE: Final = " - at `"


def _parts(kind: Any, value: Any, path: tuple[str | int, ...]) -> Iterator[Iterator[Fault]]:
    if get_origin(kind) in (Union, UnionType):
        [kind, *_] = get_args(kind)  # the other is None
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Checked):
        yield _of_record(kind, value, path)
    elif isinstance(value, dict) and get_origin(kind) is Mapping:
        of_key, of_value = get_args(kind)
        for key, item in value.items():
            yield _faults(of_key, key, (*path, key))
            yield _faults(of_value, item, (*path, key))
    elif isinstance(value, list) and get_origin(kind) is tuple:
        for place, item in enumerate(value):
            yield _faults(get_args(kind)[0], item, (*path, place))


def _of_record(kind: type[Checked], table: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if key in fields:
            yield from _faults(fields[key].type, value, (*path, key))
        else:
            yield Fault((*path, key), value, "no such key")
    for key, field in fields.items():
        if field.required and key not in table:
            yield Fault((*path, key), None, "must be given")
