"""The file in which a payment platform's purchases come: CSV with a header, or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from member_service import phone
from member_service.errors import UsageError


class Purchase(BaseModel):
    """One line. `phone` as a member would type it, `amount` in minor units of the merchant's currency."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)
    transaction: Annotated[str, Field(min_length=6, max_length=200)]
    phone: Annotated[str, AfterValidator(phone.to_e164)]
    amount: Annotated[int, Field(gt=0, lt=2**40)]


def read_purchases(file: Path) -> list[Purchase]:
    """All purchases of a file. Raises UsageError that names the first line that will not do."""
    try:
        return [_checked(file, number, line) for number, line in _lines(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise UsageError(f"{file} cannot be read: {fault}") from None


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix == ".csv":
            yield from enumerate(csv.DictReader(lines), 2)
            return
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line


def _checked(file: Path, number: int, line: Any) -> Purchase:
    try:
        return Purchase.model_validate(json.loads(line) if isinstance(line, str) else line)
    except json.JSONDecodeError:
        what = "not JSON (a file of CSV must be named .csv)"
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        what = f"{'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}"
    raise UsageError(f"{file}, line {number}: {what}; nothing was imported")
