"""A tool beside ours, one task, one process: `python linkers.py TOOL FOLDER OUT` reads tables, writes scored pairs.

Every tool gets the same typed-up cells. Splink and recordlinkage get the cleaning a competent user would do first:
NFKC, spaces and notes off names, placeholders to null, birth date from the number where its column is missing.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import polars as pl

COLUMNS = ("name", "id_no", "birth_date", "sex", "village", "address", "phone", "account")
NOTHING = ["", "无", "待补", "0" * 18]


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """The table as one would prepare it for a general kit."""
    texts = [pl.col(c).str.normalize("NFKC").str.replace_all(r"\s", "") for c in frame.columns if c != "record"]
    frame = frame.with_columns(texts).with_columns(
        pl.col("name").str.replace(r"[(（].*$", "").str.replace(r"[0-9]+$", ""),
        pl.when(~pl.col("id_no").is_in(NOTHING)).then(pl.col("id_no").str.to_uppercase()).alias("id_no"),
    )
    number = pl.col("id_no").str.extract(r"^[0-9]{6}((?:19|20)[0-9]{6})", 1).str.to_date("%Y%m%d", strict=False)
    born = pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False) if "birth_date" in frame.columns else None
    birth = number if born is None else pl.coalesce(born, number)
    return frame.with_columns(birth.dt.strftime("%Y-%m-%d").alias("birth_date"))


def exact(left: pl.DataFrame, right: pl.DataFrame | None) -> pl.DataFrame:
    """A plain join on the number as written, placeholders left out."""
    tables = [
        frame.select("record", "id_no").filter(~pl.col("id_no").is_in(NOTHING))
        for frame in (left, left if right is None else right)
    ]
    one, other = tables
    pairs = one.join(other, on="id_no").select(left_id="record", right_id="record_right")
    if right is None:
        pairs = pairs.filter(pl.col("left_id") < pl.col("right_id"))
    return pairs.with_columns(score=pl.lit(0.0), decision=pl.lit("link"))


def splink(left: pl.DataFrame, right: pl.DataFrame | None, sample: float = 1e6) -> pl.DataFrame:
    """Splink 5 on DuckDB: term frequencies, blocks on every key that helps, u sampled, m by EM; p = 0.95 links.

    The sample of pairs is Splink's default, with which it is fastest.
    """
    import splink.comparison_level_library as cll  # noqa: PLC0415
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415
    from splink.internals.duckdb.database_api import DuckDBAPI  # noqa: PLC0415

    tables = [cleaned(frame) for frame in (left, right) if frame is not None]
    shared = [c for c in COLUMNS if all(c in table.columns for table in tables)]
    frequent = {"term_frequency_adjustments": True}
    made: dict[str, Any] = {
        "id_no": cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]).configure(**frequent),
        "name": cl.JaroWinklerAtThresholds("name", [0.88, 0.7]).configure(**frequent),
        "birth_date": cl.DamerauLevenshteinAtThresholds("birth_date", [1]),
        "sex": cl.ExactMatch("sex"),
    }
    wanted = [
        ("id_no",),
        ("name", "birth_date"),
        ("name", "village"),
        ("name", "phone"),
        ("substr(name, 1, 1)", "birth_date"),
        ("birth_date", "village"),
        ("birth_date", "phone"),
        ("substr(name, 1, 1)", "phone"),
        ("account",),
    ]
    blocks = [keys for keys in wanted if all(k.replace("substr(", "").split(",")[0] in shared for k in keys)]
    # A household shares all of these: each as a comparison of its own counts one fact four times and scores lower.
    home = [c for c in ("account", "phone", "address", "village") if c in shared]
    levels = [cll.NullLevel(home[0]) if len(home) == 1 else cll.And(*(cll.NullLevel(c) for c in home))] if home else []
    levels += [cll.ExactMatchLevel(c) for c in home]
    contact = [cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name="home")] if home else []
    settings = SettingsCreator(
        link_type="dedupe_only" if right is None else "link_only",
        comparisons=[*(made[c] for c in shared if c in made), *contact],
        blocking_rules_to_generate_predictions=[block_on(*keys) for keys in blocks],
        unique_id_column_name="record",
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    registered = [api.register(table.select("record", *shared).to_arrow()) for table in tables]
    linker = Linker(registered if right is not None else registered[0], settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([block_on("id_no")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=sample, seed=1)
    for keys in (("id_no",), ("name", "birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*keys), record_sample_proportion=1)
    found = linker.inference.predict(threshold_match_weight=-5).as_pyarrow_table()
    pairs = pl.DataFrame(found).select(left_id="record_l", right_id="record_r", score="match_weight")
    if right is None:
        low, high = pl.min_horizontal("left_id", "right_id"), pl.max_horizontal("left_id", "right_id")
        pairs = pairs.with_columns(left_id=low, right_id=high)
    link = pl.col("score") >= 4.25
    return pairs.with_columns(decision=pl.when(link).then(pl.lit("link")).otherwise(pl.lit("review")))


def splink_documented(left: pl.DataFrame, right: pl.DataFrame | None) -> pl.DataFrame:
    """The same with the smallest sample that Splink's documentation calls adequate, while a model is being tested."""
    return splink(left, right, sample=1e7)


