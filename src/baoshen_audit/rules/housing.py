"""The homes and shops of a household, from titles, presale contracts and deed taxes, each unit once."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import cite
from baoshen_audit.rule import RuleContext
from baoshen_audit.rules.means import in_force, owners

_SAME_AREA: Final = 3
"""Two records within so many per cent of area are one home: a contract knows the planned area, a title the measured."""

_UNIT: Final = ("household_key", "unit", "rank", "what", "plot", "location", "area", "whole", "sure", "subject_row",
                "tier", "cells")  # fmt: skip
"""A unit of a household: `rank` 0 title, 1 presale contract, 2 deed tax; `area` by share, `whole` of the unit."""


def _kind(ctx: RuleContext) -> pl.Expr:
    """住房, 经营性用房, or null for what goes with a home and is not counted."""
    dwelling = list(ctx.policy.get("asset.housing.dwelling_uses", ctx.month).texts)
    commercial = list(ctx.policy.get("asset.housing.commercial_uses", ctx.month).texts)
    return (
        pl.when(pl.col("use").str.contains("车库|车位|储藏"))
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.col("use").str.contains_any(dwelling))
        .then(pl.lit("住房"))
        .when(pl.col("use").str.contains_any(commercial))
        .then(pl.lit("经营性用房"))
    )


def _of_members(rows: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    return rows.filter(pl.col("person_key").is_not_null()).join(owners(roll), on=["household_key", "person_key"])


def titles(realestate: pl.LazyFrame, exemption: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per household and unit in force: the shares of its members together decide whether it counts."""
    least = ctx.policy.get("asset.housing.share_min", ctx.month).integer
    number, item = (pl.col(name).str.replace_all(r"[\s()\x{FF08}\x{FF09}]", "") for name in ("title_no", "item"))
    exempt = in_force(exemption, ctx).select("household_key", item.alias("item")).drop_nulls()
    plot = pl.concat_str("use", "acquired_by", separator=" ", ignore_nulls=True).str.contains("宅基地")
    rows = (
        _of_members(realestate, roll)
        .filter(pl.col("title_status").fill_null("现势") != "注销")
        .with_columns(
            _kind(ctx).alias("what"), plot.alias("plot"),
            pl.coalesce(number, "location", pl.format("row {}", "row_id")).alias("unit"),
        )
        .filter(pl.col("what").is_not_null())
    )  # fmt: skip
    named = (
        rows.join(exempt, on="household_key")
        .filter(pl.col("item").str.contains(pl.col("unit"), literal=True))
        .select("household_key", "unit")
    )
    held = pl.col("share").sum().clip(0, 1)
    known = pl.col("share").is_not_null().any()
    doubtful = (pl.col("shared") == "按份共有") | ((pl.col("shared") == "共同共有") & (pl.col("acquired_by") == "继承"))
    return (
        rows.join(named, on=["household_key", "unit"], how="anti")
        .sort("household_key", "unit", "row_id")
        .group_by("household_key", "unit", maintain_order=True)
        .agg(
            pl.col("what").first(), pl.col("plot").any(), pl.col("location").drop_nulls().first(),
            (pl.col("area").max() * pl.when(known).then(held).otherwise(1.0)).alias("area"),
            pl.col("area").max().alias("whole"),
            pl.when(known).then(held).alias("held"),
            (known | ~doubtful.fill_null(value=False).all()).alias("sure"),
            *_citing("title_no", "name", "id_no", "shared", "share", "use", "area", "acquired_by", "title_status"),
        )
        .filter((pl.col("held") * 100 >= least).fill_null(value=True))
        .with_columns(pl.lit(0).alias("rank"))
        .select(_UNIT)
    )  # fmt: skip


def _citing(*columns: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The owner's row, the weakest link and the evidence of a unit."""
    own = pl.col("owner_cells").explode()
    return (
        pl.col("owner_row").min().alias("subject_row"),
        pl.max_horizontal("tier", "owner_tier").max().alias("tier"),
        own.append(cite(*columns).explode()).alias("cells"),
    )


def contracts(presale: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per household and presale contract that is not void."""
    void = list(ctx.policy.get("asset.housing.void_contracts", ctx.month).texts)
    return (
        _of_members(presale, roll)
        .filter(~pl.col("contract_status").str.contains_any(void).fill_null(value=False))
        .with_columns(_kind(ctx).alias("what"), pl.coalesce("contract_no", pl.format("row {}", "row_id")).alias("unit"))
        .filter(pl.col("what").is_not_null())
        .sort("household_key", "unit", "row_id")
        .group_by("household_key", "unit", maintain_order=True)
        .agg(
            pl.col("what").first(),
            pl.col("area").max(),
            *_citing("contract_no", "name", "id_no", "area", "use", "contract_status"),
        )
        .with_columns(pl.col("area").alias("whole"), *_constants(1, sure=True))
        .select(_UNIT)
    )


def taxed(deedtax: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    """A deed tax says that something was bought once, not that it is still held: never sure."""
    return (
        _of_members(deedtax, roll)
        .filter(pl.col("area") > 0)
        .with_columns(pl.format("{} {}", "paid_on", "area").alias("unit"))
        .sort("household_key", "unit", "row_id")
        .group_by("household_key", "unit", maintain_order=True)
        .agg(pl.col("area").max(), *_citing("name", "id_no", "area", "paid_on"))
        .with_columns(pl.lit("住房").alias("what"), pl.col("area").alias("whole"), *_constants(2, sure=False))
        .select(_UNIT)
    )


def _constants(rank: int, *, sure: bool) -> tuple[pl.Expr, ...]:
    return (
        pl.lit(rank).alias("rank"),
        pl.lit(value=False).alias("plot"),
        pl.lit(None, dtype=pl.String).alias("location"),
        pl.lit(sure).alias("sure"),
    )


def each_once(units: pl.LazyFrame) -> pl.LazyFrame:
    """Leave out what another record already says: homesteads, contracts since registered, taxes of known homes."""
    known = units.select(
        "household_key",
        pl.col("unit").alias("other"),
        pl.col("rank").alias("other_rank"),
        pl.col("plot").alias("other_plot"),
        pl.col("location").alias("other_location"),
        pl.col("whole").alias("other_whole"),
    )
    near = ((pl.col("whole") - pl.col("other_whole")).abs() * 100 <= pl.col("other_whole") * _SAME_AREA).fill_null(True)
    there = (pl.col("location") == pl.col("other_location")).fill_null(value=True)
    plot, other_plot = pl.col("plot"), pl.col("other_plot")
    again = (
        (plot & other_plot & (pl.col("other") < pl.col("unit")))
        | (plot & ~other_plot & (pl.col("other_rank") == 0) & (near | there))
        | ((pl.col("rank") > pl.col("other_rank")) & near)
    )
    twice = (
        units.select("household_key", "unit", "rank", "plot", "location", "whole")
        .join(known, on="household_key")
        .filter(again)
        .select("household_key", "unit", "rank")
    )
    return units.join(twice, on=["household_key", "unit", "rank"], how="anti")
