"""What the cloud's tests share: a service that fails to order, and a box that talks to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cloud_rig import Box, FaultyService, running_service


@pytest.fixture
def service() -> Iterator[FaultyService]:
    with running_service() as running:
        yield running


@pytest.fixture
def box(tmp_path: Path, service: FaultyService) -> Iterator[Box]:
    with closing(Box(tmp_path, service.url)) as made:
        yield made
