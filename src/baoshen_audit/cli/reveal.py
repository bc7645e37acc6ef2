"""Showing people unmasked is asked for with a reason and written down before anything is shown."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from baoshen_audit.cli.shell import tell
from baoshen_audit.errors import ConfigError, UsageError


def check(reason: str) -> None:
    """Refuse a reveal without a reason or without a log to write it to.

    Raises:
        UsageError: the reason is blank.
        ConfigError: the log cannot be written.
    """
    if not reason.strip():
        raise UsageError("--reveal 要写明事由", hint='如 --reveal "薛埠镇入户核查需要,张主任批准"')
    _append("")


def record(reason: str, findings: int, outputs: Sequence[Path]) -> None:
    """Write down who asked for unmasked output, when, why, how much and where to; say so on stderr.

    Args:
        reason: as given.
        findings: how many findings are shown.
        outputs: the files they go to, besides the terminal.

    Raises:
        ConfigError: the log cannot be written; nothing has been shown.
    """
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": _user(),
        "reason": reason.strip(),
        "findings": findings,
        "outputs": [str(path.resolve()) for path in outputs],
    }
    path = _append(json.dumps(entry, ensure_ascii=False) + "\n")
    tell(f"注意: 本次结果未脱敏,事由已登记在 {path}")


def _append(text: str) -> Path:
    from baoshen_audit.audit.secret import state_dir  # noqa: PLC0415

    path = state_dir() / "reveals.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as log:
            log.write(text)
    except OSError as error:
        raise ConfigError(
            f"未脱敏使用登记无法写入:{path}({error.strerror})", hint="检查权限,或用 BAOSHEN_STATE 指定目录"
        ) from None
    return path


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"  # a service account without an entry in the list of users
