"""Who is who: records of any tables to one entity, with how sure and why.

:func:`link` finds the records of one entity in one table or two, by a :class:`LinkSpec`; :func:`people` is the spec for
registers of residents; :func:`explain` says why, :func:`evaluate` how well. :func:`resolve` is the exact part alone.
"""

from baoshen_audit.linkage.evaluate import Evaluation, evaluate
from baoshen_audit.linkage.exact import resolve
from baoshen_audit.linkage.explain import Explanation, explain
from baoshen_audit.linkage.links import Links, link
from baoshen_audit.linkage.people import people
from baoshen_audit.linkage.spec import Block, Cap, Ceiling, Comparison, Count, Level, LinkSpec, PerRow, Tier, Veto, key
from baoshen_audit.linkage.spec_file import SpecFile, load_spec

__all__ = [
    "Block",
    "Cap",
    "Ceiling",
    "Comparison",
    "Count",
    "Evaluation",
    "Explanation",
    "Level",
    "LinkSpec",
    "Links",
    "PerRow",
    "SpecFile",
    "Tier",
    "Veto",
    "evaluate",
    "explain",
    "key",
    "link",
    "load_spec",
    "people",
    "resolve",
]
