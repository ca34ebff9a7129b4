"""`python -m receiptbridge`, and the console command.

A lane is up sooner and smaller without what only people at a terminal need. So its call as systemd makes it is taken
here, and all others (`run --help` and mistyped options, too) go to the command line.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from receiptbridge.errors import ReceiptBridgeError


def main() -> None:
    """Run lanes, or whatever else is asked for."""
    options = plain_run(sys.argv[1:])
    if options is None:
        from receiptbridge.cli import main as command_line

        command_line()
        return
    try:
        _run(options.get("--config"), options.get("--lane"))
    except ReceiptBridgeError as fault:
        sys.exit(fault.told())


def plain_run(words: Sequence[str]) -> Mapping[str, str] | None:
    """The options of `run [--config FILE] [--lane NAME]`, None for any other call."""
    command, names, values = words[:1], words[1::2], words[2::2]
    known = command == ["run"] and len(names) == len(values) == len(
        {"--config", "--lane"}.intersection(names)
    )
    return (
        dict(zip(names, values, strict=True))
        if known and not any(v.startswith("-") for v in values)
        else None
    )


def _run(config: str | None, lane: str | None) -> None:
    # asyncio and segno import it where it is there. A lane speaks no TLS, and OpenSSL is 4 MB of its memory.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    from receiptbridge.lanes import run_until_stopped

    run_until_stopped(Path(config) if config else None, lane)


if __name__ == "__main__":
    main()
