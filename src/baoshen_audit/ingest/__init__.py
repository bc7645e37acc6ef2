"""Read whatever an office has and lose nothing: files → cells → canonical columns → typed rows with provenance."""

from baoshen_audit.ingest.headers import table_named
from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Intake, Source, Table, Unrecognised

__all__ = ["Intake", "Source", "Table", "Unrecognised", "load", "table_named"]
