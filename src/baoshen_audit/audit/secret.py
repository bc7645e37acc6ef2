"""The bureau's key: fingerprints are keyed with it, so that an ID cannot be enumerated out of an exported report."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from pathlib import Path

from baoshen_audit.errors import ConfigError

_log = logging.getLogger("baoshen_audit")


def state_dir() -> Path:
    """Where the key and the log of reveals live: `BAOSHEN_STATE`, else the user's state folder."""
    named = os.environ.get("BAOSHEN_STATE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / "baoshen-audit"


def bureau_key() -> bytes:
    """The key of this office; made once, readable by its owner only.

    Losing it loses the continuity of the casework list from month to month, so it belongs in the backup.

    Raises:
        ConfigError: the key file cannot be read or made, or is too short to be a key.
    """
    path = state_dir() / "bureau.key"
    try:
        if path.exists():
            key = path.read_bytes()
        else:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            key = secrets.token_bytes(32)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(key)
            _log.warning("已生成本单位密钥 %s:疑点编号靠它跨月一致,请纳入备份", path)
    except OSError as error:
        raise ConfigError(
            f"密钥文件无法读写:{path}({error.strerror})", hint="检查权限,或用 BAOSHEN_STATE 指定目录"
        ) from None
    if len(key) < 16:
        raise ConfigError(f"密钥文件过短:{path}", hint="从备份恢复;没有备份时删除后重新生成,疑点编号将与往月不同")
    return key


def exchange_key() -> bytes | None:
    """The key that two counties agreed on for one exchange of tokens; None if this office keeps none.

    It is never made here: both sides must hold the same. It is no key of this office's, who holds it can turn tokens
    back into numbers, and it is deleted on both sides when the exchange is over.

    Raises:
        ConfigError: the file cannot be read, is too short, or is the office's own key.
    """
    path = state_dir() / "exchange.key"
    try:
        key = path.read_bytes() if path.exists() else None
        own = state_dir() / "bureau.key"
        same = key is not None and own.exists() and own.read_bytes() == key
    except OSError as error:
        raise ConfigError(f"交换密钥文件无法读取:{path}({error.strerror})", hint="检查权限") from None
    if key is not None and (same or len(key) < 32):
        problem = "与本单位密钥相同" if same else "不足32字节"
        raise ConfigError(f"交换密钥{problem}:{path}", hint="与对方另行约定一把只用于本次交换的密钥")
    return key


def key_id(key: bytes) -> str:
    """A short name of a key that tells nothing of it."""
    return hashlib.sha256(b"baoshen-key-id:" + key).hexdigest()[:8]
