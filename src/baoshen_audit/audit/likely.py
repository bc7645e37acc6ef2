"""Records whose number names nobody: who they are likely to be, by all else they say.

Exact linkage (`linkage.exact`) joins what holds one whole number. Left over are people on rolls without one (missing,
mistyped, masked, cut) and records of registers without one, or with one that no roll knows. They are compared by name,
birth date, sex, village, address, phone, account and what is legible of the number (`linkage.link`), with its default
thresholds. Only a `link` gives a register's record to a person, and its tier costs the finding its grade; two rows of
rolls are never made one person here: they become a pair (`TWIN`) that DUP102 and DUP103 tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from baoshen_audit.linkage import link
from baoshen_audit.linkage.people import people
from baoshen_audit.linkage.people_pairs import BirthClass
from baoshen_audit.schemas import HOUSEHOLD_ROLLS

PERSON: Final = ("id_no", "name", "birth_date", "sex", "village", "address", "phone", "account_no")
"""What is compared, where a table has it; `request.BASICS` holds them."""

TWIN: Final[dict[str, pl.DataType]] = {
    "person_key": pl.Int64(),
    "programme": pl.String(),
    "row_id": pl.Int64(),
    "other_row_id": pl.Int64(),
    "alias_row_id": pl.Int64(),
    "how": pl.String(),
    "tier": pl.String(),
    "agreements": pl.Int64(),
    "same_account": pl.Boolean(),
    "reason": pl.String(),
    "reason_en": pl.String(),
    "other_town": pl.String(),
    "excess": pl.Int64(),
}
"""Two active rows of one roll that are likely one person. `person_key` is that of the first row, which has the whole
number if one of them has. `how`: old (a 15-digit number beside its 18 digits), alias (a change of number the police
recorded, `alias_row_id`) or likely (linkage). `agreements`: what agrees besides the name, of birth date, village,
address, phone and account. `excess` is the smaller amount of the two, 分; null in a programme of households."""

_PAIRS: Final[dict[str, pl.DataType]] = {
    "left_id": pl.Int64(),
    "right_id": pl.Int64(),
    "score": pl.Float64(),
    "decision": pl.String(),
    "tier": pl.String(),
    "reason": pl.String(),
    "reason_en": pl.String(),
    "agreements": pl.Int64(),
    "same_account": pl.Boolean(),
}


def likely(
    tables: Mapping[str, pl.DataFrame], links: pl.DataFrame, receive: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """Compare what exact linkage left over.

    Args:
        tables: keyed tables.
        links: `row_id`, `entity` of the records that exact linkage gave a person by their `id_no`.
        receive: tables of people who receive; the others are registers.

    Returns:
        For register rows that are now somebody's: `row_id`, `entity`, `tier`, `reason`; pairs of roll rows; notes.
    """
    rolls = _people({name: frame for name, frame in tables.items() if name in receive})
    rolls = rolls.join(links.select("row_id", "entity"), on="row_id", how="inner", maintain_order="left")
    loose = rolls.filter(pl.col("entity") < 0)
    registers = _people({name: frame for name, frame in tables.items() if name not in receive})
    registers = registers.join(links.select("row_id"), on="row_id", how="anti")
    found, told = _compared(rolls, registers)
    best = (
        found.filter(pl.col("decision") == "link", pl.col("tier").is_in(["M3", "M4", "M5"]))
        .join(rolls.select(pl.col("row_id").alias("left_id"), "entity"), on="left_id", maintain_order="left")
        .sort("right_id", "score", "left_id", descending=[False, True, False])
        .unique("right_id", keep="first", maintain_order=True)
    )
    among, more = _compared(loose, None)
    beside, others = _compared(loose, rolls.filter(pl.col("entity") >= 0))
    return (
        best.select(pl.col("right_id").alias("row_id"), "entity", "tier", "reason"),
        pl.concat([among, beside]),
        (*told, *more, *others),
    )


def twins(roll: pl.DataFrame, alias: pl.DataFrame | None, pairs: pl.DataFrame) -> pl.DataFrame:
    """The `TWIN` frame, sorted by its rows.

    Args:
        roll: the roll view.
        alias: changes of numbers, keyed, where delivered.
        pairs: from `likely`.
    """
    rows = roll.filter("active").select("row_id", "person_key", "programme", "id_status", "town", "monthly_amount")
    parts = [pl.DataFrame(schema=TWIN), _old(rows), _likely(rows, pairs)]
    if alias is not None:
        parts.append(_alias(rows, alias))
    # one pair, told once: a recorded change explains more than a resemblance
    told = pl.concat(parts, how="diagonal").sort("row_id", "other_row_id", "how")
    told = told.unique(["row_id", "other_row_id"], keep="first", maintain_order=True).drop("other_town", "excess")
    paid = pl.when(~pl.col("programme").is_in(HOUSEHOLD_ROLLS)).then("monthly_amount")
    one = rows.select("row_id", paid.alias("mine"))
    two = rows.select(pl.col("row_id").alias("other_row_id"), pl.col("town").alias("other_town"), paid.alias("theirs"))
    least = pl.when(pl.col("mine").is_not_null() & pl.col("theirs").is_not_null()).then(
        pl.min_horizontal("mine", "theirs")
    )
    full = told.join(one, on="row_id", how="left").join(two, on="other_row_id", how="left")
    return full.with_columns(least.alias("excess")).select(TWIN.keys()).sort("row_id", "other_row_id")


def _people(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows with a name or a number, as linkage reads them."""
    empty = pl.DataFrame(schema={"row_id": pl.Int64(), **dict.fromkeys(PERSON, pl.String())})
    return pl.concat([empty, *_rows(tables)])


