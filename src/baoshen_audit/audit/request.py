"""What is asked for: which month, which county, which rules, and which columns these need."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from baoshen_audit.errors import PolicyError, UsageError
from baoshen_audit.policy import Policy
from baoshen_audit.rule import Rule
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS, TABLES

_MONTH = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")

LOOK_BACK: Final = 12
"""Months of payments a scan looks at: an amount is never examined further back by default (domain.md §5)."""

BASICS: Final = (
    "name",
    "id_no",
    "id_type",
    "birth_date",
    "sex",
    "address",
    "phone",
    "contact_phone",
    "hh_id",
    "town",
    "village",
    "region_code",
    "programme",
    "period",
    "status",
    "first_month",
    "stop_date",
    "relation",
    "is_counted",
    "is_covered",
    "account_no",
    "urban_rural",
    "category",
    "living_amount",
    "care_amount",
    "entitlement_month",
    "remark",
)
"""Columns kept wherever a table has them: people, households, towns and months are told by these."""

ROLLS: Final = (*HOUSEHOLD_ROLLS, *PERSON_ROLLS, "member")
"""Every table with people who receive."""

ORIGIN: Final[Mapping[str, tuple[str, ...]]] = {
    "roll": ROLLS,
    "entry": ROLLS,
    "problem": (*ROLLS, "payment", "application"),
    "sheet": ROLLS,
    "batch": (*ROLLS, "payment"),
    "kin_link": ("cadre_roster",),
    "child_link": ("hukou",),
    "supporter_link": ("supporter",),
    "settlement": ("medical",),
    "family_tie": ("dibao", "member", "marriage", "hukou"),
    "twin": (*ROLLS, "id_alias"),
    "outcome": ("case_history",),
    "applicant": ("application",),
}
"""Prepared tables that rules name, and the delivered tables they are made from."""

PREPARED: Final[Mapping[str, str]] = {
    "roll": "各类名册",
    "entry": "各类名册(逐行)",
    "problem": "读不出的单元格",
    "sheet": "读入的表",
    "batch": "本月与上月批次",
    "feed": "数据源清单",
    "policy_gap": "政策参数",
    "kin_link": "近亲属关系",
    "child_link": "户籍登记的子女",
    "supporter_link": "在册人员的义务人",
    "settlement": "医疗支出家庭的医保结算",
    "family_tie": "家庭关系",
    "twin": "疑似同一人的两行",
    "outcome": "核查结果",
    "applicant": "申请人及其家庭成员",
}
"""What prepared tables are called."""

KIN_READS: Final[Mapping[str, tuple[str, ...]]] = {
    "cadre_roster": ("kin_id", "kin_relation", "hukou_no", "address", "phone"),
    "hukou": ("hukou_no", "father_id", "mother_id", "spouse_id"),
    "marriage": ("kind", "registered_on"),
    **dict.fromkeys(ROLLS, ("address", "phone", "contact_phone", "guardian_phone", "guardian_id", "collector_id")),
}
"""What ties between officials and people on rolls are made from (`audit.kin`)."""


@dataclass(frozen=True)
class Request:
    """The month under audit."""

    month: date
    as_of: date

    @classmethod
    def of(cls, as_of: str | date) -> Request:
        """Read `2026-06`, `2026-06-30` or a date; a month is audited as of its last day.

        Raises:
            UsageError: anything else.
        """
        if isinstance(as_of, date):
            return cls(month=as_of.replace(day=1), as_of=as_of)
        match = _MONTH.match(as_of.strip())
        try:
            year, month, day = (int(part) if part else None for part in match.groups()) if match else (None,) * 3
            if year is None or month is None:
                raise ValueError
            first = date(year, month, 1)
            last = date(year, month, day or calendar.monthrange(year, month)[1])
        except ValueError:
            raise UsageError(f"核查月份写法不对:{as_of}", hint="写成 2026-06 或 2026-06-30") from None
        return cls(month=first, as_of=last)

    def demand(self, policy: Policy) -> None:
        """Refuse a month for which the county has no values of its own.

        Raises:
            PolicyError: the month lies outside the policy pack.
        """
        start, end = policy.covers
        if self.month < start.replace(day=1) or (end is not None and self.month > end):
            until = f"{end:%Y-%m}" if end else "现在"
            raise PolicyError(
                f"地区 {policy.region} 没有 {self.month:%Y-%m} 的政策标准(已有:{start:%Y-%m} 至 {until})",
                hint="核对 --as-of;如确需核查该月,用 --policy FILE 补充该月的标准及依据",
            )


def wanted(rules: Collection[Rule]) -> Mapping[str, frozenset[str]]:
    """The columns of every table that the selected rules can use; what nobody declares is dropped at read.

    Returns:
        Table → columns. Tables that no rule names and that are no roll are absent.
    """
    needs: dict[str, set[str]] = {"manifest": set(TABLES["manifest"].columns)}
    for table in ROLLS:
        needs[table] = set()
    for rule in rules:
        for need in rule.needs:
            for table in ORIGIN.get(need.table, (need.table,)):
                if table in TABLES:
                    needs.setdefault(table, set()).update(need.columns, need.optional_columns)
    if any(need.table == "kin_link" for rule in rules for need in rule.needs):
        for table, columns in KIN_READS.items():
            needs.setdefault(table, set()).update(columns)
    # what preparation itself reads: relatives of officials, the ties of a family, the death of a spouse or a parent
    if "cadre_roster" in needs:
        needs["cadre_roster"].add("kin_id")
    if "hukou" in needs:
        needs["hukou"] |= {"hukou_no", "father_id", "mother_id", "spouse_id"}
        needs.setdefault("death", set()).update(("death_date", "cremation_date"))
    if "marriage" in needs:
        needs["marriage"] |= {"man_id", "woman_id", "kind", "registered_on"}
        needs.setdefault("death", set()).update(("death_date", "cremation_date"))
    return {table: _complete(table, columns) for table, columns in needs.items()}


def _complete(table: str, columns: set[str]) -> frozenset[str]:
    known = TABLES[table].columns
    named = {f"{name[:-3]}_name" for name in columns if name.endswith("_id")}
    return frozenset(name for name in {*columns, *named, *BASICS} if name in known)
