"""The member service as `docs/sync-api.md` describes it: ask, and judge what comes back.

Rules of this file:
- TLS is verified, always; plain HTTP is for a service on this machine. Redirects are not followed: the URL
  is signed.
- Requests are signed by HTTP Message Signatures (RFC 9421) over a Content-Digest (RFC 9530), each with a
  nonce of its own.
- Every wait and every answer is bounded. What goes wrong leaves as `ServiceError`, which says whether asking
  again may help, and when.
- The box's clock may be wrong: every answer brings the service's time, and signatures are dated by that.
"""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from http_message_signatures import MappingKeyResolver, algorithms
from requests_http_signature import HTTPSignatureAuth

from receiptbridge.cloud.schedule import parse_retry_after
from receiptbridge.errors import ServiceError
from receiptbridge.identity import BoxKey
from receiptbridge.words import N_, _

CONNECT_SECONDS = 10.0  # a store's uplink that needs longer for a handshake is down
# Between two pieces of an answer: a small server commits a full batch in well under a second.
READ_SECONDS = 30.0
ANSWER_MOST_BYTES = 2 * 1024 * 1024  # 500 results are about 100 kB
COVERED_COMPONENTS = ("@method", "@target-uri")  # the library adds content-digest

OK = 200
NOT_MODIFIED = 304
UNAUTHORIZED = 401
CONTENT_REFUSED = frozenset({400, 413, 422})
_NOT_NOW = frozenset({408, 425, 429})  # and all of 500 to 599


class ContentRefused(ServiceError):
    """The service has read this request and will never take it as it is; a part of it may be welcome."""


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: Any  # decoded JSON, None where there was none


class _BoxSignature(HTTPSignatureAuth):
    """The library's signature, dated by the service's time rather than by a clock that may be wrong."""

    def __init__(self, key: BoxKey, service_time: Callable[[], float]) -> None:
        super().__init__(
            signature_algorithm=algorithms.ED25519,
            key_id=key.key_id,
            key_resolver=MappingKeyResolver(public_keys={}, private_keys={key.key_id: key.private_key}),
            covered_component_ids=COVERED_COMPONENTS,
            label="sig",
            use_nonce=True,
        )
        self._service_time = service_time

    def get_created(self, request: requests.PreparedRequest) -> datetime:
        return datetime.fromtimestamp(int(self._service_time()), tz=UTC)


