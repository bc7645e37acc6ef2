"""Feeds: what other registers say, and the office's own registers of staff."""

from baoshen_audit.schemas.feeds.business import BusinessFeed
from baoshen_audit.schemas.feeds.cadre_roster import CadreRoster
from baoshen_audit.schemas.feeds.check_report import CheckReport
from baoshen_audit.schemas.feeds.death import DeathFeed
from baoshen_audit.schemas.feeds.fiscal_payroll import FiscalPayrollFeed
from baoshen_audit.schemas.feeds.kin_filing import KinFiling
from baoshen_audit.schemas.feeds.manifest import Manifest
from baoshen_audit.schemas.feeds.marriage import MarriageFeed
from baoshen_audit.schemas.feeds.pension import PensionFeed
from baoshen_audit.schemas.feeds.realestate import RealEstateFeed
from baoshen_audit.schemas.feeds.vehicle import VehicleFeed

__all__ = [
    "BusinessFeed",
    "CadreRoster",
    "CheckReport",
    "DeathFeed",
    "FiscalPayrollFeed",
    "KinFiling",
    "Manifest",
    "MarriageFeed",
    "PensionFeed",
    "RealEstateFeed",
    "VehicleFeed",
]
