"""死亡."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class DeathFeed(Person):
    """One row per report: funeral homes, police cancellations, medical certificates."""

    name: Optional[pl.String] = field("逝者姓名", aliases=("死者姓名", "姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "证件号",
        "id",
        aliases=("逝者身份证号", "死者身份证号", "身份证号", "身份证号码", "公民身份号码"),
        note="防止错填家属证件号",
    )
    source: Optional[pl.String] = field("数据来源", "code", codes="death_source")
    death_date: Optional[pl.Date] = field("死亡日期", "date", aliases=("死亡时间", "去世日期"))
    cremation_date: Optional[pl.Date] = field("火化日期", "date", aliases=("火化时间",))
    cremation_no: Optional[pl.String] = field("火化编号", aliases=("火化证号",))
    registered_on: Optional[pl.Date] = field("注销日期", "date", aliases=("登记日期",))
    relative_name: Optional[pl.String] = field("经办家属姓名", aliases=("家属姓名",), pii="direct")
    relative_id: Optional[pl.String] = field("家属身份证号", "id", aliases=("经办家属身份证号",))
    relative_phone: Optional[pl.String] = field("家属电话", "phone")
    burial: Optional[pl.String] = field("安葬方式", aliases=("公墓", "生态葬"))
    funeral_subsidy: Optional[pl.Boolean] = field("殡葬补贴申领", "flag", aliases=("丧葬费",), note="写了金额也算申领")

    class Config:
        """Names of the table."""

        name = "death"
        title = "死亡"
        metadata = {
            "words": ("死亡", "殡葬", "火化", "殡仪"),
            "grain": "每次报告一行",
            "provider": "殡仪馆(火化)、公安(死亡注销)、卫健疾控(医学死亡证明)",
        }
