"""`make bench-link`: who is who in a synthetic district, beside Splink, recordlinkage and a plain exact join.

Tables with their truth are generated once per size under build/bench-link. Every measured run is a process of its own,
from reading the tables to writing the pairs, imports included. Figures are printed as Markdown (docs/linkage.md).
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import polars as pl

import baoshen_audit
from baoshen_audit.linkage import Evaluation, evaluate
from baoshen_audit.testing import population
from measure import Cost, cost

HERE = Path(__file__).parent
SIZES = (20_000, 100_000)
DISTRICT = 100_000
"""People on the roll of one district: larger tables are several districts, with the same names of villages."""
SLOWEST = {"recordlinkage": 100_000}
"""Largest size a tool is asked for: beyond it recordlinkage needs more memory than the others together."""
PEERS = ("splink", "splink 1e7")
"""Splink at its default sample of pairs, of which it warns that it may be too small, and at ten times that."""
OURS = {"baoshen-audit": "library.py", "baoshen-audit link": "command.py"}
"""The library, and the command, which reads files as intake does."""
TASKS = {
    "dedup": (),
    "roll×deaths": ("name", "id_no", "sex", "village"),
    "roll×vehicles": ("name", "id_no", "phone"),
}


def tables(task: str, size: int, root: Path) -> Path:
    """The folder with the tables and the truth of one task; `size` counts people on the roll."""
    folder = root / f"{task.replace('×', '-')}-{size}"
    if (folder / "hard.parquet").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    districts = max(size // DISTRICT, 1)
    parts: list[list[pl.DataFrame | None]] = []
    on = [0, 0]
    for number in range(districts):
        left, right, truth, hard = district(task, size // districts, number)
        other = left if right is None else right
        # Records are numbered on from the district before.
        ids = pl.col("left_id") + on[0], pl.col("right_id") + on[1]
        left, record = left.with_columns(pl.col("record") + on[0]), pl.col("record") + on[1]
        right = None if right is None else right.with_columns(record)
        parts.append([left, right, truth.with_columns(ids), hard.with_columns(ids)])
        on = [on[0] + left.height, on[1] + other.height]
    for name, frames in zip(("left", "right", "truth", "hard"), zip(*parts, strict=True), strict=True):
        there = [frame for frame in frames if frame is not None]
        if there:
            pl.concat(there).write_parquet(folder / f"{name}.parquet")
    return folder


def district(task: str, size: int, number: int) -> tuple[pl.DataFrame, pl.DataFrame | None, pl.DataFrame, pl.DataFrame]:
    """Roll, feed, true pairs and hard negatives of one district."""
    if task == "dedup":
        roll, truth, hard = population.dedup(size, seed=7 + number, district=number)
        return roll, None, truth, hard
    rows, hit = (size, 0.5) if task == "roll×deaths" else (size * 4, 1.0)
    columns, seed = list(TASKS[task]), 11 + number
    return population.feed(size * 5, rows=rows, hit=hit, columns=columns, seed=seed, district=number)


def run(tool: str, folder: Path) -> tuple[Cost, Evaluation] | None:
    """One tool on one task; None where it failed."""
    out = folder / "pairs.parquet"
    try:
        script = [OURS[tool]] if tool in OURS else ["linkers.py", tool]
        spent = cost([str(HERE / script[0]), *script[1:], str(folder), str(out)])
    except subprocess.CalledProcessError:
        return None
    truth, hard = (pl.read_parquet(folder / f"{name}.parquet") for name in ("truth", "hard"))
    return spent, evaluate(pl.read_parquet(out), truth, hard)


def middle(runs: Sequence[tuple[Cost, Evaluation] | None]) -> tuple[Cost, Evaluation] | None:
    """The run of middle length; None where one failed."""
    ended = [one for one in runs if one is not None]
    return sorted(ended, key=lambda one: one[0].wall)[len(ended) // 2] if len(ended) == len(runs) else None


def line(task: str, size: int, tool: str, found: tuple[Cost, Evaluation] | None) -> str:
    """One row of the table."""
    if found is None:
        return f"| {task} | {size:,} | {tool} | failed | | | | | | | |"
    spent, e = found
    false = f"{int(e.false['linked'].sum())} / {int(e.false['pairs'].sum())}"
    return (
        f"| {task} | {size:,} | {tool} | {e.precision:.4f} | {e.recall:.4f} | {e.f1:.4f} "
        f"| {e.best_f1:.4f} ({e.best_threshold:+.1f}) | {false} | {spent.wall:.1f} | {spent.cpu:.1f} | {spent.said} |"
    )


def shares(costs: dict[tuple[str, int, str], Cost]) -> None:
    """Our time and memory as shares of Splink's, where both ran."""
    print("\n| task | people | tool | beside | time | CPU time | memory |")
    print("|---|---|---|---|---|---|---|")
    for (task, size, tool), own in costs.items():
        others = [(peer, costs[task, size, peer]) for peer in PEERS if (task, size, peer) in costs and tool in OURS]
        for peer, other in others:
            wall, cpu, memory = other.wall / own.wall, other.cpu / own.cpu, int(own.said) / int(other.said)
            print(f"| {task} | {size:,} | {tool} | {peer} | 1/{wall:.1f} | 1/{cpu:.1f} | {memory:.2f} |")


