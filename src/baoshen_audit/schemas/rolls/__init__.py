"""Rolls: who receives, by programme and month."""

from baoshen_audit.schemas.rolls.addon import AddonRoll
from baoshen_audit.schemas.rolls.child_distress import ChildDistressRoll
from baoshen_audit.schemas.rolls.de_facto_orphan import DeFactoOrphanRoll
from baoshen_audit.schemas.rolls.dibao import DibaoRoll
from baoshen_audit.schemas.rolls.dibao_edge import DibaoEdgeRoll
from baoshen_audit.schemas.rolls.disability_subsidy import DisabilitySubsidyRoll
from baoshen_audit.schemas.rolls.elderly import ElderlyRoll
from baoshen_audit.schemas.rolls.illness_poverty import IllnessPovertyRoll
from baoshen_audit.schemas.rolls.martyr_child60 import MartyrChild60Roll
from baoshen_audit.schemas.rolls.member import MemberRoll
from baoshen_audit.schemas.rolls.orphan import OrphanRoll
from baoshen_audit.schemas.rolls.price_subsidy import PriceSubsidyRoll
from baoshen_audit.schemas.rolls.retired_military import RetiredMilitaryRoll
from baoshen_audit.schemas.rolls.rigid import RigidRoll
from baoshen_audit.schemas.rolls.tekun import TekunRoll
from baoshen_audit.schemas.rolls.temporary_relief import TemporaryReliefRoll
from baoshen_audit.schemas.rolls.veteran_hardship import VeteranHardshipRoll
from baoshen_audit.schemas.rolls.veteran_rural60 import VeteranRural60Roll
from baoshen_audit.schemas.rolls.youfu import YoufuRoll

__all__ = [
    "AddonRoll",
    "ChildDistressRoll",
    "DeFactoOrphanRoll",
    "DibaoEdgeRoll",
    "DibaoRoll",
    "DisabilitySubsidyRoll",
    "ElderlyRoll",
    "IllnessPovertyRoll",
    "MartyrChild60Roll",
    "MemberRoll",
    "OrphanRoll",
    "PriceSubsidyRoll",
    "RetiredMilitaryRoll",
    "RigidRoll",
    "TekunRoll",
    "TemporaryReliefRoll",
    "VeteranHardshipRoll",
    "VeteranRural60Roll",
    "YoufuRoll",
]
