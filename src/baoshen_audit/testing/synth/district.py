"""The district as a whole: population, lawful rows, planted cases, strangers."""

from __future__ import annotations

from typing import Final

from baoshen_audit.testing.synth.emit import District, emit
from baoshen_audit.testing.synth.feeds import SHARES, bulk, lawful_rows
from baoshen_audit.testing.synth.means import means_rows
from baoshen_audit.testing.synth.plant_ages import plant_ages
from baoshen_audit.testing.synth.plant_amounts import plant_amounts
from baoshen_audit.testing.synth.plant_assets import plant_assets
from baoshen_audit.testing.synth.plant_damage import plant_damage
from baoshen_audit.testing.synth.plant_death import plant_deaths
from baoshen_audit.testing.synth.plant_delivery import plant_delivery
from baoshen_audit.testing.synth.plant_duplicate import plant_duplicate
from baoshen_audit.testing.synth.plant_erroneous import plant_erroneous
from baoshen_audit.testing.synth.plant_erroneous_more import plant_erroneous_more
from baoshen_audit.testing.synth.plant_family import plant_family
from baoshen_audit.testing.synth.plant_favour import plant_favour
from baoshen_audit.testing.synth.plant_grants import plant_grants
from baoshen_audit.testing.synth.plant_household import plant_household
from baoshen_audit.testing.synth.plant_identity import plant_identity
from baoshen_audit.testing.synth.plant_intake import plant_intake
from baoshen_audit.testing.synth.plant_intake_more import plant_cells
from baoshen_audit.testing.synth.plant_means import plant_means
from baoshen_audit.testing.synth.plant_omission import plant_omission
from baoshen_audit.testing.synth.plant_overlap import plant_overlap
from baoshen_audit.testing.synth.plant_process import plant_process
from baoshen_audit.testing.synth.plant_registers import plant_registers
from baoshen_audit.testing.synth.plant_shares import plant_coverage, plant_shares
from baoshen_audit.testing.synth.plant_support import plant_support
from baoshen_audit.testing.synth.plant_terms import plant_terms
from baoshen_audit.testing.synth.plant_ties import plant_ties
from baoshen_audit.testing.synth.records import County
from baoshen_audit.testing.synth.registers import Roster, manifest, process_log
from baoshen_audit.testing.synth.rolls import fill_rolls
from baoshen_audit.testing.synth.stays import stay_rows

SEED: Final = 20260601
MEMBERS: Final = 1990


def district(members: int = MEMBERS, seed: int = SEED, plant: bool = True) -> District:
    """Draw two months (2026-05, 2026-06) of a fictional county.

    Rolls hold about `members` rows of people in a month, feeds about nine times as many. Without planted cases the
    county is clean for the eighteen first rules; everything is decided by the seed.

    Args:
        members: rows of people on all rolls together.
        seed: of every draw.
        plant: whether to plant cases and traps.

    Returns:
        The district as plain data.
    """
    county = County(seed)
    fill_rolls(county, members)
    lawful_rows(county)
    means_rows(county)
    roster = Roster(county)
    roster.fill()
    if plant:
        plant_intake(county)
        plant_duplicate(county)
        plant_deaths(county)
        plant_erroneous(county)
        plant_household(county)
        plant_family(county)
        plant_favour(county, roster)
        plant_process(county, roster)
        plant_cells(county)
        plant_means(county)
        plant_assets(county)
        plant_identity(county)
        plant_ages(county)
        plant_damage(county)
        plant_amounts(county)
        plant_terms(county)
        plant_overlap(county)
        plant_registers(county)
        plant_erroneous_more(county)
        plant_support(county)
        plant_ties(county, roster)
        crowded = plant_shares(county, roster)
    stay_rows(county)
    process_log(county, roster)
    manifest(county)
    if plant:
        plant_omission(county)
        plant_grants(county)
        plant_delivery(county)
        plant_coverage(county, crowded)
    known = {table: sum(entry.table == table for entry in county.entries) for table in SHARES}
    wanted = {table: round(members * share) for table, share in SHARES.items()}
    strangers = {table: bulk(seed, table, max(0, wanted[table] - known[table])) for table in SHARES}
    return emit(county, strangers)
