"""The client at the door: signed, verified, bounded, and every fault judged."""

from __future__ import annotations

import base64
import hashlib
import ssl
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver, algorithms

from receiptbridge.cloud.client import ContentRefused, ServiceClient
from receiptbridge.errors import ServiceError

SERVICE_TIME = 1_795_340_000


def test_a_request_is_signed_over_method_url_and_body(box, service):
    box.client.send_heartbeat({"queue": 3})
    ((method, path, headers, body),) = service.requests
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert headers["Content-Digest"] == f"sha-256=:{digest}:"
    message = SimpleNamespace(method=method, url=service.url + path, headers=headers)
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(
            public_keys={box.key.key_id: box.key.private_key.public_key()}, private_keys={}
        ),
    )
    (verified,) = verifier.verify(
        message, max_age=None, require_components=("@method", "@target-uri", "content-digest"), body=body
    )
    assert verified.parameters["keyid"] == box.key.key_id
    assert verified.parameters["created"] == SERVICE_TIME
    assert 16 <= len(verified.parameters["nonce"]) <= 64


def test_no_nonce_is_used_twice(box, service):
    for _ in range(20):
        box.client.send_heartbeat({})
    nonces = {headers["Signature-Input"].split("nonce=")[1] for _, _, headers, _ in service.requests}
    assert len(nonces) == 20


def test_a_wrong_clock_is_corrected_by_the_answer_that_refuses_it(box, service):
    service.clock_must_be_near = lambda created: abs(created - SERVICE_TIME) <= 300
    box.now = 0.0
    box.client.send_heartbeat({})
    assert len(service.requests) == 2
    assert box.client.service_time() == SERVICE_TIME
    box.client.send_heartbeat({})
    assert len(service.requests) == 3


def test_a_clock_that_stays_refused_is_tried_once_more_and_no_further(box, service):
    service.clock_must_be_near = lambda created: False
    with pytest.raises(ServiceError) as caught:
        box.client.send_heartbeat({})
    assert caught.value.permanent
    assert len(service.requests) == 2


@pytest.mark.parametrize(
    ("fault", "permanent", "retry_after"),
    [
        ((500, {}), False, None),
        ((502, {}), False, None),
        ((503, {"Retry-After": "7"}), False, 7),
        ((429, {"Retry-After": "120"}), False, 120),
        ((429, {}), False, None),
        ((401, {}), True, None),
        ((403, {}), True, None),
        ((404, {}), True, None),
        ((301, {"Location": "https://elsewhere.example/"}), True, None),
        ("lost", False, None),
        ("garbled", False, None),
        ("oversized", False, None),
    ],
)
def test_every_fault_says_whether_to_ask_again(box, service, fault, permanent, retry_after):
    service.script.append(fault)
    with pytest.raises(ServiceError) as caught:
        box.client.send_sales([])
    assert (caught.value.permanent, caught.value.retry_after) == (permanent, retry_after)
    assert not isinstance(caught.value, ContentRefused)
    assert caught.value.hint
    assert box.client.send_sales([]) == []


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refusal_of_the_content_is_told_apart(box, service, status):
    service.script.append((status, {}))
    with pytest.raises(ContentRefused):
        box.client.send_sales([])


def test_settings_are_fetched_once_and_then_only_when_they_change(box):
    value, etag = box.client.fetch_settings(None)
    assert value["claim_prefix"] == "HTTPS://M.EXAMPLE.COM/C/"
    assert etag == '"v1"'
    assert box.client.fetch_settings(etag) is None


@pytest.mark.parametrize("url", ["http://members.example.com", "ftp://127.0.0.1", "members.example.com", ""])
def test_an_address_without_tls_is_refused_unless_it_is_this_machine(url):
    with pytest.raises(ServiceError, match="no address") as caught:
        ServiceClient(url)
    assert caught.value.permanent


def test_a_service_that_is_not_there_is_a_passing_fault(box, service):
    with closing(ServiceClient("http://127.0.0.1:1", box.key)) as client:
        with pytest.raises(
            ServiceError, match=r"127.0.0.1:1 cannot be reached: Connection refused$"
        ) as caught:
            client.send_heartbeat({})
        assert not caught.value.permanent


def test_a_certificate_that_nobody_vouches_for_is_refused(box, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda request, address: None
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            with (
                closing(ServiceClient(f"https://127.0.0.1:{server.server_port}", box.key)) as client,
                pytest.raises(ServiceError, match="prove that it is the service"),
            ):
                client.send_heartbeat({})
        finally:
            server.shutdown()
            thread.join()


def _self_signed(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return path
