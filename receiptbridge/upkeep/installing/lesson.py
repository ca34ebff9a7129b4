"""The step `learn`: totals typed by a person teach the box where this register prints them.

The receipts are those of the proof, and more if they are too few. A till that sends pictures is told here: nothing can
be read off them, and what makes a till send text is said instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from receiptbridge.profiles.load import load_register, own_root
from receiptbridge.profiles.model import RegisterProfile
from receiptbridge.receipt import learning
from receiptbridge.receipt.carriers import Sample
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.page import Page, read_page
from receiptbridge.receipt.read import read_receipt
from receiptbridge.upkeep.capturing import How, reading_by
from receiptbridge.upkeep.installing.laning import take_over, write_lane
from receiptbridge.upkeep.installing.visit import PATIENCE, Stopped, Visit, again, truth
from receiptbridge.upkeep.recording import recording
from receiptbridge.upkeep.register_files import as_toml
from receiptbridge.words import N_, _

SALES: Final = learning.FEWEST_SAMPLES
KEPT_MOST: Final = 12
"""Receipts that are kept: who proves a counter prints some six, and learning wants three."""

SHOWN: Final = 12
"""Rows of a receipt that are shown, from its end: totals stand there, and a screen has 24."""

SETTLE: Final = 1.0
GENERIC: Final = "generic"


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt of the proof, and what is printed on it."""

    file: Path
    pages: tuple[Page, ...]

    @property
    def is_picture(self) -> bool:
        """Hardly any text, and pictures: a logo above a receipt in text is none of these."""
        rows = [line for page in self.pages for line in page.lines if line.text.strip()]
        return len(rows) < 3 and any(page.pictures for page in self.pages)

    @property
    def rows(self) -> list[str]:
        return [line.text.rstrip() for page in self.pages for line in page.lines if line.text.strip()]


