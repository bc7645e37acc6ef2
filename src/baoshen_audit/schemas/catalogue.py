"""All tables as plain data: what intake recognises, what masking and the exporters need to know.

The contracts are the Pandera models; this is their reading for everybody who must not know pandera.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import polars as pl

from baoshen_audit.schemas import feeds, process, rolls
from baoshen_audit.schemas.base import DTYPES, Kind, Pii, TableModel

TableKind = Literal["roll", "process", "feed"]


@dataclass(frozen=True)
class ColumnSpec:
    """One column of a table, as `schemas.base.field` declared it."""

    name: str
    title: str
    aliases: tuple[str, ...]
    kind: Kind
    pii: Pii
    unit: str
    codes: str
    note: str
    own: bool
    """Declared by the table itself, not by the shared person or entitlement block: what recognition counts on."""

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


def _columns(model: type[TableModel]) -> dict[str, ColumnSpec]:
    own = set(model.__annotations__)
    schema = model.to_schema()
    specs = {}
    for name, column in schema.columns.items():
        meta: dict[str, Any] = column.metadata or {}
        specs[name] = ColumnSpec(
            name=name,
            title=str(column.title),
            aliases=meta["aliases"],
            kind=meta["kind"],
            pii=meta["pii"],
            unit=meta["unit"],
            codes=meta["codes"],
            note=column.description or "",
            own=name in own,
        )
    return specs


def _table(model: type[TableModel], kind: TableKind) -> TableSpec:
    schema = model.to_schema()
    return TableSpec(
        name=str(schema.name),
        title=str(schema.title),
        kind=kind,
        columns=MappingProxyType(_columns(model)),
        aliases=model.Config.metadata["words"],
        model=model,
        note=(model.__doc__ or "").strip(),
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

HOUSEHOLD_ROLLS: Final = ("dibao", "dibao_edge")
"""Rolls with one row per household, whose people stand in `member`."""

PERSON_ROLLS: Final = ("tekun", "orphan", "disability_subsidy", "youfu")
"""Rolls with one row per person."""