class ServiceClient:
    """One box's connection to its service; without a `key` it can only enrol. Use from one thread."""

    def __init__(
        self, url: str, key: BoxKey | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        _check_url(url)
        self._url = url.rstrip("/")
        self._clock = clock
        self._clock_offset = 0.0
        self.heard_time = False
        self._signature = _BoxSignature(key, self.service_time) if key else None
        self._session = requests.Session()

    def service_time(self) -> float:
        """Unix time as the service has it, as far as it has been heard."""
        return self._clock() + self._clock_offset

    def enrol(self, code: str, public_key: str, hardware: str) -> dict[str, Any]:
        """Trade a one-time code for a box id; `public_key` is base64. Raises `ServiceError`."""
        asked = {"code": code, "public_key": public_key, "hardware": hardware}
        return _object(self._ask("POST", "/v1/enrol", asked))

    def send_sales(self, items: list[dict[str, Any]]) -> list[Any]:
        """Deliver up to 500 sales; one result each, as far as the service answered.

        Raises `ContentRefused` where the whole batch was refused for what is in it, else `ServiceError`.
        """
        results = _object(self._ask("POST", "/v1/sales", {"sales": items})).get("results")
        if not isinstance(results, list):
            raise _garbled("no list of results")
        return results

    def fetch_settings(self, etag: str | None) -> tuple[dict[str, Any], str | None] | None:
        """The settings and their ETag, or None where those of `etag` still hold. Raises `ServiceError`."""
        reply = self._ask("GET", "/v1/settings", headers={"If-None-Match": etag} if etag else {})
        return None if reply.status == NOT_MODIFIED else (_object(reply), reply.headers.get("ETag"))

    def add_key(self, public_key: str, proof: str) -> dict[str, Any]:
        """Have this box's next key known; both are base64. Raises `ServiceError`."""
        return _object(self._ask("POST", "/v1/keys", {"public_key": public_key, "proof": proof}))

    def put_setup(self, setup: Mapping[str, Any]) -> None:
        """Have the service keep how this box is set up. Raises `ServiceError`."""
        self._ask("PUT", "/v1/setup", setup)

    def send_heartbeat(self, state: Mapping[str, Any]) -> None:
        """Tell the service how the box is, and hear its time. Raises `ServiceError`."""
        self._ask("POST", "/v1/heartbeat", state)

    def close(self) -> None:
        self._session.close()

    def _ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Ask, and once more where the service only minded the clock that this very answer corrects."""
        reply = self._request(method, path, body, headers)
        if reply.status == UNAUTHORIZED and _error_code(reply) == "clock":
            reply = self._request(method, path, body, headers)
        if reply.status not in (OK, NOT_MODIFIED):
            raise _judge(reply, self._clock())
        return reply

    def _request(self, method: str, path: str, body: Any, headers: Mapping[str, str] | None) -> Reply:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        typed = {"Content-Type": "application/json"} if data else {}
        try:
            with self._session.request(
                method,
                self._url + path,
                data=data,
                headers={**typed, **(headers or {})},
                auth=self._signature,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                verify=True,
                stream=True,
            ) as response:
                reply = Reply(response.status_code, response.headers, _read_json(response))
        except requests.RequestException as fault:
            raise _unreachable(self._url, fault) from fault
        self._learn_time(reply.body)
        return reply

    def _learn_time(self, body: Any) -> None:
        if isinstance(body, dict) and isinstance(heard := body.get("service_time"), int):
            self._clock_offset = heard - self._clock()
            self.heard_time = True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or "")):
        return
    raise ServiceError(
        _("{url!r} is no address that a box talks to").format(url=url),
        hint=_("Give [service] url an https:// address; http:// is taken for 127.0.0.1 only."),
        permanent=True,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read_json(response: requests.Response) -> Any:
    """The decoded body, None where there is none or it is not JSON. Reads no more than the bound."""
    data = bytearray()
    for piece in response.iter_content(chunk_size=64 * 1024):
        data += piece
        if len(data) > ANSWER_MOST_BYTES:
            raise _garbled(_("more than {count} bytes").format(count=ANSWER_MOST_BYTES))
    try:
        return json.loads(data)
    except ValueError:
        return None


def _object(reply: Reply) -> dict[str, Any]:
    if not isinstance(reply.body, dict):
        raise _garbled(_("no JSON object"))
    return reply.body


def _error_code(reply: Reply) -> str:
    match reply.body:
        case {"error": {"code": str(code)}}:
            return code
    return ""


def _error_text(reply: Reply) -> str:
    match reply.body:
        case {"error": {"message": str(message)}}:
            return f"{message} ({reply.status} {_error_code(reply)})"
    return _("status {number}").format(number=reply.status)


def _judge(reply: Reply, now: float) -> ServiceError:
    """Whose fault a refusal is, and whether to ask again (the table of docs/sync-api.md)."""
    what, code = _("The service refused: {what}").format(what=_error_text(reply)), _error_code(reply)
    if reply.status in CONTENT_REFUSED:
        return ContentRefused(what, permanent=True, code=code)
    if reply.status >= 500 or reply.status in _NOT_NOW:
        asked = parse_retry_after(reply.headers.get("Retry-After"), now)
        return ServiceError(what, hint=_("It is tried again by itself."), retry_after=asked, code=code)
    return ServiceError(what, hint=_(_HINTS.get(reply.status, _OTHER_SERVICE)), permanent=True, code=code)


_OTHER_SERVICE = N_(
    "Is [service] url the address of the member service itself, and is the service up to date?"
)
_HINTS: Mapping[int, str] = {
    401: N_("The service does not accept this box's key; enrol the box again if it was replaced."),
    403: N_("Ask the head office whether this box may still deliver, or for a new enrolment code."),
}


def _unreachable(url: str, fault: requests.RequestException) -> ServiceError:
    if isinstance(fault, requests.exceptions.SSLError):
        hint = _("Check the box's date, and that the service's certificate is valid for this name.")
        return ServiceError(
            _("{url} could not prove that it is the service: {cause}").format(url=url, cause=_cause(fault)),
            hint=hint,
        )
    hint = _("Check the network and [service] url; sales are kept and go out when it is back.")
    return ServiceError(_("{url} cannot be reached: {cause}").format(url=url, cause=_cause(fault)), hint=hint)


def _cause(fault: requests.RequestException) -> str:
    """What went wrong at the bottom of it: "Connection refused" instead of three libraries' wrappings."""
    inner = fault.args[0] if fault.args else fault
    said = str(getattr(inner, "reason", inner))
    return _(said.rpartition("] ")[2].rpartition(": ")[2].strip("'\")( ") or type(fault).__name__)


def _garbled(what: str) -> ServiceError:
    return ServiceError(
        _("The service's answer is not what was agreed: {what}").format(what=what), hint=_(_OTHER_SERVICE)
    )
