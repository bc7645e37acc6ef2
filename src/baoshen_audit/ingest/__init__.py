"""Read whatever an office has and lose nothing: files → cells → canonical columns → typed rows with provenance."""

from baoshen_audit.ingest.headers import table_named
from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Files, Intake, Source, Table, Unrecognised

__all__ = ["Files", "Intake", "Source", "Table", "Unrecognised", "load", "table_named"]
