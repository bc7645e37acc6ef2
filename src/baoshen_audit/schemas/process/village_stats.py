"""村(居)人口与换届."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class VillageStatsTable(TableModel):
    """One row per village and year."""

    year: Optional[pl.Int64] = field("年度", "int", unit="年", ge=1949, le=2100)
    town: Optional[pl.String] = field("所属乡镇", aliases=("乡镇", "街道", "镇(街道)", "乡镇(街道)"))
    village: Optional[pl.String] = field("村(社区)", aliases=("村(居)委会", "村(居)", "行政村"))
    region_code: Optional[pl.String] = field("区划代码", aliases=("行政区划代码", "地区编码"), source="统计用区划代码")
    population: Optional[pl.Int64] = field("户籍人口", "int", aliases=("常住人口",), unit="人", ge=0)
    aged_60: Optional[pl.Int64] = field("60岁以上人口", "int", unit="人", ge=0)
    disabled: Optional[pl.Int64] = field("残疾人数", "int", unit="人", ge=0)
    seriously_ill: Optional[pl.Int64] = field("大病人数", "int", unit="人", ge=0)
    centre: Optional[pl.String] = field("村委会坐标", aliases=("中心点",), unit="度", note="经度,纬度;须写明坐标系")
    election_date: Optional[pl.Date] = field("换届选举日期", "date")
    term_start: Optional[pl.Date] = field("任期起", "date")
    term_end: Optional[pl.Date] = field("任期止", "date")

    class Config:
        """Names of the table."""

        name = "village_stats"
        title = "村(居)人口与换届"
        metadata = {"words": ("村居人口", "换届"), "grain": "每个村(居)每年一行"}
