"""Feeds: what other registers say, and the office's own registers of staff."""

from baoshen_audit.schemas.feeds.agri import AgriFeed
from baoshen_audit.schemas.feeds.authorisation import AuthorisationFeed
from baoshen_audit.schemas.feeds.bank import BankFeed
from baoshen_audit.schemas.feeds.business import BusinessFeed
from baoshen_audit.schemas.feeds.cadre_roster import CadreRoster
from baoshen_audit.schemas.feeds.check_report import CheckReport
from baoshen_audit.schemas.feeds.custody import CustodyFeed
from baoshen_audit.schemas.feeds.death import DeathFeed
from baoshen_audit.schemas.feeds.deedtax import DeedTaxFeed
from baoshen_audit.schemas.feeds.disability import DisabilityFeed
from baoshen_audit.schemas.feeds.exit import ExitFeed
from baoshen_audit.schemas.feeds.fiscal_payroll import FiscalPayrollFeed
from baoshen_audit.schemas.feeds.hukou import HukouFeed
from baoshen_audit.schemas.feeds.id_alias import IdAliasFeed
from baoshen_audit.schemas.feeds.injury_care import InjuryCareFeed
from baoshen_audit.schemas.feeds.institution import InstitutionFeed
from baoshen_audit.schemas.feeds.kin_filing import KinFiling
from baoshen_audit.schemas.feeds.manifest import Manifest
from baoshen_audit.schemas.feeds.marriage import MarriageFeed
from baoshen_audit.schemas.feeds.medical import MedicalFeed
from baoshen_audit.schemas.feeds.peer_tokens import PeerTokensFeed
from baoshen_audit.schemas.feeds.pension import PensionFeed
from baoshen_audit.schemas.feeds.petition import PetitionFeed
from baoshen_audit.schemas.feeds.place_alias import PlaceAliasFeed
from baoshen_audit.schemas.feeds.presale import PresaleFeed
from baoshen_audit.schemas.feeds.provident import ProvidentFeed
from baoshen_audit.schemas.feeds.realestate import RealEstateFeed
from baoshen_audit.schemas.feeds.region import RegionFeed
from baoshen_audit.schemas.feeds.rescue_station import RescueStationFeed
from baoshen_audit.schemas.feeds.school import SchoolFeed
from baoshen_audit.schemas.feeds.securities import SecuritiesFeed
from baoshen_audit.schemas.feeds.social_ins import SocialInsFeed
from baoshen_audit.schemas.feeds.tax import TaxFeed
from baoshen_audit.schemas.feeds.transport import TransportFeed
from baoshen_audit.schemas.feeds.unemployment import UnemploymentFeed
from baoshen_audit.schemas.feeds.vehicle import VehicleFeed
from baoshen_audit.schemas.feeds.vessel_farm import VesselFarmFeed
from baoshen_audit.schemas.feeds.veteran_register import VeteranRegisterFeed

__all__ = [
    "AgriFeed",
    "AuthorisationFeed",
    "BankFeed",
    "BusinessFeed",
    "CadreRoster",
    "CheckReport",
    "CustodyFeed",
    "DeathFeed",
    "DeedTaxFeed",
    "DisabilityFeed",
    "ExitFeed",
    "FiscalPayrollFeed",
    "HukouFeed",
    "IdAliasFeed",
    "InjuryCareFeed",
    "InstitutionFeed",
    "KinFiling",
    "Manifest",
    "MarriageFeed",
    "MedicalFeed",
    "PeerTokensFeed",
    "PensionFeed",
    "PetitionFeed",
    "PlaceAliasFeed",
    "PresaleFeed",
    "ProvidentFeed",
    "RealEstateFeed",
    "RegionFeed",
    "RescueStationFeed",
    "SchoolFeed",
    "SecuritiesFeed",
    "SocialInsFeed",
    "TaxFeed",
    "TransportFeed",
    "UnemploymentFeed",
    "VehicleFeed",
    "VesselFarmFeed",
    "VeteranRegisterFeed",
]
