"""重复保: the same person or household enrolled twice."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import cite, cites
from baoshen_audit.rules import HOUSEHOLD_SHOWN

PAIR: Final = ("household_key", "other_household")

_TOLD: Final = {
    "本人": "同一人两户都计入",
    "配偶": "夫妻分在两户",
    "未成年子女": "未成年子女与父母分在两户",
    "户号": "登记在同一户号",
}


def tied_pairs(family_tie: pl.LazyFrame, dibao: pl.LazyFrame, *facts: pl.Expr) -> pl.LazyFrame:
    """Pairs of households with everything that ties them, and the two households' lines of the roll.

    Args:
        family_tie: ties, with a Boolean `hard`.
        dibao: the roll of households.
        *facts: columns of a household; those of the second one come with `other_` in front.

    Returns:
        One row per pair, in a fixed order: `family_key`, `household_key`, `other_household`, `subject_row`, `tie`
        (in words), `n` ties, `hard` (any of them), `tier`, `counterpart`, the facts, `cells` (evidence).
    """
    homes = dibao.sort("row_id").unique("household_key", keep="first", maintain_order=True)
    homes = homes.select(
        "household_key", *facts, cite(*HOUSEHOLD_SHOWN, "category", "apply_date", "first_month").alias("home")
    )
    other = homes.select(pl.all().name.prefix("other_")).rename({"other_household_key": "other_household"})
    person = ("name", "id_no", "relation", "status")
    proof = ("man_name", "man_id", "woman_name", "woman_id", "kind", "registered_on", "name", "id_no", "hukou_no")
    return (
        family_tie.with_columns(
            cites(cite(*person), cite(*person, row="other_row"), cite(*proof, row="proof_row")).alias("cells")
        )
        .sort(*PAIR, "kind")
        .group_by("family_key", *PAIR, maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("kind").replace_strict(_TOLD).unique(maintain_order=True).str.join("、").alias("tie"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("hard").any(),
            # one sure tie is enough, a weak one beside it takes nothing away
            pl.col("tier").min(),
            pl.col("cells").explode(),
        )
        .join(homes, on="household_key", how="left")
        .join(other, on="other_household", how="left")
        .with_columns(
            pl.format("{}|{}", *PAIR).alias("counterpart"),
            cites(pl.col("cells"), pl.col("home"), pl.col("other_home")).alias("evidence"),
        )
        .sort(PAIR)
    )
