"""One service for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from service_rig import ServiceRig, SignedBox, running_service


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[ServiceRig]:
    with running_service(tmp_path) as running:
        yield running


@pytest.fixture
def box(rig: ServiceRig) -> SignedBox:
    return rig.enrol()
