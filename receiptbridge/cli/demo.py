"""`receiptbridge demo`: the whole path once, with simulated hardware and real everything else.

Member service, lane and sync run as the processes they are in production; the register and the printer are
simulated, each in a process of its own. What is shown is read back from the paper and from the service's pages,
not from the box.
"""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import time
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import requests
import typer
from rich.console import Console

from receiptbridge.cli.stage import Stage, wait_for
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.words import _

PHONE = "13800138000"
PRINTER = "xprinter-xp-80"

_CONFIG = """\
state_dir = "{state}"

[service]
url = "{url}"
claim_prefix = "{prefix}"

[points]
currency = "CNY"
minor_per_point = 1000

[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://127.0.0.1:{register}"
printer = "tcp://127.0.0.1:{printer}"
printer_profile = "{profile}"
register_profile = "generic"
"""


def demo(
    out: Annotated[Path, typer.Option(help="Where the printed paper goes, as PNG.")] = Path("demo/out"),
    stay: Annotated[bool, typer.Option("--stay", help="Keep running, for a browser.")] = False,
) -> None:
    """Show the whole path: a sale, its code on paper, the claim, the points.

    Example: receiptbridge demo --out demo/out
    """
    _need_the_simulators()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="receiptbridge-demo-") as state, Stage(out / "logs") as stage:
        Story(stage, out, Path(state), Console()).tell(stay)


def _need_the_simulators() -> None:
    for module in ("hardware_sim", "member_service", "zxingcpp", "PIL", "fastapi"):
        if find_spec(module) is None:
            raise UsageError(
                _(
                    "the demo needs the simulated hardware and the member service ({module} is not installed)"
                ).format(module=module),
                hint="pip install 'receiptbridge[service,sim]'",
            )


