"""The baseline of a gate: findings somebody has answered for, each with a reason, a name and a day it ends.

A file of JSON lines, kept beside the data it speaks of; it holds fingerprints, which tell nothing without the bureau's
key. A finding whose evidence has changed, or whose day is past, speaks again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from baoshen_audit.errors import ConfigError

_FIELDS: Final = {
    "fingerprint": "疑点指纹",
    "rule": "规则编码",
    "reason": "理由",
    "by": "批准人",
    "expires": "有效期",
    "content_hash": "内容指纹",
    "key_id": "密钥编号",
}


@dataclass(frozen=True)
class Waiver:
    """One line of a baseline.

    Attributes:
        fingerprint: the finding it is about.
        rule: code of its rule.
        reason: why it may stand.
        by: who answers for that.
        expires: the last day it holds.
        content_hash: the evidence as it was; other evidence is another matter.
        key_id: the key the fingerprint was made with.
    """

    fingerprint: str
    rule: str
    reason: str
    by: str
    expires: date
    content_hash: str
    key_id: str


def read(path: Path, key_id: str) -> tuple[Waiver, ...]:
    """Read a baseline.

    Args:
        path: JSON lines; blank lines are passed over.
        key_id: of the key in use.

    Raises:
        ConfigError: it cannot be read, a line is not complete, or was made with another key; all bad lines are named.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"基线文件无法读取:{path}", hint="检查路径;文件应为 UTF-8 的 JSON Lines") from None
    waivers: dict[str, Waiver] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fault, waiver = _parsed(line)
        if waiver and waiver.fingerprint in waivers:
            fault = "与前面某行的 fingerprint 重复"
        if waiver and waiver.key_id != key_id:
            fault = "不是用本单位现在的密钥生成的"
        if fault or waiver is None:
            wrong.append(f"第 {number} 行:{fault}")
        else:
            waivers[waiver.fingerprint] = waiver
    if wrong:
        raise ConfigError(
            f"基线文件有 {len(wrong)} 行不能用:{path}\n  " + "\n  ".join(wrong),
            hint="reason、by、expires 必须由人填写,expires 写成 2027-06-30;见 docs/guide/gate.md",
        )
    return tuple(waivers.values())


def _parsed(line: str) -> tuple[str, Waiver | None]:
    """What is wrong with a line, or the waiver it is."""
    try:
        entry = json.loads(line)
    except ValueError:
        return "不是 JSON", None
    if not isinstance(entry, dict) or set(entry) - set(_FIELDS):
        unknown = "、".join(sorted(set(entry) - set(_FIELDS))) if isinstance(entry, dict) else ""
        return f"多出字段 {unknown}" if unknown else "不是 JSON 对象", None
    blank = [f"{name}({title})" for name, title in _FIELDS.items() if not str(entry.get(name) or "").strip()]
    if blank:
        return f"没有填写 {'、'.join(blank)}", None
    try:
        expires = date.fromisoformat(str(entry["expires"]))
    except ValueError:
        return "expires 不是日期", None
    return "", Waiver(**{name: str(entry[name]) for name in _FIELDS if name != "expires"}, expires=expires)


QUIET: Final = ("waived", "known")
"""States of a finding that nobody has to look at again."""


def applied(
    findings: pl.DataFrame, waivers: Sequence[Waiver], today: date, since: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Findings with what the baseline says of each.

    Args:
        findings: findings v1.
        waivers: the baseline.
        today: a waiver holds up to and including its last day.
        since: fingerprint → content hash of what an earlier run had found.

    Returns:
        The same rows and order with `state` (new | waived | updated: its evidence has changed | expired | known:
        found by the earlier run, unchanged) and `reason`
        (of the waiver that holds, else null).
    """
    known = pl.DataFrame(
        [
            {"fingerprint": w.fingerprint, "__hash": w.content_hash, "__end": w.expires, "__why": w.reason}
            for w in waivers
        ],
        schema={"fingerprint": pl.String, "__hash": pl.String, "__end": pl.Date, "__why": pl.String},
    )
    seen = since or {}
    before = pl.DataFrame(
        {"fingerprint": list(seen), "__before": list(seen.values())},
        schema=dict.fromkeys(("fingerprint", "__before"), pl.String),
    )
    state = (
        pl.when(pl.col("__hash").is_null() & (pl.col("__before") == pl.col("content_hash")))
        .then(pl.lit("known"))
        .when(pl.col("__hash").is_null())
        .then(pl.lit("new"))
        .when(pl.col("__hash") != pl.col("content_hash"))
        .then(pl.lit("updated"))
        .when(pl.col("__end") < today)
        .then(pl.lit("expired"))
        .otherwise(pl.lit("waived"))
        .alias("state")
    )
    return (
        findings.join(known, on="fingerprint", how="left", maintain_order="left")
        .join(before, on="fingerprint", how="left", maintain_order="left")
        .with_columns(state)
        .with_columns(pl.when(pl.col("state") == "waived").then(pl.col("__why")).alias("reason"))
        .drop("__hash", "__end", "__why", "__before")
    )


def unused(findings: pl.DataFrame, waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """Waivers of findings that are not there any more."""
    found = set(findings["fingerprint"])
    return tuple(waiver for waiver in waivers if waiver.fingerprint not in found)


def document(findings: pl.DataFrame, keep: Iterable[Waiver], key_id: str) -> bytes:
    """A baseline for a person to fill in.

    Args:
        findings: findings v1 to be answered for; written with `reason`, `by` and `expires` empty, so that the file is
            refused until somebody has filled them in.
        keep: lines of the present baseline that still hold, written unchanged.
        key_id: of the key in use.
    """
    kept = sorted(keep, key=lambda waiver: (waiver.rule, waiver.fingerprint))
    entries: list[dict[str, Any]] = [{**asdict(waiver), "expires": waiver.expires.isoformat()} for waiver in kept]
    for row in findings.select("fingerprint", "code", "content_hash").sort("code", "fingerprint").iter_rows():
        fingerprint, code, content = row
        blank = {"reason": "", "by": "", "expires": ""}
        entries.append({"fingerprint": fingerprint, "rule": code, **blank, "content_hash": content, "key_id": key_id})
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries).encode()
