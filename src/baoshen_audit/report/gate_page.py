"""A gate as one HTML page: no network, no script, safe to mail and to print."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Final

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.address import placed
from baoshen_audit.report.words import LEADS_ONLY, SEVERITIES, VERDICTS, WAIVER_STATES, Lang, named, plain, speaker

_STYLE: Final = (
    "body{font:15px/1.5 sans-serif;margin:2em;max-width:75em}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top}th{background:#eee}"
    ".v0{color:#17692c}.v1{color:#a31515}.v3{color:#8a5a00}.off{color:#777}"
    "@media print{body{margin:0}thead{display:table-header-group}}"
)


def render(gated: GateResult, lang: Lang) -> bytes:
    """The page: verdict, why, and a row per finding."""
    say = speaker(lang)
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    title = say("上传核验", "Upload gate")
    heads = (
        say("位置", "place"), say("规则", "rule"), say("严重程度", "severity"),
        say("说明", "message"), say("状态", "state"), say("编号", "number"),
    )  # fmt: skip
    rows = [
        (
            "" if one.row["counted"] else ' class="off"',
            (
                one.address,
                f"{one.row['code']} {one.title}",
                named(SEVERITIES, one.row["severity"], say),
                one.message,
                named(WAIVER_STATES, one.row["state"], say),
                one.number,
            ),
        )
        for one in placed(gated, lang)
    ]
    body = "".join(f"<tr{kind}>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>\n" for kind, cells in rows)
    why = "".join(f"<li>{_text(one)}</li>" for one in (*gated.incomplete, *gated.failures))
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title} {gated.month}</h1>\n"
        f'<p class="v{gated.exit_code}"><strong>{say(*VERDICTS[gated.exit_code])}</strong></p>\n<ul>{why}</ul>\n'
        f"<p>{say(f'{gated.rows} 行', f'{gated.rows} rows')}</p>\n"
        f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table>\n"
        f"<p>{say(*LEADS_ONLY)}</p></body></html>\n"
    ).encode()


def _text(text: str) -> str:
    return escape(plain(text))