def recordlinkage(left: pl.DataFrame, right: pl.DataFrame | None) -> pl.DataFrame:
    """Recordlinkage: the same blocks, Jaro-Winkler on names and addresses, the ECM classifier."""
    import pandas as pd  # noqa: PLC0415
    import recordlinkage as rl  # noqa: PLC0415

    tables = [cleaned(frame) for frame in (left, right) if frame is not None]
    shared = [c for c in COLUMNS if all(c in table.columns for table in tables)]
    first = pl.col("name").str.slice(0, 1).alias("first")
    frames = [
        pd.DataFrame(
            t.with_columns(first).select("first", *shared).to_dict(as_series=False), index=t["record"].to_list()
        )
        for t in tables
    ]
    index = rl.Index()
    wanted = (["id_no"], ["name", "birth_date"], ["name", "village"], ["name", "phone"], ["first", "birth_date"])
    for keys in (*wanted, ["account"]):
        if all(k in ("first", *shared) for k in keys):
            index.block(keys)
    pairs = index.index(*frames)
    compare = rl.Compare()
    for column in shared:
        if column in ("name", "address"):
            compare.string(column, column, method="jarowinkler", threshold=0.88, label=column)
        elif column == "id_no":
            compare.string(column, column, method="damerau_levenshtein", threshold=0.94, label=column)
        else:
            compare.exact(column, column, label=column)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        features = compare.compute(pairs, *frames)
        home = [c for c in ("account", "phone", "address", "village") if c in shared]
        if len(home) > 1:
            # as for Splink: one fact, counted once
            features["home"] = features[home].max(axis=1)
            features = features.drop(columns=home)
        model = rl.ECMClassifier()
        model.fit(features)
        p = pl.Series(model.prob(features).to_numpy(), dtype=pl.Float64).clip(1e-12, 1 - 1e-12)
    rows = pl.DataFrame({"a": pairs.get_level_values(0).to_list(), "b": pairs.get_level_values(1).to_list(), "p": p})
    score = (pl.col("p") / (1 - pl.col("p"))).log(2)
    ordered = (
        rows if right is not None else rows.select(pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"), p="p")
    )
    return ordered.select(
        left_id="a",
        right_id="b",
        score=score,
        decision=pl.when(pl.col("p") >= 0.5).then(pl.lit("link")).otherwise(pl.lit("review")),
    )


TOOLS = {
    "splink": splink,
    "splink 1e7": splink_documented,
    "recordlinkage": recordlinkage,
    "exact join": exact,
}


def peak() -> int:
    """Peak memory of this process in MB; what `wait4` tells would include the process that started it."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def main(tool: str, folder: Path, out: Path) -> None:
    """Read, link, write."""
    right = folder / "right.parquet"
    tables = pl.read_parquet(folder / "left.parquet"), pl.read_parquet(right) if right.exists() else None
    pairs = TOOLS[tool](*tables)
    pairs.write_parquet(out)
    print(peak())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
