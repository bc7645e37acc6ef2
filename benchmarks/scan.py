"""`make bench`: the whole scan at three sizes beside a bare polars read-and-join of the same files.

Counties are generated once per size under build/bench. Every measured run is a process of its own; baseline and scan
take turns, and the least disturbed run of each counts. Figures are printed as a Markdown table (docs/performance.md).
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import platform
import sys
import tempfile
from pathlib import Path

from measure import Cost, best, cost

SIZES = (20_000, 100_000, 300_000)
HERE = Path(__file__).parent
SCAN = """
import sys, time
from pathlib import Path
import baoshen_audit as b
STAGES = ("核对表结构", "关联人员", "运行规则", "整理疑点", "完成")
seen = [time.monotonic()]
def tell(stage, done, total):
    if stage in STAGES: seen.append(time.monotonic())
result = b.scan(sys.argv[1], region="320413", as_of="2026-06", rules=sys.argv[3:], key=b"bench" * 8, progress=tell)
b.write(result, [Path(sys.argv[2])])
seen.append(time.monotonic())
print(result.findings.height, *(f"{later - earlier:.2f}" for earlier, later in zip(seen, seen[1:])))
"""


def county(size: int, root: Path) -> Path:
    """The folder of a generated county with about `size` people on its rolls."""
    folder = root / str(size)
    if not (folder / "done").exists():
        code = (
            "import sys; from pathlib import Path; from baoshen_audit.testing import synth; "
            "synth.write_plain(synth.district(members=int(sys.argv[1])), Path(sys.argv[2]))"
        )
        cost(["-c", code + "; print('ok')", str(size), str(folder / "files")])
        (folder / "done").touch()
    return folder / "files"


def measure(folder: Path, repeats: int, rules: list[str]) -> tuple[Cost, Cost]:
    """Baseline and scan of one folder, taking turns."""
    pairs = []
    with tempfile.TemporaryDirectory() as scratch:
        environment = {"BAOSHEN_STATE": scratch}
        for _ in range(repeats):
            base = cost([str(HERE / "baseline.py"), str(folder)])
            scan = cost(["-c", SCAN, str(folder), str(Path(scratch) / "findings.parquet"), *rules], environment)
            pairs.append((base, scan))
    return best([base for base, _ in pairs]), best([scan for _, scan in pairs])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rules", nargs="*", default=[], help="codes or prefixes; all rules if none is given")
    parser.add_argument("--root", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    stages: list[str] = []
    print("| members | rows | baseline s / CPU s / MB | scan s / CPU s / MB | wall ratio | CPU ratio | findings |")
    print("|---|---|---|---|---|---|---|")
    walls = []
    for size in options.sizes:
        base, scan = measure(county(size, options.root), options.repeats, options.rules)
        walls.append((size, scan.wall))
        rows = base.said.split()[0]
        print(
            f"| {size:,} | {int(rows):,} | {base.wall:.2f} / {base.cpu:.2f} / {base.peak_mb:.0f} "
            f"| {scan.wall:.2f} / {scan.cpu:.2f} / {scan.peak_mb:.0f} "
            f"| {scan.wall / base.wall:.1f} | {scan.cpu / base.cpu:.1f} | {scan.said.split()[0]} |",
            flush=True,
        )
        spent = scan.said.split()[1:]
        link, rules = float(spent[2]), float(spent[3]) + float(spent[4])
        stages.append(f"| {size:,} | {' | '.join(spent)} | {rules / link:.1f} |")
    print("\n| members | read s | prepare s | link s | rules s | findings s | write s | rules and findings / link |")
    print("\n".join(["|---|---|---|---|---|---|---|---|", *stages]))
    for (small, first), (large, second) in itertools.pairwise(walls):
        print(f"growth {small:,} → {large:,}: size^{math.log(second / first) / math.log(large / small):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
