from __future__ import annotations

import os
import subprocess
import sys

import pytest

from baoshen_audit.memory import _POLARS, _WORDS


def words(imports: str, given: str | None) -> str:
    """What the allocator of a new process is told."""
    environment = {name: value for name, value in os.environ.items() if name not in (_WORDS, "POLARS_THP")}
    if given is not None:
        environment[_WORDS] = given
    script = f"import os, {imports}; print(os.environ['{_WORDS}'])"
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.mark.parametrize("given", [None, _POLARS], ids=["nothing", "words left by polars"])
def test_memory_is_shared_between_threads(given: str | None) -> None:
    arenas = max(1, (os.cpu_count() or 1) // 8)
    assert words("baoshen_audit", given) == f"narenas:{arenas},oversize_threshold:0"
    # polars adds its own words before ours: the last ones hold
    assert words("baoshen_audit, polars", given) == f"{_POLARS},{words('baoshen_audit', given)}"


@pytest.mark.parametrize("given", ["narenas:4", "dirty_decay_ms:0", f"{_POLARS},narenas:4"])
def test_whoever_chose_keeps_his_words(given: str) -> None:
    assert words("baoshen_audit", given) == given


def test_polars_that_is_imported_already_is_left_alone() -> None:
    assert words("polars, baoshen_audit", None) == _POLARS
