"""The audit of a month: from what an office has to findings with evidence (:mod:`baoshen_audit.audit.pipeline`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baoshen_audit.lazy import lazily

if TYPE_CHECKING:
    from baoshen_audit.audit.pipeline import scan
    from baoshen_audit.audit.result import Result

__all__ = ["Result", "scan"]

__getattr__ = lazily(__name__, {"pipeline": ("scan",), "result": ("Result",)})
