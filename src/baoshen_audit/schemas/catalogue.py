"""All tables as plain data: what intake recognises, what masking and the exporters need to know.

The contracts are the Pandera models; this is their reading for everybody who must not know pandera. The fields are read
as declared: compiling 66 schemas at import would cost more than reading a month of rolls, so a schema is compiled when
`contract.check` first needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal

import polars as pl
from pandera.api.dataframe.model_components import FieldInfo

from baoshen_audit.schemas import feeds, process, rolls
from baoshen_audit.schemas.base import DTYPES, Kind, Pii, TableModel
from baoshen_audit.text import fold_text

TableKind = Literal["roll", "process", "feed"]

_folded: Final = cache(fold_text)


@dataclass(frozen=True)
class ColumnSpec:
    """One column of a table, as `schemas.base.field` declared it."""

    name: str
    title: str
    aliases: tuple[str, ...]
    """Headers, the title first. No other column of the table has them: a header that both a table's own column and a
    shared one could mean is the own one's."""
    kind: Kind
    pii: Pii
    unit: str
    codes: str
    note: str
    own: bool
    """Declared by the table itself, not by a shared block or by the table it extends: what recognition counts on."""
    source: str = ""
    description: str = ""
    """The note, or what the cells hold where there is none."""
    checks: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Bounds and patterns of the contract (`ge`, `le`, `str_matches`), in stored units."""

    @property
    def dtype(self) -> pl.DataType:
        """The dtype of a parsed column."""
        return DTYPES[self.kind]


@dataclass(frozen=True)
class TableSpec:
    """One table: its names, its columns, the words its files are called by."""

    name: str
    title: str
    kind: TableKind
    columns: Mapping[str, ColumnSpec]
    aliases: tuple[str, ...]
    model: type[TableModel]
    note: str
    grain: str = ""
    """What one row is, in Chinese."""
    provider: str = ""
    """Who delivers a feed, in Chinese; empty for the office's own tables."""


def columns_of(model: type[TableModel]) -> Mapping[str, ColumnSpec]:
    """The columns of a model in the order of declaration, the shared blocks first.

    Args:
        model: a table or one of the shared blocks (`Person`, `Entitlement`).
    """
    declared: dict[str, tuple[FieldInfo, type]] = {}
    for base in reversed(model.__mro__):
        for info in vars(base).values():
            if isinstance(info, FieldInfo):
                declared[info.name] = (info, base)
    # whoever declares nearer to the table has the first claim on a header
    claims: dict[str, str] = {}
    for name, (info, _) in sorted(declared.items(), key=lambda item: model.__mro__.index(item[1][1])):
        for alias in (info.metadata or {})["aliases"]:
            claims.setdefault(_folded(alias), name)
    return MappingProxyType({name: _column(info, claims, own=base is model) for name, (info, base) in declared.items()})


def _column(info: FieldInfo, claims: Mapping[str, str], *, own: bool) -> ColumnSpec:
    meta: dict[str, Any] = info.metadata or {}
    codes = meta["codes"]
    return ColumnSpec(
        name=info.name,
        title=str(info.title),
        aliases=tuple(alias for alias in meta["aliases"] if claims[_folded(alias)] == info.name),
        kind=meta["kind"],
        pii=meta["pii"],
        unit=meta["unit"],
        codes=codes,
        note=meta["note"],
        description=str(info.description),
        own=own,
        source=meta["source"],
        checks=MappingProxyType(meta["checks"]),
    )


def _table(model: type[TableModel], kind: TableKind) -> TableSpec:
    config: Any = model.Config
    return TableSpec(
        name=config.name,
        title=config.title,
        kind=kind,
        columns=columns_of(model),
        aliases=config.metadata["words"],
        model=model,
        note=(model.__doc__ or "").strip(),
        grain=config.metadata["grain"],
        provider=config.metadata.get("provider", ""),
    )


def _catalogue() -> dict[str, TableSpec]:
    families: tuple[tuple[TableKind, Any], ...] = (("roll", rolls), ("process", process), ("feed", feeds))
    tables = {}
    for kind, package in families:
        for name in package.__all__:
            spec = _table(getattr(package, name), kind)
            tables[spec.name] = spec
    return tables


TABLES: Final[Mapping[str, TableSpec]] = MappingProxyType(_catalogue())
"""Canonical table name → its specification, rolls first."""

HOUSEHOLD_ROLLS: Final = ("dibao", "dibao_edge", "rigid")
"""Rolls with one row per household, whose people stand in `member`."""

PERSON_ROLLS: Final = (
    "tekun",
    "orphan",
    "de_facto_orphan",
    "disability_subsidy",
    "youfu",
    "veteran_rural60",
    "martyr_child60",
    "elderly",
)
"""Rolls with one row per person and month that pay that person.

Not among them: grants and add-ons with several rows per person (`temporary_relief`, `price_subsidy`, `addon`),
households (`illness_poverty`), registers that pay nobody (`child_distress`) and pay that is no relief
(`retired_military`, `veteran_hardship`).
"""
