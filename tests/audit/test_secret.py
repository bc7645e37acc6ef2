"""The bureau's key is made once, for its owner only."""

from pathlib import Path

import pytest

from baoshen_audit import ConfigError
from baoshen_audit.audit.secret import bureau_key, key_id, state_dir


def test_made_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOSHEN_STATE", str(tmp_path / "state"))
    key = bureau_key()
    assert bureau_key() == key
    assert len(key) == 32
    assert (state_dir() / "bureau.key").stat().st_mode & 0o077 == 0
    assert key.hex() not in key_id(key)


def test_a_short_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOSHEN_STATE", str(tmp_path))
    (tmp_path / "bureau.key").write_bytes(b"short")
    with pytest.raises(ConfigError):
        bureau_key()
