"""Tokens of another county: whether somebody on our rolls is on theirs, without either roll leaving its office.

Where a superior authority holds both rolls, a plain join there is simpler and better. Between peers, a token is a keyed
hash (HMAC) of the number under a key that the two agreed on for this one exchange. It keeps outsiders out, not the
partner: who holds the key can try all numbers. So the key is fresh for every exchange, and no rule ever sees a token:
here they become persons of our own rolls, and what matches nobody is dropped.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.audit.request import ROLLS
from baoshen_audit.identity import resident_id

_PURPOSE: Final = b"baoshen-exchange/1|"
"""Part of what is hashed, so that a token is good for nothing else that the key may be used for."""


def token(number: str, key: bytes) -> str:
    """The token of an 18-character number in an exchange."""
    return hmac.digest(key, _PURPOSE + number.encode(), "sha256").hex()


def tokens(people: pl.Series, key: bytes) -> pl.DataFrame:
    """The tokens of persons with a valid number; also what an office gives to its partner.

    Args:
        people: packed numbers (`person_key`).
        key: the key of the exchange.

    Returns:
        `token`, `person_key`, sorted by token, so that the order tells nothing of the roll.
    """
    known = people.drop_nulls().unique().sort()
    known = known.filter(known >= 0)
    made = [token(resident_id.unpack_text(person), key) for person in known]
    return pl.DataFrame({"token": pl.Series(made, dtype=pl.String), "person_key": known.cast(pl.Int64)}).sort("token")


def matched(tables: Mapping[str, pl.DataFrame], key: bytes | None) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The tokens delivered that are those of people on our rolls, as persons, and what a reader must know.

    Without a key the column `token` is gone: the rule on it cannot be evaluated.
    """
    peers = tables["peer_tokens"]
    if key is None:
        told = "收到外县比对令牌,但没有本次交换的密钥(exchange.key),令牌没有使用"
        nobody = peers.clear().with_columns(pl.lit(None, dtype=pl.Int64).alias("person_key"))
        return nobody.drop("token", strict=False), (told,)
    people = pl.concat([tables[table]["person_key"] for table in ROLLS if table in tables])
    given = peers.with_columns(pl.col("token").str.strip_chars().str.to_lowercase())
    found = given.join(tokens(people, key), on="token", how="inner", maintain_order="left")
    return found.with_columns(pl.lit(None, dtype=pl.String).alias("token")), ()
