from __future__ import annotations

from types import ModuleType

import pytest

from baoshen_audit.testing import population as generator


@pytest.fixture(scope="session")
def population() -> ModuleType:
    """The generator of synthetic districts."""
    return generator
