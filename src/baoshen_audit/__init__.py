"""baoshen-audit (保审): leads on duplicate, erroneous and favour-based enrolment, for people to check.

The public names are imported when first used, so that `baoshen-audit --help` does not wait for polars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from baoshen_audit.lazy import lazily
from baoshen_audit.memory import share_memory

if TYPE_CHECKING:
    from baoshen_audit.audit import Result, scan
    from baoshen_audit.audit.gate import GateResult, Limits, gate
    from baoshen_audit.errors import BaoshenError, ConfigError, InputError, PolicyError, RuleError, UsageError
    from baoshen_audit.finding import Family, Grade, Severity, cite, cites
    from baoshen_audit.linkage import Links, link
    from baoshen_audit.policy import Policy, load_policy
    from baoshen_audit.report import write
    from baoshen_audit.rule import Rule, RuleContext, RuleSet

__all__ = [
    "BaoshenError",
    "ConfigError",
    "Family",
    "GateResult",
    "Grade",
    "InputError",
    "Limits",
    "Links",
    "Policy",
    "PolicyError",
    "Result",
    "Rule",
    "RuleContext",
    "RuleError",
    "RuleSet",
    "Severity",
    "UsageError",
    "cite",
    "cites",
    "gate",
    "link",
    "load_policy",
    "scan",
    "write",
]

share_memory()

__getattr__ = lazily(
    __name__,
    {
        "audit": ("Result", "scan"),
        "audit.gate": ("GateResult", "Limits", "gate"),
        "errors": ("BaoshenError", "ConfigError", "InputError", "PolicyError", "RuleError", "UsageError"),
        "finding": ("Family", "Grade", "Severity", "cite", "cites"),
        "linkage": ("Links", "link"),
        "policy": ("Policy", "load_policy"),
        "report": ("write",),
        "rule": ("Rule", "RuleContext", "RuleSet"),
    },
)


def __dir__() -> list[str]:
    return __all__
