"""A fictional county with planted truth: what the sample folder, the tests and the benchmarks are made of.

All people are synthetic. The same seed gives the same bytes.
"""

from __future__ import annotations

from baoshen_audit.testing.synth.district import MEMBERS, SEED, district
from baoshen_audit.testing.synth.emit import Case, District, RecordRef
from baoshen_audit.testing.synth.office import write_office
from baoshen_audit.testing.synth.plain import write_plain

__all__ = ["MEMBERS", "SEED", "Case", "District", "RecordRef", "district", "write_office", "write_plain"]
