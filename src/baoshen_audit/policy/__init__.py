"""Policy as dated, cited law: standards, exclusions, limits and time windows of a county.

`load_policy("320413")` gives the `Policy` of a county; `citation("social-assistance-interim#13")` what a rule rests on.
"""

from baoshen_audit.policy.check import Remark, check
from baoshen_audit.policy.cite import Citation, citation
from baoshen_audit.policy.load import load_policy, regions
from baoshen_audit.policy.model import Policy
from baoshen_audit.policy.value import Dims, Key, Level, Missing, PolicyMissing, Step, Value

__all__ = [
    "Citation",
    "Dims",
    "Key",
    "Level",
    "Missing",
    "Policy",
    "PolicyMissing",
    "Remark",
    "Step",
    "Value",
    "check",
    "citation",
    "load_policy",
    "regions",
]
