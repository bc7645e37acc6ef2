"""Policy as the rules see it: dated, cited values of one county, the most local one in force winning.

A value holds from a day to a day, both inclusive. For a calendar month the value in force on its first day counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import product

import polars as pl

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy.cite import Citation, find
from baoshen_audit.policy.source import NATION
from baoshen_audit.policy.value import DTYPES, Dims, Key, Level, Missing, PolicyMissing, Step, Value, after, resolve


@dataclass(frozen=True)
class Policy:
    """The law of one county: every value of its chain of regions.

    Attributes:
        region: six-digit division code.
        levels: nation, province, city, county.
        keys: what may be set.
        values: everything set along the chain, in no particular order.
        citations: the documents cited, by id.
    """

    region: str
    levels: tuple[Level, ...]
    keys: Mapping[str, Key]
    values: tuple[Value, ...]
    citations: Mapping[str, Citation]

    @cached_property
    def _ranked(self) -> dict[str, dict[Dims, list[Value]]]:
        """Values by key and dimensions, the strongest first: more local, then an office's later file."""
        ranked: dict[str, dict[Dims, list[Value]]] = {key: {} for key in self.keys}
        for value in sorted(self.values, key=lambda v: (-_depth(v.level), -v.rank, v.from_)):
            ranked[value.key].setdefault(value.dims, []).append(value)
        return {key: dict(sorted(by_dims.items())) for key, by_dims in ranked.items()}

    def settings(self) -> Iterator[tuple[str, Dims, list[Value]]]:
        """Everything the chain of regions sets: key, dimensions and the values for them, the strongest first."""
        for key, by_dims in self._ranked.items():
            for dims, ranked in by_dims.items():
                yield key, dims, ranked

    def _key(self, name: str) -> Key:
        if name not in self.keys:
            close = get_close_matches(name, self.keys, n=1)
            raise PolicyError(
                f"政策数据没有“{name}”这一项", hint=f"是否指 {close[0]}?" if close else "用 [[key]] 登记后方可引用。"
            )
        return self.keys[name]

    def get(self, key: str, on: date, **dims: str) -> Value:
        """The value in force on a day: that of the most local level that has one.

        Args:
            key: name of the key.
            on: the day; for a month its first day.
            **dims: every dimension of the key, e.g. `urban_rural="城市"`.

        Raises:
            PolicyMissing: no level has a value in force that day.
            PolicyError: no such key, or not its dimensions.
        """
        declared = self._key(key)
        if set(dims) != set(declared.dims):
            raise PolicyError(f"{key} 的维度应为({'、'.join(declared.dims)})")
        wanted = declared.order(dims)
        ranked = self._ranked[key].get(wanted, [])
        for value in ranked:
            if value.covers(on):
                return value
        inside = ",".join((key, *(setting for _, setting in wanted)))
        known = "、".join(f"{start} 至 {end or '今'}" for start, end, _ in resolve(ranked)) or "无"
        raise PolicyMissing(
            f"地区 {self.region} 在 {on} 没有{declared.title}({inside})的有效值",
            hint=f"已有值的期间:{known};请用 --policy FILE 补充当期的值并注明依据。",
        )

    def frame(self, key: str) -> pl.DataFrame:
        """All values of a key over time, the overlay of regions already resolved.

        Returns:
            One row per span: the dimensions (String), `from` (Date), `to` (Date, null = open), `value` (Int64, String,
            List(String) or Boolean as the key says). Spans of the same dimensions do not overlap. Sorted.
        """
        declared = self._key(key)
        rows = [
            (*(setting for _, setting in dims), start, end, list(v.is_) if isinstance(v.is_, tuple) else v.is_)
            for dims, ranked in self._ranked[key].items()
            for start, end, v in resolve(ranked)
        ]
        schema: dict[str, pl.DataType] = dict.fromkeys(declared.dims, pl.String())
        schema |= {"from": pl.Date(), "to": pl.Date(), "value": DTYPES[declared.kind]}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def by_month(self, key: str, months: Iterable[date]) -> pl.DataFrame:
        """The value of a key in each month, for an equi-join.

        Args:
            key: name of the key.
            months: first days of months.

        Returns:
            `month` (Date), the dimensions (String), `value`; months without a value have no row. Sorted.
        """
        spans = self.frame(key)
        wanted = pl.DataFrame({"month": sorted(set(months))}, schema={"month": pl.Date()})
        in_force = (pl.col("from") <= pl.col("month")) & (pl.col("to").is_null() | (pl.col("month") <= pl.col("to")))
        rows = wanted.join(spans, how="cross").filter(in_force).drop("from", "to")
        return rows.sort("month", *self._key(key).dims)

    def missing(self, keys: Iterable[str], months: Iterable[date]) -> list[Missing]:
        """Which of the needed keys have no value in force in which months (FEED024).

        A key with listed dimension values needs each of them; else each that any level has ever set, and a key that no
        level has set is missing as a whole.
        """
        wanted = sorted(set(months))
        found = []
        for name in sorted(set(keys)):
            key = self._key(name)
            for dims in self._needed(key):
                ranked = self._ranked[name].get(dims, [])
                absent = tuple(month for month in wanted if not any(value.covers(month) for value in ranked))
                if absent:
                    found.append(Missing(name, key.title, dims, absent))
        return found

    def _needed(self, key: Key) -> list[Dims]:
        known = set(self._ranked[key.name])
        if all(key.dims.values()) and not key.symmetric:
            known |= {key.order(dict(zip(key.dims, combo, strict=True))) for combo in product(*key.dims.values())}
        return sorted(known) or [()]

    @property
    def covers(self) -> tuple[date, date | None]:
        """First and last day (None = open) of the latest unbroken run of the county's own values.

        Older, separate runs are history: a month in them has some values, not a policy. Where the county itself sets
        nothing, the most local level that does counts.
        """
        local = max((value.level for value in self.values), key=_depth)
        own = [value for value in self.values if value.level == local]
        runs: list[tuple[date, date | None]] = []
        for value in sorted(own, key=lambda v: v.from_):
            following = after(runs[-1][1]) if runs else None
            if runs and (following is None or value.from_ <= following):
                ends = (runs[-1][1], value.to_)
                runs[-1] = (runs[-1][0], None if None in ends else max(end for end in ends if end))
            else:
                runs.append((value.from_, value.to_))
        return runs[-1]

    def unconfirmed(self, keys: Iterable[str], on: date | None = None) -> list[Value]:
        """The values of these keys that a county has yet to confirm: those that win at any time, or on a given day."""
        return [
            value
            for key in sorted(set(keys))
            if self._key(key)
            for ranked in self._ranked[key].values()
            for value in dict.fromkeys(v for start, end, v in resolve(ranked) if _holds(start, end, on))
            if value.status == "unconfirmed"
        ]

    def explain(self, key: str, on: date, **dims: str) -> list[Step]:
        """What each level says about a key on a day, from the nation to the county, the winner marked.

        Args:
            key: name of the key.
            on: the day.
            **dims: narrows to the values with these dimensions; may be given in part.

        Returns:
            For each level its values in force, or one step without a value.
        """
        declared = self._key(key)
        if not set(dims) <= set(declared.dims):
            raise PolicyError(f"{key} 的维度应为({'、'.join(declared.dims)})")
        chosen = [ranked for known, ranked in self._ranked[key].items() if declared.matches(dims, known)]
        winners = {value for ranked in chosen if (value := next((v for v in ranked if v.covers(on)), None))}
        steps = []
        for level in self.levels:
            said = [v for ranked in chosen for v in reversed(ranked) if v.level == level.code and v.covers(on)]
            steps += [Step(level, value, value in winners) for value in said] or [Step(level, None, wins=False)]
        return steps

    def citation(self, ref: str) -> Citation:
        """The document or article a value or a rule rests on, an office's own documents included.

        Raises:
            PolicyError: nothing in the chain is called so.
        """
        found = find(self.citations, ref)
        if found is None:
            raise PolicyError(f"依据“{ref}”在政策数据中找不到", hint="在政策文件中以 [[citation]] 登记该文件与条号。")
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over all values of the chain and the documents they cite, whatever their order and file."""
        lines = sorted(json.dumps(line, ensure_ascii=False) for line in self._canonical())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _canonical(self) -> Iterator[list[object]]:
        yield ["region", self.region]
        for v in self.values:
            ends = (v.from_.isoformat(), v.to_.isoformat() if v.to_ else "")
            yield ["value", v.key, v.dims, *ends, v.is_, v.unit, v.cite, v.status, v.level, v.rank]
        for name in sorted({v.cite.partition("#")[0] for v in self.values}):
            document = self.citations[name]
            ends = (str(document.from_ or ""), str(document.to_ or ""))
            yield ["citation", name, document.title, document.number, document.issued, *ends]


def _depth(level: str) -> int:
    return 0 if level == NATION else len(level)


def _holds(start: date, end: date | None, on: date | None) -> bool:
    return on is None or (start <= on and (end is None or on <= end))
