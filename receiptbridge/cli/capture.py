"""`receiptbridge capture [LANE]`: the bytes of a running lane, both ways, with their times."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from time import localtime, strftime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from receiptbridge.cli.owner import private_file, private_folder
from receiptbridge.cli.screen import AsJson, ConfigFile, lane_names, say, show_json
from receiptbridge.config import load_config
from receiptbridge.errors import UsageError
from receiptbridge.upkeep.lanes import one_lane
from receiptbridge.words import _

if TYPE_CHECKING:
    from receiptbridge.upkeep.capturing import Taken

MINUTES: Final = 10.0
MINUTES_MOST: Final = 24 * 60.0
BYTES: Final = 8 << 20
"""Some thousand receipts of text, or fifty sent as pictures."""

BYTES_MOST: Final = 64 << 20
"""What a masked capture may take of a box's memory: it is kept there until it ends."""


def capture(
    lane: Annotated[
        str | None, typer.Argument(help="Which lane; the only one if left out.", autocompletion=lane_names)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; else LANE-DATE-TIME.capture here.")
    ] = None,
    receipts: Annotated[int | None, typer.Option(min=1, help="End after so many receipts.")] = None,
    minutes: Annotated[
        float, typer.Option(min=0.01, max=MINUTES_MOST, help="End after so many minutes.")
    ] = MINUTES,
    most: Annotated[
        int, typer.Option(min=1, max=BYTES_MOST, metavar="BYTES", help="End after so many bytes.")
    ] = BYTES,
    masked: Annotated[
        bool,
        typer.Option("--masked", help="Hide what is personal, and the box's own codes; leave out pictures."),
    ] = False,
    bin_folder: Annotated[
        Path | None,
        typer.Option("--bin", metavar="DIR", help="Also each job's bytes, for inspect and learn."),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take down what crosses a running lane, both ways, for support, replay and learn.

    Example: receiptbridge capture till-1 --receipts 3 --bin sales
    Example: receiptbridge capture till-1 --masked --minutes 60 --out noon.capture
    """
    from receiptbridge.upkeep.capturing import Bounds
    from receiptbridge.upkeep.capturing import capture as take_down

    settings = load_config(config)
    chosen = one_lane(settings, lane)
    file = out or Path(f"{chosen.name}-{strftime('%Y%m%d-%H%M%S', localtime())}.capture")
    _check_folder(bin_folder)
    _end_on_signals()
    begun = _("capturing {lane} into {file}; Ctrl-C ends it").format(lane=chosen.name, file=file)
    bounds = Bounds(receipts, minutes * 60, most)
    with private_file(file, settings.state_dir) as opened:
        taken = take_down(
            chosen, settings.state_dir, opened, bounds,
            currency=settings.points.currency, masked=masked, tell=_progress(begun),
        )  # fmt: skip
    written = _write_jobs(file, bin_folder, settings.state_dir) if bin_folder else []
    _show(taken, file, written, as_json)


def _check_folder(folder: Path | None) -> None:
    if folder is not None and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(_("{folder} is not empty").format(folder=folder), hint=_("Name a new folder."))


def _end_on_signals() -> None:
    """What was captured is kept when the terminal goes away, too."""

    def end(*_: Any) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def _progress(begun: str) -> Callable[[Taken], None]:
    """Says that it has begun, and how far it is after every receipt."""
    said = -1

    def tell(taken: Taken) -> None:
        nonlocal said
        if said < 0:
            say(begun)
        elif taken.receipts > said:
            say(_("{receipts} receipts, {bytes} bytes").format(receipts=taken.receipts, bytes=taken.bytes))
        said = taken.receipts

    return tell


def _write_jobs(file: Path, folder: Path, state_dir: Path) -> list[Path]:
    from receiptbridge.upkeep.capture_file import read_capture_file
    from receiptbridge.upkeep.capturing import job_bytes

    capture = read_capture_file(file)
    assert capture is not None, "we wrote it"
    try:
        private_folder(folder, state_dir)
    except OSError as fault:
        raise UsageError(
            f"{folder}: {_(fault.strerror or str(fault))}",
            hint=_("The capture itself is in {file}.").format(file=file),
        ) from None
    paths = []
    for number, job in enumerate(job_bytes(capture), start=1):
        paths.append(folder / f"{number:03}.bin")
        with private_file(paths[-1], state_dir) as opened:
            opened.write(job)
    return paths


def _show(taken: Taken, file: Path, written: list[Path], as_json: bool) -> None:
    if as_json:
        show_json({
            "file": str(file), "why": taken.why, "seconds": taken.seconds, "receipts": taken.receipts,
            "missed": taken.missed, "bytes": taken.sizes, "masked": taken.masked or None,
            "jobs": [str(path) for path in written],
        })  # fmt: skip
        return
    typer.echo(
        _("{file}: {receipts} receipts, {bytes} bytes; ended by: {why}").format(
            file=file, receipts=taken.receipts, bytes=taken.bytes, why=_(taken.why)
        )
    )
    if taken.missed:
        typer.echo(_("{missed} pieces were dropped: this command was too slow").format(missed=taken.missed))
    if taken.masked:
        typer.echo(
            _("masked: {characters} characters; left out: {pictures} pictures, {symbols} symbols").format(
                **taken.masked
            )
        )
        typer.echo(_("Names without a label before them are not known as names: look before you send it."))
    if written:
        typer.echo(_("{count} jobs in {folder}").format(count=len(written), folder=written[0].parent))
