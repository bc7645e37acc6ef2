"""A hand-made result: renderers are tested on what the frames may hold, not on what today's rules happen to say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from baoshen_audit.audit import Result
from baoshen_audit.finding import COVERAGE, FINDINGS, in_order

FINDING: dict[str, Any] = {
    "fingerprint": "aaaaaaaa100000000000000000000000",
    "content_hash": "0123456789abcdef",
    "code": "ERR201",
    "rule_version": "0.1+00000000",
    "family": "ERR",
    "title": "死亡后继续发放(死人保)",
    "title_en": "Paid after death",
    "severity": "high",
    "grade": "A",
    "tier": "M1",
    "subject_kind": "person",
    "name": "王*山",
    "id_no": "320413********1234",
    "household": None,
    "town": "甲镇",
    "village": "一村",
    "programme": "tekun",
    "months": [date(2026, 5, 1), date(2026, 6, 1)],
    "amount": 265200,
    "formula": "死亡月份之后各月实发金额之和",
    "recomputed": None,
    "message": "殡葬登记于2026-04-11死亡,此后仍有2个月在册或发放",
    "message_en": "Recorded as deceased on 2026-04-11; enrolled or paid for 2 months afterwards",
    "checklist": ["电话或入户核实本人是否健在", "查殡葬登记原件"],
    "remedy": "确认后自死亡次月起停发",
    "deadline": date(2026, 7, 10),
    "reasons": ["证件号相同"],
    "evidence": [
        {
            "table": "tekun",
            "file": "名册/特困.xlsx",
            "sheet": "甲镇",
            "row": 5,
            "column": "C",
            "header": "身份证号",
            "field": "id_no",
            "value": "320413********1234",
        },
        {
            "table": "death",
            "file": "核对/死亡.csv",
            "sheet": "",
            "row": 12,
            "column": "D",
            "header": "死亡日期",
            "field": "death_date",
            "value": "=1+1",
        },
    ],
}


def finding(number: int, **changes: Any) -> dict[str, Any]:
    return {**FINDING, "fingerprint": f"{number:08x}{number:024x}", **changes}


def findings(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return in_order(pl.DataFrame(rows, schema=FINDINGS))


ROWS = [
    FINDING,
    finding(0, fingerprint="aaaaaaaa200000000000000000000000", code="DUP110", family="DUP", title="一个账户对应多户",
            title_en="One bank account, several households", severity="medium", grade="B", tier="M3", town="甲镇",
            name=None, id_no=None, household="DB0012", programme="dibao", months=None, amount=None, formula=None,
            checklist=None, remedy=None, reasons=None, evidence=None, message="同一账户[red]收款[/red]的有3户",
            message_en="One account receives for 3 households"),
    finding(3, code="ERR218", title="补差计算错误(少算)", title_en="Top-up too low", severity="medium", amount=-12345,
            recomputed=70000, programme="dibao", town="乙/丙:镇?"),
    finding(4, code="ROLL002", family="ROLL", title="身份证校验码错误", title_en="ID checksum failure", grade="B",
            subject_kind="row", town=None, amount=None, message="=HYPERLINK(\"http://x\")", name="@SUM(A1)"),
    finding(5, code="FEED021", family="FEED", title="数据源过期、覆盖不全", title_en="Feed stale or incomplete",
            grade="info", tier=None, subject_kind="feed", town=None, village=None, name=None, id_no=None,
            programme=None, months=None, amount=None),
]  # fmt: skip


def result(rows: list[dict[str, Any]] | None = None, **changes: Any) -> Result:
    found = findings(ROWS if rows is None else rows)
    coverage = [
        ("DUP110", "一个银行账户对应多户", "One bank account, several households", "fired", 1, 20, 2, None, None, []),
        ("ERR201", "死亡后继续发放(死人保)", "Paid after death", "fired", 1, 30, 0, None, None, []),
        ("ERR207", "财政供养人员在保", "On the public payroll", "not_evaluable", 0, None, None, "缺少数据:财政供养人员",
         "missing: fiscal_payroll", ["fiscal_payroll"]),
        ("ERR209", "名下机动车", "Vehicle", "failed", 0, None, None, "规则运行出错:KeyError",
         "rule failed: KeyError", []),
        ("ERR215", "未申报配偶", "Undeclared spouse", "clean", 0, 30, 0, None, None, []),
        ("ZZ999", "外来规则", "Foreign rule", "clean", 0, 1, 0, None, None, []),
    ]  # fmt: skip
    parts: dict[str, Any] = {
        "findings": found,
        "coverage": pl.DataFrame(
            [dict(zip(COVERAGE, (*one[:3], one[0].rstrip("0123456789"), *one[3:]), strict=True)) for one in coverage],
            schema=COVERAGE,
        ),
        "inputs": pl.DataFrame(
            {
                "table": ["tekun", "death"],
                "title": ["特困人员", "死亡"],
                "file": ["名册/特困.xlsx", "核对/死亡.csv"],
                "sheet": ["甲镇", ""],
                "rows": [1200, 34],
                "month": [date(2026, 6, 1), None],
                "as_of": [None, date(2026, 6, 18)],
                "dropped": [3, 0],
                "unmapped": [["备用栏"], []],
                "closest": [["备用栏 → 备注"], []],
                "sha256": ["0" * 64, "1" * 64],
            },
            schema_overrides={
                "month": pl.Date,
                "as_of": pl.Date,
                "unmapped": pl.List(pl.String),
                "closest": pl.List(pl.String),
            },
        ),
        "unrecognised": pl.DataFrame(
            {
                "file": ["通知\x1b[31m.docx"],
                "sheet": [""],
                "reason": ["不是表格文件(.docx),未读取"],
                "candidates": [["死亡"]],
            }
        ),
        "problems": pl.DataFrame(
            {
                "table": ["tekun"],
                "title": ["特困人员"],
                "column": ["birth_date"],
                "header": ["出生年月"],
                "problem": ["unparsed"],
                "cells": [1234],
            }
        ),
        "feeds": pl.DataFrame(
            {
                "table": ["death", "vehicle"],
                "title": ["死亡", "机动车"],
                "as_of": [date(2026, 6, 18), None],
                "age_days": [12, None],
                "max_age_days": [31, 92],
                "rows": [34, 0],
                "coverage": ["320413", None],
                "declared": [34, None],
                "state": ["ok", "empty"],
            }
        ),
        "notes": ("低保标准尚未经本地确认",),
        "manifest": {
            "tool": "0.1.0",
            "polars": "2.1.0",
            "region": "320413",
            "month": "2026-06",
            "as_of": "2026-06-30",
            "policy_digest": "d" * 64,
            "rules": {"ERR201": "0.1+00000000"},
            "inputs": [
                {"file": "名册/特困.xlsx", "sheet": "甲镇", "table": "tekun", "rows": 1200, "sha256": "0" * 64},
                {"file": "核对/死亡.csv", "sheet": "", "table": "death", "rows": 34, "sha256": "1" * 64},
            ],
            "findings": found.height,
            "key_id": "abcdef01",
            "revealed": False,
            "result_hash": "e" * 64,
        },
    }
    return Result(**{**parts, **changes})


@pytest.fixture
def made() -> Callable[..., Result]:
    return result


@pytest.fixture
def lead() -> Callable[..., dict[str, Any]]:
    return finding
