"""Rolls: who receives, by programme and month."""

from baoshen_audit.schemas.rolls.dibao import DibaoRoll
from baoshen_audit.schemas.rolls.dibao_edge import DibaoEdgeRoll
from baoshen_audit.schemas.rolls.disability_subsidy import DisabilitySubsidyRoll
from baoshen_audit.schemas.rolls.member import MemberRoll
from baoshen_audit.schemas.rolls.orphan import OrphanRoll
from baoshen_audit.schemas.rolls.tekun import TekunRoll
from baoshen_audit.schemas.rolls.youfu import YoufuRoll

__all__ = [
    "DibaoEdgeRoll",
    "DibaoRoll",
    "DisabilitySubsidyRoll",
    "MemberRoll",
    "OrphanRoll",
    "TekunRoll",
    "YoufuRoll",
]