def _rows(tables: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    for _, frame in sorted(tables.items()):
        has = set(frame.columns)
        if "name" not in has or "person_key" not in has:
            continue
        phones = [pl.col(name) for name in ("phone", "contact_phone") if name in has]
        number = pl.col("raw__id_no") if "raw__id_no" in has else pl.col("id_no") if "id_no" in has else pl.lit(None)
        derived = {"phone": pl.coalesce(phones) if phones else pl.lit(None), "id_no": number}
        columns = (
            (derived[name] if name in derived else pl.col(name) if name in has else pl.lit(None))
            .cast(pl.String)
            .alias(name)
            for name in PERSON
        )
        yield frame.filter(pl.col("name").is_not_null()).select("row_id", *columns)


def _compared(left: pl.DataFrame, right: pl.DataFrame | None) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Pairs of two tables, or within one, with what agrees besides the name, and what could not be compared."""
    if left.is_empty() or (right is not None and right.is_empty()):
        return pl.DataFrame(schema=_PAIRS), ()
    columns = {**{name: name for name in PERSON if name != "account_no"}, "account": "account_no"}
    other = None if right is None else right.drop("entity", strict=False)
    done = link(left.drop("entity", strict=False), other, spec=people(columns=columns), id="row_id")
    agree = [pl.col("birth") == BirthClass.EQUAL, *(pl.col(name) == 1 for name in ("village", "phone", "account"))]
    counted = done.evidence.select(
        pl.sum_horizontal(*agree, pl.col("address") >= 1).cast(pl.Int64).alias("agreements"),
        (pl.col("account") == 1).fill_null(value=False).alias("same_account"),
    )
    pairs = pl.concat([done.pairs, counted], how="horizontal").select(_PAIRS.keys()).cast(pl.Schema(_PAIRS))
    return pairs, tuple(note for note in done.notes if "组块" in note)


def _old(rows: pl.DataFrame) -> pl.DataFrame:
    """A 15-digit number beside its 18 digits, the names equal: exact linkage saw to that. Of two towns DUP104 tells."""
    old = pl.col("id_status") == "upgraded15"
    keys = ["person_key", "programme", pl.coalesce("town", pl.col("town").min().over("person_key", "programme"))]
    row = pl.col("row_id")
    return (
        rows.filter(pl.col("person_key") >= 0)
        .group_by(keys)
        .agg(row.filter(~old).min(), row.filter(old).min().alias("other_row_id"))
        .drop_nulls()
        .with_columns(how=pl.lit("old"), tier=pl.lit("M3"))
    )


def _alias(rows: pl.DataFrame, alias: pl.DataFrame) -> pl.DataFrame:
    """Both numbers of a recorded change on one roll."""
    firsts = rows.sort("row_id").unique(["person_key", "programme"], keep="first", maintain_order=True)
    new, old = (
        firsts.select(pl.col("person_key").alias(f"{which}_key"), "programme", pl.col("row_id").alias(name))
        for which, name in (("new", "row_id"), ("old", "other_row_id"))
    )
    changed = alias.sort("row_id").select("old_key", "new_key", pl.col("row_id").alias("alias_row_id"))
    return (
        changed.filter(pl.col("old_key") != pl.col("new_key"))
        .join(new, on="new_key")
        .join(old, on=["old_key", "programme"])
        .rename({"new_key": "person_key"})
        .drop("old_key")
        .with_columns(how=pl.lit("alias"), tier=pl.lit("M3"))
    )


def _likely(rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of linkage, the row with the whole number first."""
    mine = rows.select(pl.col("row_id").alias("right_id"), "person_key", "programme")
    other = rows.select(pl.col("row_id").alias("left_id"), pl.col("person_key").alias("other_key"), "programme")
    sure = pairs.filter(pl.col("decision") == "link")
    joined = sure.join(mine, on="right_id").join(other, on=["left_id", "programme"])
    return joined.filter(pl.col("person_key") != pl.col("other_key")).select(
        "person_key", "programme", "tier", "agreements", "same_account", "reason", "reason_en",
        row_id="right_id", other_row_id="left_id", how=pl.lit("likely"),
    )  # fmt: skip