def keep_receipts(visit: Visit, data: bytes) -> None:
    """Keep what the till sent; the oldest goes when there are many. Readable for the box's own user only."""
    folder = visit.known.receipts
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = sorted(folder.glob("*.bin"))
    number = int(files[-1].stem) + 1 if files else 1
    descriptor = os.open(folder / f"{number:04}.bin", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    for old in files[: max(0, len(files) + 1 - KEPT_MOST)]:
        old.unlink()


def learn(visit: Visit) -> None:
    """Have totals typed, and learn where they stand; or say that the till sends pictures."""
    if not _made_text(visit):
        return
    sales = _sales(visit)
    how = _how(visit)
    read_wrong = [sale for sale in sales if _read_as(sale, load_register(GENERIC), how) != sale.total]
    if not read_wrong:
        visit.person.tell(
            _("All {count} totals are read right: no profile is needed.").format(count=len(sales))
        )
        visit.learn(register_profile=GENERIC)
        return
    profile = _taught(visit, sales, how)
    name = _write(visit, profile, [sale.name for sale in sales])
    visit.learn(register_profile=name)
    write_lane(visit, register_profile=name)
    take_over(visit)
    visit.person.tell(
        _("Learnt: all {count} totals are read with it. Profile: {name}.").format(count=len(sales), name=name)
    )


def _taught(visit: Visit, sales: Sequence[Sample], how: How) -> RegisterProfile:
    """The profile that reads all sales. Raises `Stopped` where none does."""
    base = load_register(GENERIC)
    lesson = learning.learn(sales, base, lambda sample, profile: _readings(sample, profile, how))
    if lesson.profile is not None:
        return lesson.profile
    base = base.but(only_paid_sales=True)
    paid = learning.learn(sales, base, lambda sample, profile: _readings(sample, profile, how))
    question = _(
        "Nothing on the paper says that it was paid. Does this till print only when it was, never a bill before?"
    )
    if paid.profile is not None and visit.yes("learn.only-paid", question) == "yes":
        return paid.profile
    _forget(visit)
    raise Stopped(
        _("no profile reads these totals: {reason}").format(reason=lesson.reason),
        _("Print other sales, with different totals and several items, and type their totals as printed."),
        again("learn"),
    )


# ---- pictures


def _made_text(visit: Visit) -> bool:
    """Whether the till prints text, after it was set so where it did not."""
    while True:
        kept = _kept(visit)
        if not kept:
            _another(visit, _("Print a sale at the till."))
            continue
        if not kept[-1].is_picture:
            for one in kept:
                if one.is_picture:
                    one.file.unlink()
            return True
        visit.person.tell(
            _(
                "The till sends its receipts as pictures. They pass, and no total can be read off them: no codes."
            )
        )
        change = _("have the till print text, and look again")
        leave = _("leave it: the box passes everything on, and prints no codes")
        if (
            visit.person.choose("learn.pictures", _("What now?"), {"change": change, "leave": leave})
            == "leave"
        ):
            visit.learn(pictures="yes")
            return False
        for task in HOW_TO_PRINT_TEXT:
            visit.person.tell(_(task))
        visit.have_set("learn.set", _("At the till, set the printer's driver or profile to text."))
        _forget(visit)
        _another(visit, _("Print a sale at the till."))


HOW_TO_PRINT_TEXT: Final = (
    N_(
        "In the till's settings of its printer: take 'text', 'ESC/POS' or 'device font' for 'graphic' or 'image'."
    ),
    N_(
        "Where it prints by a Windows driver: take 'Generic / Text Only', or the printer's own fonts in the layout."
    ),
    N_(
        "Where the till has a list of printers: take the model itself, or another of its family, not 'universal'."
    ),
)


# ---- sales with their totals


def _sales(visit: Visit) -> list[Sample]:
    """At least so many sales with totals that somebody typed."""
    sales: dict[Path, Sample] = {}
    passed: set[Path] = set()
    while True:
        for one in _kept(visit):
            if one.file in sales or one.file in passed or len(sales) == SALES:
                continue
            total = _typed_total(visit, len(sales) + 1, one.rows)
            if total is None:
                passed.add(one.file)
            else:
                sales[one.file] = _sample(one, total)
        if len(sales) >= SALES:
            return list(sales.values())
        missing = SALES - len(sales)
        _another(
            visit,
            _("Print another sale at the till, with another total ({missing} more).").format(missing=missing),
        )


def _typed_total(visit: Visit, number: int, rows: Sequence[str]) -> Decimal | None:
    for row in rows[-SHOWN:]:
        visit.person.tell(f"  | {row}")
    question = _("What is the total of this receipt? (12.50; empty: it is no sale)")
    while text := visit.person.type(f"learn.total.{number}", question).strip():
        try:
            amount = Decimal(text)
            if amount.is_finite() and amount >= 0:
                return amount
        except InvalidOperation:
            pass
        visit.person.tell(_("Write it as 12.50, without currency and thousands marks."))
    return None


def _another(visit: Visit, task: str) -> None:
    """Wait for one more receipt, and keep it."""
    with recording(visit.lane, visit.state_dir) as passed:
        if visit.wait(task, truth(lambda: bool(passed.passed().from_register))) is None:
            raise Stopped(_("nothing came from the till"), again("learn"))
        passed.still(SETTLE, PATIENCE)
        keep_receipts(visit, passed.passed().from_register)


def _kept(visit: Visit) -> list[Kept]:
    how = _how(visit)
    files = sorted(visit.known.receipts.glob("*.bin"))
    return [Kept(file, tuple(_pages(file.read_bytes(), how))) for file in files]


def _forget(visit: Visit) -> None:
    for file in visit.known.receipts.glob("*.bin"):
        file.unlink()


# ---- reading


def _how(visit: Visit) -> How:
    return reading_by(visit.config.find_lane(visit.lane).printer_profile, GENERIC)


def _pages(data: bytes, how: How) -> Iterator[Page]:
    return (read_page(receipt, how.grammar, how.printer) for receipt in split(data, how.grammar, how.printer))


def _sample(one: Kept, total: Decimal) -> Sample:
    lines = tuple(tuple((line.text, line.large) for line in page.lines) for page in one.pages)
    return Sample(one.file.name, one.file.read_bytes(), lines, total)


def _readings(sample: Sample, profile: RegisterProfile, how: How) -> list[ReceiptReading]:
    readings = [
        read_receipt(receipt, grammar=how.grammar, printer=how.printer, register=profile, currency=None)
        for receipt in split(sample.data, how.grammar, how.printer)
    ]
    return readings or [ReceiptReading(Kind.OTHER)]


def _read_as(sample: Sample, profile: RegisterProfile, how: How) -> Decimal | None:
    return learning.amount_of(learning.main_reading(_readings(sample, profile, how)))


def _write(visit: Visit, profile: RegisterProfile, names: Sequence[str]) -> str:
    file = own_root() / "registers" / f"{visit.lane}.toml"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_toml(profile, GENERIC, visit.lane, names), "utf-8")
    except OSError as fault:
        raise Stopped(f"{file}: {fault.strerror}", _("Use sudo."), again("learn")) from None
    return file.stem
