"""The documents and the service say the same: routes, vectors, texts, tables."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from service_rig import ServiceRig

from member_service import claim_token, typed_code, wire
from member_service.claim_token import TokenError
from member_service.language import TEXTS
from member_service.store.database import Database
from member_service.store.tables import Base
from member_service.typed_code import CodeError

DOCS = Path(__file__).parents[2] / "docs"
SYNC_API = (DOCS / "sync-api.md").read_text("utf-8")
VECTORS: dict[str, list[dict[str, Any]]] = json.loads((DOCS / "claim-token-vectors.json").read_text("utf-8"))


def test_the_document_lists_the_routes_that_the_service_has(rig: ServiceRig) -> None:
    paths = rig.http.get("/v1/openapi.json").json()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    table = set(re.findall(r"^\| `([A-Z]+ /v1/[a-z]+)` \|", SYNC_API, re.MULTILINE))
    headings = set(re.findall(r"^## ([A-Z]+ /v1/[a-z]+)$", SYNC_API, re.MULTILINE))
    assert served == table == headings


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("POST /v1/enrol", wire.EnrolRequest),
        ("POST /v1/sales", wire.SaleItem),
        ("POST /v1/heartbeat", wire.Heartbeat),
        ("POST /v1/keys", wire.KeyRequest),
        ("PUT /v1/setup", wire.Setup),
    ],
)
def test_the_document_names_every_key_of_a_request(heading: str, model: type[wire.BaseModel]) -> None:
    section = SYNC_API.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert {key for key in model.model_fields if f"`{key}`" not in section} == set()


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", SYNC_API, re.DOTALL))
def test_every_example_is_json_of_one_of_the_models(example: str) -> None:
    models = [
        wire.EnrolRequest,
        wire.EnrolAnswer,
        wire.SalesRequest,
        wire.SalesAnswer,
        wire.Settings,
        wire.Heartbeat,
        wire.KeyRequest,
        wire.KeyAnswer,
        wire.Setup,
        wire.Health,
        wire.ErrorAnswer,
        wire.ServiceTime,
    ]
    value = json.loads(example)
    (model,) = [model for model in models if set(value) == set(model.model_fields)]
    assert model.model_validate(value)


def test_every_code_of_a_refusal_is_in_the_document() -> None:
    sources = (Path(claim_token.__file__).parent).rglob("*.py")
    code = r'(?:ApiError\(\d+|_Refused\(|Refusal\()[,\s]*"([a-z_]+)"'
    named = {found for source in sources for found in re.findall(code, source.read_text("utf-8"))}
    for_people = {"code_error", "code_unknown", "internal"}
    assert {name for name in named - for_people if f"`{name}`" not in SYNC_API} == set()
    assert "replayed" in named


@pytest.mark.parametrize("vector", VECTORS["good_tokens"], ids=lambda vector: vector["name"])
def test_the_good_vectors_are_read(vector: dict[str, Any]) -> None:
    token = claim_token.from_spelling(vector["spelling"])
    assert token.raw.hex() == vector["token"]
    assert {name: getattr(token, name) for name in vector["fields"]} == vector["fields"]
    assert token.is_signed_by([bytes.fromhex(vector["public_key"])])
    assert typed_code.grouped(typed_code.of_digest(claim_token.digest(token.raw))) == vector["typed_code"]


@pytest.mark.parametrize("vector", VECTORS["bad_spellings"], ids=str)
def test_the_bad_spellings_are_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(TokenError):
        claim_token.from_spelling(vector["spelling"])


@pytest.mark.parametrize("vector", VECTORS["bad_tokens"], ids=str)
def test_the_bad_tokens_are_refused(vector: dict[str, Any]) -> None:
    raw, key = bytes.fromhex(vector["token"]), bytes.fromhex(vector["public_key"])
    if vector["reason"] == "signature":
        assert not claim_token.from_bytes(raw).is_signed_by([key])
    else:
        with pytest.raises(TokenError):
            claim_token.from_bytes(raw)


@pytest.mark.parametrize("vector", VECTORS["typed_codes"], ids=str)
def test_codes_are_read_as_people_type_them(vector: dict[str, Any]) -> None:
    assert typed_code.grouped(typed_code.normalise(vector["typed"])) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS["bad_codes"], ids=str)
def test_bad_codes_are_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(CodeError):
        typed_code.normalise(vector["typed"])


def test_both_languages_say_everything() -> None:
    assert TEXTS["zh"].keys() == TEXTS["en"].keys()
    templates = (Path(claim_token.__file__).parent / "templates").glob("*.html")
    used = {name for template in templates for name in re.findall(r"\bt\.(\w+)", template.read_text("utf-8"))}
    assert used <= TEXTS["zh"].keys()


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_a_store_is_opened_again_as_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    Database(url).close()
    Database(url).close()


def test_a_stored_answer_survives_a_power_cut(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
