"""What a rule is: a pure function of frames that declares itself.

```python
@rule(
    "ERR201", "paid-after-death", title="死亡后继续发放(死人保)", title_en="Paid after death",
    severity=Severity.HIGH, grade=Grade.A, key="person_key",
    needs=("payment: entitlement_month amount_paid", "death: death_date"),
    message="{death_date}死亡,此后又发放{n}个月,共{amount:元}", message_en="…",
    basis=("social-assistance-interim#13",), since="0.1",
)
def paid_after_death(payment, death, *, ctx, grace_months=0): ...
```

The function takes one LazyFrame per table of `needs`, in that order, and returns a LazyFrame with its key and any of
`RESERVED`; every other column is a fact that its message may name. Declaring does not register:
`RuleSet.discover()` finds rules through the entry-point group `baoshen_audit.rules`, the built-in ones by the same
door as a province's plugin.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import Any, Final

import polars as pl

from baoshen_audit.errors import ConfigError, RuleError
from baoshen_audit.finding import FAMILY_TITLES, Grade, Severity
from baoshen_audit.policy import Policy

GROUP: Final = "baoshen_audit.rules"

KEYS: Final = frozenset(
    {
        "row_id",
        "person_key",
        "household_key",
        "account_key",
        "case_key",
        "county",
        "family_key",
        "table_id",
        "feed_id",
        "run",
    }
)
"""What a rule may be partitioned by (rules.md §1.2)."""

RESERVED: Final[dict[str, pl.DataType]] = {
    "subject_row": pl.Int64(),
    "counterpart": pl.String(),
    "months": pl.List(pl.Date()),
    "amount": pl.Int64(),
    "formula": pl.String(),
    "recomputed": pl.Int64(),
    "grade": pl.String(),
    "tier": pl.String(),
}
"""Columns with a meaning, all optional: the record a finding is about, what it was compared with (stable from month to
month, it enters the fingerprint), entitlement months, 分 to examine with the formula in words, the recomputed
entitlement in 分, a conditional grade, the weakest link. `evidence` (from `finding.cite`) is expected of every rule on
records."""

HEADINGS: Final = ("查什么", "为什么", "常见误报", "怎样核实", "处理", "示例")
"""The headings a rule's docstring must have."""

_CODE = re.compile(r"^(ROLL|FEED|DUP|ERR|FAV|MIS|[A-Z]{2,8})[0-9]{3}$")
_FIELD = re.compile(r"\{([a-z_0-9]+)(?::([^{}]+))?\}")

Kernel = Callable[..., pl.LazyFrame]


class NotEvaluable(Exception):
    """One of a rule's three results, raised before a kernel touches its frames: its law is not in force here.

    Attributes:
        reason: why, in Chinese.
        reason_en: the same in English.
    """

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason = reason
        self.reason_en = reason_en


@dataclass(frozen=True)
class RuleContext:
    """What a kernel may know besides its frames: the law and the month, never a clock."""

    policy: Policy
    month: date
    as_of: date


@dataclass(frozen=True)
class Need:
    """One table a rule reads: columns it must have, columns it may have, and sets of which one is enough."""

    table: str
    columns: tuple[str, ...]
    optional_columns: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    optional: bool

    @classmethod
    def parse(cls, text: str) -> Need:
        """Read the notation of the catalogue: `table?: column column? one|other`."""
        table, _, columns = text.partition(":")
        names = columns.split()
        sets = tuple(tuple(name.split("|")) for name in names if "|" in name)
        optional = [name[:-1] for name in names if name.endswith("?")]
        return cls(
            table=table.strip().rstrip("?"),
            columns=tuple(name for name in names if not name.endswith("?") and "|" not in name),
            optional_columns=(*optional, *(name for names_ in sets for name in names_)),
            any_of=sets,
            optional=table.strip().endswith("?"),
        )


