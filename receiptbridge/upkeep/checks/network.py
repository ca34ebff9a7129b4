"""Checks of what is reached over the network: printers of lanes that do not run, and the member service."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from receiptbridge.links.address import parse_address
from receiptbridge.upkeep.checks.machine import DRIFT_MOST
from receiptbridge.upkeep.checks.place import Finding, Place, bad, good, unknown, warning
from receiptbridge.upkeep.needs import PRINTER_WORDS
from receiptbridge.words import _

CONNECT_MOST: Final = 3.0
"""Seconds: a printer in the shop answers in milliseconds, a service far away in a few hundred."""

CERTIFICATE_DAYS: Final = 14
"""Certificates are renewed a month before their end where that works by itself."""

HEALTH: Final = "/v1/health"


def printers(place: Place) -> Iterator[Finding]:
    """Of a lane that runs, the lane tells: most network printers serve one connection at a time, the till's."""
    for lane in place.lanes:
        said = place.lane_says(lane.name)
        address = parse_address(lane.printer)
        if said is not None:
            condition = said["printer"]
            words = _(PRINTER_WORDS[condition])
            if condition in ("PAPER_OUT", "COVER_OPEN", "OFFLINE", "GONE"):
                yield bad(words, _("Look at the printer: power, paper, cover, cable."), lane.name)
            elif said["printer_connected"]:
                yield good(words, lane.name)
            else:
                yield unknown(
                    _("nothing prints now; the lane connects with the next receipt"), lane=lane.name
                )
        elif address.scheme == "tcp":
            yield _reached(address.host, address.port, lane.name)
        else:
            yield unknown(_("the lane does not run; see its devices above"), lane=lane.name)
    if not place.lanes:
        yield unknown(_("no lane has one"))


def _reached(host: str, port: int, lane: str) -> Finding:
    try:
        socket.create_connection((host, port), timeout=CONNECT_MOST).close()
    except OSError as fault:
        what = _("{host} port {port} does not answer: {why}").format(
            host=host, port=port, why=_(fault.strerror or str(fault))
        )
        hint = _(
            "Is it on, and has it that address? Its self-test prints it: hold the feed key while switching on."
        )
        return bad(what, hint, lane)
    return good(_("{host} port {port} answers").format(host=host, port=port), lane)


def service(place: Place) -> Iterator[Finding]:
    """Name, certificate, answer and time of the service, by one request."""
    url = urlsplit(place.config.service.url)
    if not url.hostname:
        yield unknown(_("none is configured"), _("Put its url under [service]."))
        return
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        socket.getaddrinfo(url.hostname, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        what = _("no address is known for {host}: {why}").format(
            host=url.hostname, why=_(fault.strerror or str(fault))
        )
        yield bad(
            what, _("Is there a network? resolvectl status; ping -c 3 {host}").format(host=url.hostname)
        )
        return
    try:
        yield from _answer(url.scheme, url.hostname, port, url.path)
    except ssl.SSLCertVerificationError as fault:
        what = _("its certificate is not accepted: {why}").format(why=fault.verify_message)
        yield bad(what, _("Is the clock right (date), and no portal between? Tell head office."))
    except (OSError, http.client.HTTPException) as fault:
        why = _(getattr(fault, "strerror", None) or str(fault))
        what = _("{host} port {port} does not answer: {why}").format(host=url.hostname, port=port, why=why)
        yield bad(
            what, _("May the shop's network reach it? Ask for port {port} to be opened.").format(port=port)
        )


def _answer(scheme: str, host: str, port: int, path: str) -> Iterator[Finding]:
    secure = scheme == "https"
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=CONNECT_MOST, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(host, port, timeout=CONNECT_MOST)
    )
    with contextlib.closing(connection):
        connection.connect()
        if isinstance(connection.sock, ssl.SSLSocket):
            yield _certificate(connection.sock)
        connection.request("GET", path.rstrip("/") + HEALTH)
        answer = connection.getresponse()
        answer.read()
        date = answer.getheader("Date")
    if answer.status >= 400:
        what = _("it answers {status} {reason}").format(status=answer.status, reason=answer.reason)
        yield bad(what, _("Is that the member service's url? Else tell head office."))
    else:
        yield good(_("{host} answers").format(host=host))
    if date is not None:
        yield from _drift(date)


def _certificate(secured: ssl.SSLSocket) -> Finding:
    told = secured.getpeercert() or {}
    end = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
    days = (end - datetime.now(UTC)).days
    what = _("its certificate ends in {days} days").format(days=days)
    return (
        good(what)
        if days >= CERTIFICATE_DAYS
        else warning(what, _("Tell head office: they have to renew it."))
    )


def _drift(date: str) -> Iterator[Finding]:
    try:
        drift = time.time() - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return
    if abs(drift) > DRIFT_MOST:
        what = _("the machine's clock differs from the service's by {seconds:.0f} s").format(seconds=drift)
        yield warning(what, "sudo timedatectl set-ntp true")
