"""Process tables: what the office does."""

from baoshen_audit.schemas.process.application import ApplicationTable
from baoshen_audit.schemas.process.case_history import CaseHistoryTable
from baoshen_audit.schemas.process.exemption import ExemptionTable
from baoshen_audit.schemas.process.mandate import MandateTable
from baoshen_audit.schemas.process.monitoring import MonitoringTable
from baoshen_audit.schemas.process.payment import PaymentTable
from baoshen_audit.schemas.process.self_care_assessment import SelfCareAssessmentTable
from baoshen_audit.schemas.process.supporter import SupporterTable
from baoshen_audit.schemas.process.village_stats import VillageStatsTable

__all__ = [
    "ApplicationTable",
    "CaseHistoryTable",
    "ExemptionTable",
    "MandateTable",
    "MonitoringTable",
    "PaymentTable",
    "SelfCareAssessmentTable",
    "SupporterTable",
    "VillageStatsTable",
]