class Story:
    """The demo, step by step; every step says what can be seen."""

    def __init__(self, stage: Stage, out: Path, state: Path, console: Console) -> None:
        self._stage = stage
        self._out = out
        self._state = state
        self._console = console
        self._began = time.monotonic()
        self._ports = stage.free_ports(3)
        self._url = f"http://127.0.0.1:{self._ports[0]}"
        self._config = out / "config.toml"

    def tell(self, stay: bool) -> None:
        self._set_up()
        first = self._sell("zh", 1)
        second = self._sell("en", 2)
        self._claim(first)
        self._scan_again(first)
        self._forge(first)
        self._wait_for_sync(2)
        self._say(_("The paper is in {folder}/: paper-0001.png and paper-0002.png.").format(folder=self._out))
        if stay:
            self._stay(second)

    def _set_up(self) -> None:
        service, register, printer = self._ports
        self._say(_("Member service, virtual printer, lane and sync start, each a process of its own."))
        database = f"sqlite:///{self._state}/members.db"
        self._stage.start(
            "service", "member_service", "serve", "--port", str(service), "--database", database,
            "--public-url", self._url,
        )  # fmt: skip
        self._stage.wait_for_port(service)
        code = self._stage.run(
            "member_service", "add-till", "--database", database, "--merchant", "万家福超市", "--store", "人民路店",
            "--till", "till-1",
        )  # fmt: skip
        self._config.write_text(
            _CONFIG.format(
                state=self._state, url=self._url, prefix=f"{self._url}/C/".upper(),
                register=register, printer=printer, profile=PRINTER,
            ),
            "utf-8",
        )  # fmt: skip
        config = ("--config", str(self._config))
        self._stage.run("receiptbridge", "enrol", _code_in(code), *config)
        self._say(_("The box is enrolled: its key was made on the box and never leaves it."))
        self._stage.start(
            "printer", "hardware_sim", "printer", "--listen", f"127.0.0.1:{printer}", "--model", PRINTER,
            "--out", str(self._out),
        )  # fmt: skip
        self._stage.wait_for_port(printer)
        self._stage.start("lane", "receiptbridge", "run", *config)
        self._stage.start("sync", "receiptbridge", "sync", *config)
        self._stage.wait_for_port(register)

    def _sell(self, language: str, number: int) -> str:
        """One sale at the simulated register; the URL in the QR on the paper that comes out."""
        from hardware_sim import shop

        items = shop.BASKETS["zh" if language == "zh" else "en"]
        total = sum((item.amount for item in items), Decimal(0))
        job = self._out / f"job-{number}.bin"
        job.write_bytes(
            shop.receipt(
                "zh" if language == "zh" else "en", items, number=f"2026{number:08d}",
                when=datetime.datetime.now(), cash=Decimal(100),
            )
        )  # fmt: skip
        self._stage.run("hardware_sim", "register", "--connect", f"127.0.0.1:{self._ports[1]}", str(job))
        paper = self._out / f"paper-{number:04}.png"
        url = wait_for(lambda: _code_on(paper), _("a code on {paper}").format(paper=paper))
        self._say(
            _("A sale of {total} yuan, paid in cash. Its receipt came out with a code:").format(total=total),
            str(paper),
        )
        return url

    def _claim(self, url: str) -> None:
        """The shopper opens the page and gives a phone number."""
        page = requests.get(url, headers={"Accept-Language": "en"}, timeout=10)
        self._expect(page.ok and "63.67" in page.text, _("the claim page shows the sale"), page)
        thanks = requests.post(url, data={"phone": PHONE}, headers={"Accept-Language": "en"}, timeout=10)
        self._expect(thanks.ok and re.search(r"\b6\b", thanks.text), _("the points are credited"), thanks)
        self._say(_("The shopper scanned it, gave a phone number, is a member and has 6 points:"), url)

    def _scan_again(self, url: str) -> None:
        page = requests.get(url, headers={"Accept-Language": "en"}, timeout=10)
        self._expect("already" in page.text.lower(), _("a second scan is told so"), page)
        self._say(_("A second scan of the same paper says that it has been claimed already."))

    def _forge(self, url: str) -> None:
        """Change the amount inside the token, as a forger would."""
        at = len(url) - 120
        forged = url[:at] + ("A" if url[at] != "A" else "B") + url[at + 1 :]
        page = requests.get(forged, timeout=10)
        self._expect(page.status_code >= 400, _("a forged code is refused"), page)
        self._say(
            _("A code with one character changed is refused ({status}).").format(status=page.status_code)
        )

    def _wait_for_sync(self, sales: int) -> None:
        """Both sales reach the service; asked of the journal that both processes share."""
        from receiptbridge.journal import FILE_NAME, Journal

        journal = Journal.open(self._state / FILE_NAME)
        try:
            wait_for(lambda: journal.counters()["due"] == 0 or None, _("the sales to be synced"))
        finally:
            journal.close()
        self._say(
            _(
                "Sync brought {count} sales to the member service; it knew the claimed one by its code."
            ).format(count=sales)
        )

    def _stay(self, url: str) -> None:
        self._say(
            _("Everything keeps running until Ctrl-C. This code is still to be claimed, in a browser:"), url
        )
        self._say(
            _("Sell more with:"), f"python -m hardware_sim register --connect 127.0.0.1:{self._ports[1]} FILE"
        )
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            self._say(_("Stopped."))

    def _expect(self, holds: object, what: str, page: requests.Response) -> None:
        if not holds:
            (self._out / "unexpected.html").write_text(page.text, "utf-8")
            raise ReceiptBridgeError(
                _("not so: {what} ({status} from {url})").format(
                    what=what, status=page.status_code, url=page.url
                )
            )

    def _say(self, what: str, detail: str = "") -> None:
        passed = time.monotonic() - self._began
        self._console.print(f"[dim]{passed:5.1f} s[/]  [green]✓[/] {what}", highlight=False, soft_wrap=True)
        if detail:
            self._console.print(f"           {detail}", style="cyan", soft_wrap=True, highlight=False)


def _code_in(said: str) -> str:
    """The enrolment code in what `add-till` printed: the longest word of letters, digits and dashes."""
    words: list[str] = re.findall(r"[0-9A-Z]+(?:-[0-9A-Z]+)+", said)
    return max(words, key=len)


def _code_on(paper: Path) -> str | None:
    """The URL of the QR on a paper, as a phone's camera would read it."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(paper) as picture:
            codes = zxingcpp.read_barcodes(picture.convert("L"))
    except (FileNotFoundError, UnidentifiedImageError, OSError):
        return None
    return str(codes[0].text) if codes else None
