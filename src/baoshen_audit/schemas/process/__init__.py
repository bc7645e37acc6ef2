"""Process tables: what the office does."""

from baoshen_audit.schemas.process.application import ApplicationTable
from baoshen_audit.schemas.process.exemption import ExemptionTable
from baoshen_audit.schemas.process.mandate import MandateTable
from baoshen_audit.schemas.process.payment import PaymentTable

__all__ = [
    "ApplicationTable",
    "ExemptionTable",
    "MandateTable",
    "PaymentTable",
]