def damage(found: Evaluation) -> pl.DataFrame:
    """Recall per kind of damage: a pair counts under each kind either of its records has."""
    kinds = found.by_kind.with_columns(
        pl.col("kind").str.split("|").list.eval(pl.element().str.split("+").list.explode())
    )
    single = kinds.with_row_index().explode("kind").unique(["index", "kind"])
    clean = pl.col("kind") != "clean"
    rest = single.filter(clean | (pl.len().over("index") == 1))
    return rest.group_by("kind").agg(pl.col("pairs", "linked").sum()).sort("kind")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--tools", nargs="+", default=[*OURS, "splink", "recordlinkage", "exact join"])
    parser.add_argument("--tasks", nargs="+", default=list(TASKS))
    parser.add_argument("--root", type=Path, default=Path("build/bench-link"))
    parser.add_argument("--repeats", type=int, default=1, help="runs of each tool, of which the middle one counts")
    parser.add_argument("--wide", action="store_true", help="only ours: a million on the roll × four million vehicles")
    options = parser.parse_args()
    if options.wide:
        options.sizes, options.tasks, options.tools = [1_000_000], ["roll×vehicles"], [*OURS, "exact join"]
    # Installing compiles a package, as it did the others; a checkout would be compiled in every run where none is kept.
    compileall.compile_dir(Path(baoshen_audit.__file__).parent, quiet=1)
    versions = ", ".join(f"{name} {version(name)}" for name in ("splink", "duckdb", "recordlinkage", "polars"))
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}\n")
    scores = "precision | recall | F1 | best F1 (at bits) | hard negatives linked"
    print(f"| task | people | tool | {scores} | s | CPU s | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    kinds, costs = [], {}
    for size in options.sizes:
        for task in options.tasks:
            folder = tables(task, size, options.root)
            tools = [tool for tool in options.tools if size <= SLOWEST.get(tool, size)]
            # Tools take turns, so that a slow minute of the machine meets all of them.
            runs = [[run(tool, folder) for tool in tools] for _ in range(options.repeats)]
            for tool, several in zip(tools, zip(*runs, strict=True), strict=True):
                found = middle(several)
                print(line(task, size, tool, found), flush=True)
                if found:
                    costs[task, size, tool] = found[0]
                if found and task == "dedup" and size == options.sizes[-1]:
                    kinds.append((tool, damage(found[1])))
    shares(costs)
    if not kinds:
        return 0
    print("\n| damage (dedup, largest size) | pairs | " + " | ".join(tool for tool, _ in kinds) + " |")
    print("|---" * (len(kinds) + 2) + "|")
    for kind, pairs in kinds[0][1].select("kind", "pairs").iter_rows():
        found_by = (t.filter(pl.col("kind") == kind)["linked"].sum() / pairs for _, t in kinds)
        print(f"| {kind} | {pairs} | " + " | ".join(f"{share:.3f}" for share in found_by) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
