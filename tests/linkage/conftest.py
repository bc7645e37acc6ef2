from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def population() -> ModuleType:
    """The generator of synthetic districts beside these tests."""
    spec = importlib.util.spec_from_file_location("population", Path(__file__).with_name("population.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["population"] = module
    spec.loader.exec_module(module)
    return module