@dataclass(frozen=True)
class Rule:
    """A declared rule. Call it with frames; everything else is for those who run, document and test it."""

    code: str
    name: str
    title: str
    title_en: str
    severity: Severity
    grade: Grade
    key: str
    needs: tuple[Need, ...]
    message: str
    message_en: str
    kernel: Kernel
    basis: tuple[str, ...]
    since: str
    policy: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    states_grade: bool = False
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    disabled: str = ""
    """Why an office has switched it off; it is then shown as not evaluable, never as clean."""

    def __call__(self, *frames: pl.LazyFrame, ctx: RuleContext, **params: Any) -> pl.LazyFrame:  # noqa: ANN401
        """Run the kernel on frames given in the order of `needs`."""
        return self.kernel(*frames, ctx=ctx, **params)

    def adjusted(self, *, params: Mapping[str, Any], severity: str = "", disabled: str = "") -> Rule:
        """The same rule as an office has set it; what is empty stays as it was."""
        return replace(
            self,
            params=MappingProxyType({**self.params, **params}),
            severity=Severity(severity) if severity else self.severity,
            disabled=disabled or self.disabled,
        )

    @property
    def family(self) -> str:
        """The letters of the code; a plugin may bring a family of its own."""
        return self.code[:-3]

    @property
    def family_title(self) -> str:
        """What an office calls the family."""
        return FAMILY_TITLES.get(self.family, self.family)

    @property
    def doc(self) -> str:
        """The documentation: the docstring of the function, in Markdown."""
        return inspect.cleandoc(self.kernel.__doc__ or "")

    def section(self, heading: str) -> str:
        """The text under a heading of the documentation, empty if there is none."""
        match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", self.doc, re.M | re.S)
        return match.group(1).strip() if match else ""

    @property
    def checklist(self) -> tuple[str, ...]:
        """What would clear a finding: the bullet points of 怎样核实."""
        return tuple(line[2:].strip() for line in self.section("怎样核实").splitlines() if line.startswith("- "))

    @property
    def remedy(self) -> str:
        """What the authority may consider once a person has confirmed the lead."""
        return " ".join(self.section("处理").split())

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The facts that the messages name, with their format (`元`, `月` or nothing)."""
        return tuple(dict.fromkeys(_FIELD.findall(self.message + self.message_en)))

    def text(self, message: str) -> pl.Expr:
        """A message as an expression over the columns the kernel returned."""
        parts = [_formatted(name, spec) for name, spec in _FIELD.findall(message)]
        pattern = _FIELD.sub("{}", message)
        return pl.format(pattern, *parts) if parts else pl.lit(pattern)


def _formatted(name: str, spec: str) -> pl.Expr:
    column = pl.col(name)
    if spec == "元":
        text = yuan(column)
    elif spec == "月":
        text = column.dt.strftime("%Y-%m")
    else:
        text = column.cast(pl.String)
    return text.fill_null("未知")


def yuan(fen: pl.Expr) -> pl.Expr:
    """分 as text in 元 with two decimals, exact (no float ever holds money)."""
    size = fen.abs()
    sign = pl.when(fen < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.format("{}{}.{}", sign, size // 100, (size % 100).cast(pl.String).str.zfill(2))


def rule(
    code: str,
    name: str,
    *,
    title: str,
    title_en: str,
    severity: Severity,
    grade: Grade,
    key: str,
    needs: Iterable[str],
    message: str,
    message_en: str,
    basis: tuple[str, ...] = (),
    since: str,
    policy: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    states_grade: bool = False,
) -> Callable[[Kernel], Rule]:
    """Declare a rule.

    Args:
        code: family letters and three digits; stable for ever, never reused.
        name: the pattern found, in kebab case, never the remedy.
        title: the Chinese name a clerk sees.
        title_en: the English name.
        severity: how much it matters.
        grade: how sure it is at best; a `grade` column of the kernel decides case by case.
        key: what the rule is closed under partition by (`KEYS`).
        needs: tables and columns in the notation of the catalogue, one per parameter, `?` marks what is optional.
        message: what a finding says in Chinese; `{fact}`, `{fact:元}` for 分, `{fact:月}` for a month.
        message_en: the same in English.
        basis: citations (`document#article`) that hold on the as-of date.
        since: the version that brought it.
        policy: policy values without which it cannot run.
        one_of: optional tables of which it needs at least one; one that is stale or not of this area comes empty.
        aliases: former codes.
        states_grade: its grade is final: the link is its subject, so the tier is not applied again.

    Raises:
        RuleError: the declaration contradicts itself.
    """

    def declare(kernel: Kernel) -> Rule:
        parsed = tuple(Need.parse(text) for text in needs)
        signature = inspect.signature(kernel).parameters.values()
        tables = [p.name for p in signature if p.kind is not p.KEYWORD_ONLY]
        params = {p.name: p.default for p in signature if p.kind is p.KEYWORD_ONLY and p.name != "ctx"}
        if not _CODE.match(code) or key not in KEYS or tables != [need.table for need in parsed]:
            msg = f"规则 {code} 的声明有误:编码、键({key})或参数表({', '.join(tables)})与 needs 不一致"
            raise RuleError(msg, hint="见 docs/guide/add-a-rule.md")
        return Rule(
            code=code,
            name=name,
            title=title,
            title_en=title_en,
            severity=severity,
            grade=grade,
            key=key,
            needs=parsed,
            message=message,
            message_en=message_en,
            kernel=kernel,
            basis=basis,
            since=since,
            policy=policy,
            one_of=one_of,
            aliases=aliases,
            states_grade=states_grade,
            params=MappingProxyType(params),
        )

    return declare


class RuleSet(Mapping[str, Rule]):
    """Rules by code, in the order of their codes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for one in sorted(rules, key=lambda r: r.code):
            for code in (one.code, *one.aliases):
                if any(code in (other.code, *other.aliases) for other in self._rules.values()):
                    raise ConfigError(f"规则编码 {code} 重复", hint="卸载其中一个规则包,或改用未占用的编码")
            self._rules[one.code] = one

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    @classmethod
    def discover(cls) -> RuleSet:
        """All rules of the packages registered under the entry-point group `baoshen_audit.rules`."""
        found: dict[int, Rule] = {}
        for point in entry_points(group=GROUP):
            for module in _modules(point.load()):
                found |= {id(value): value for value in vars(module).values() if isinstance(value, Rule)}
        return cls(found.values())

    def select(self, codes: Iterable[str] = ()) -> RuleSet:
        """The rules whose code starts with any of `codes` (all, if none is given).

        Raises:
            ConfigError: a prefix matches nothing; a typo must not switch a check off.
        """
        wanted = tuple(codes)
        for prefix in wanted:
            if not any(code.startswith(prefix) for code in self):
                raise ConfigError(f"没有以 {prefix} 开头的规则", hint="用 baoshen-audit rules 查看全部规则编码")
        return RuleSet(r for r in self.values() if not wanted or r.code.startswith(wanted))

    def with_params(self, overrides: Mapping[str, Mapping[str, Any]]) -> RuleSet:
        """The same rules with other parameter defaults, given as code → name → value.

        Raises:
            ConfigError: an unknown rule or parameter.
        """
        changed = dict(self._rules)
        for code, values in overrides.items():
            known = changed.get(code)
            unknown = set(values) - set(known.params) if known else {code}
            if known is None or unknown:
                raise ConfigError(
                    f"规则参数 {code}: {'、'.join(sorted(unknown))} 不存在", hint="见 baoshen-audit explain"
                )
            changed[code] = known.adjusted(params=values)
        return RuleSet(changed.values())


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    yield root
    for info in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{root.__name__}."):
        yield importlib.import_module(info.name)
