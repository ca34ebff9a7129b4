"""Who the box is: keys that are its own, kept secret, whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from receiptbridge.identity import Identity, IdentityError, adopt_key, identity_path, make_key

FIRST, SECOND = bytes.fromhex("a1b2c3d4e5f6"), bytes.fromhex("0102030405ff")


def enrol(state_dir, box_id=FIRST, count=1):
    return adopt_key(state_dir, make_key(state_dir), box_id, f"{box_id.hex()}:{count}")


def test_a_box_without_keys_is_nobody(tmp_path):
    assert Identity.load(tmp_path) is None


def test_an_identity_comes_back_as_it_was_adopted(tmp_path):
    made = enrol(tmp_path)
    loaded = Identity.load(tmp_path)
    assert (loaded.box_id, loaded.current.key_id, loaded.public_key) == (
        FIRST,
        "a1b2c3d4e5f6:1",
        made.public_key,
    )
    Ed25519PublicKey.from_public_bytes(loaded.public_key).verify(loaded.sign(b"data"), b"data")


def test_every_enrolment_makes_another_key_and_the_newest_signs(tmp_path):
    first = enrol(tmp_path)
    second = enrol(tmp_path, SECOND)
    loaded = Identity.load(tmp_path)
    assert first.public_key != second.public_key
    assert [key.box_id for key in loaded.keys] == [FIRST, SECOND]
    assert (loaded.box_id, loaded.public_key) == (SECOND, second.public_key)


def test_an_older_box_id_keeps_its_newest_key_for_the_sales_made_under_it(tmp_path):
    enrol(tmp_path)
    enrol(tmp_path, FIRST, 2)
    enrol(tmp_path, SECOND)
    keys = Identity.load(tmp_path).newest_of_each_box()
    assert [key.key_id for key in keys] == ["a1b2c3d4e5f6:2", "0102030405ff:1"]


def test_private_keys_are_readable_by_their_owner_only_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        enrol(tmp_path)
    finally:
        os.umask(before)
    folder = identity_path(tmp_path).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_nothing_shows_a_private_key(tmp_path):
    assert "private_key" not in repr(enrol(tmp_path)) + repr(make_key(tmp_path))


def test_a_key_that_others_may_read_is_refused(tmp_path):
    enrol(tmp_path)
    (key_file,) = identity_path(tmp_path).parent.glob("*.pem")
    key_file.chmod(0o640)
    with pytest.raises(IdentityError, match="others may read") as caught:
        Identity.load(tmp_path)
    assert "chmod 600" in caught.value.hint


def test_a_key_file_that_is_gone_is_an_error_with_a_hint(tmp_path):
    enrol(tmp_path)
    (key_file,) = identity_path(tmp_path).parent.glob("*.pem")
    key_file.unlink()
    with pytest.raises(IdentityError, match="cannot be read") as caught:
        Identity.load(tmp_path)
    assert caught.value.hint


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"keys": []}', '{"keys": [{"box_id": "a1"}]}', '{"keys": 3}', "\x00"],
)
def test_a_broken_identity_file_is_an_error_not_a_new_box(tmp_path, content):
    enrol(tmp_path)
    identity_path(tmp_path).write_text(content)
    with pytest.raises(IdentityError, match="not an identity file"):
        Identity.load(tmp_path)


@pytest.mark.parametrize(("key", "value"), [("box_id", "a1b2"), ("box_id", "not hex")])
def test_an_identity_that_makes_no_sense_is_refused(tmp_path, key, value):
    enrol(tmp_path)
    entries = json.loads(identity_path(tmp_path).read_text())
    entries["keys"][0][key] = value
    identity_path(tmp_path).write_text(json.dumps(entries))
    with pytest.raises(IdentityError):
        Identity.load(tmp_path)


def test_a_key_file_with_something_else_in_it_is_refused(tmp_path):
    enrol(tmp_path)
    (key_file,) = identity_path(tmp_path).parent.glob("*.pem")
    key_file.write_text("-----BEGIN NONSENSE-----")
    with pytest.raises(IdentityError, match="not a private key"):
        Identity.load(tmp_path)


def test_a_discarded_key_leaves_no_trace(tmp_path):
    make_key(tmp_path).discard()
    assert list(identity_path(tmp_path).parent.glob("*.pem")) == []


def test_a_state_dir_that_cannot_keep_a_key_is_an_error_with_a_hint(tmp_path):
    (tmp_path / "keys").write_text("a file in the way")
    with pytest.raises(IdentityError, match="no key can be kept") as caught:
        make_key(tmp_path)
    assert caught.value.hint


def test_a_backup_that_heeds_tags_has_the_journal_and_no_key(tmp_path):
    enrol(tmp_path)
    (tmp_path / "journal.db").touch()
    packed = subprocess.run(
        ["tar", "--create", "--exclude-caches", "--verbose", "--file", "/dev/null", "."],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "./journal.db" in packed.stdout
    assert ".pem" not in packed.stdout
    assert "identity.json" not in packed.stdout
