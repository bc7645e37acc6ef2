"""FAV312 入户调查缺失或失真."""

from __future__ import annotations

from math import pi

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import MEANS_TESTED
from baoshen_audit.rules.concentration import place

_KM_PER_DEGREE = 111.2


@rule(
    "FAV312",
    "home-visit-missing-or-implausible",
    title="入户调查缺失或失真",
    title_en="Home visit missing or implausible",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="case_key",
    needs=(
        "application: visit_date|visit_start visitor_1? visitor_2? visit_minutes? visit_gps? photo_hash? decision "
        "approve_at programme? fast_track? town? village?",
        "village_stats?: town? village? centre? year?",
    ),
    message="{found}",
    message_en="The home visit is missing, later than the approval, or hardly possible as recorded",
    basis=("social-assistance-interim#11",),
    since="0.1",
)
def home_visit(
    application: pl.LazyFrame,
    village_stats: pl.LazyFrame,
    *,
    ctx: RuleContext,
    max_per_day: int = 25,
    min_minutes: int = 5,
    gps_km: float = 3.0,
) -> pl.LazyFrame:
    """办理过程中的入户调查记录。

    ## 查什么
    审批结果为同意的低保、低保边缘、特困申请:没有入户调查记录,或者入户调查晚于批准(A 级);
    同一组调查人一天超过 `max_per_day` 户,入户不到 `min_minutes` 分钟,同一张调查照片用于几户,
    定位离村(居)中心 `gps_km` 公里以上(C 级)。只有一名调查人的由 FAV309 报告。

    ## 为什么
    办法第十一条要求入户调查。缺失是程序问题;时间、照片、定位不合常理只是抽看的线索,都不说明家庭不符合条件。

    ## 常见误报
    - 楼房集中的社区一天能走很多户。
    - 手机没有定位,或晚上回办公室集中上传:定位、时刻是上传时的。
    - 坐标系不同(GCJ-02、BD-09 与 WGS-84)相差几百米,不到 `gps_km` 公里的不报。
    - 合用院落、同一栋楼的几户用了同一张外景照片。
    - 紧急程序先行救助的,事后补调查,降为 C 级。

    ## 怎样核实
    - 查纸质入户调查表、签字和日期
    - 查照片原件的拍摄时间和地点
    - 电话询问家庭是否有人上门

    ## 处理
    换一组调查人重新入户,补正记录;符合条件的继续享受。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 入户日期 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | 2026-03-12 | 2026-03-10 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 入户调查(2026-03-12)晚于批准(2026-03-10) |
    """
    approved, visit = pl.col("approve_at"), pl.coalesce("visit_date", pl.col("visit_start").dt.date())
    missing = (
        pl.when(visit.is_null())
        .then(pl.format("没有入户调查记录(批准日期{})", approved))
        .when(visit > approved)
        .then(pl.format("入户调查({})晚于批准({})", visit, approved))
    )
    odd = (
        (pl.col("visits_that_day") > max_per_day, pl.format("同一组调查人当天入户{}户", "visits_that_day")),
        (pl.col("visit_minutes") < min_minutes, pl.format("入户{}分钟", "visit_minutes")),
        (pl.col("photo_families") > 1, pl.format("同一张调查照片用于{}户", "photo_families")),
        (pl.col("km") > gps_km, pl.format("定位离村(居)中心{}公里", pl.col("km").round(1))),
    )
    told = pl.concat_list(pl.when(test).then(text) for test, text in odd).list.drop_nulls()
    return (
        application.filter(
            pl.col("decision") == "同意", approved <= ctx.as_of, pl.col("programme").is_in(MEANS_TESTED)
        )
        .with_columns(place().alias("place"))
        .join(_centres(village_stats), on="place", how="left")
        .with_columns(_distance("visit_gps", "centre").alias("km"))
        .with_columns(missing.alias("missing"), told.list.join(";").alias("odd"))
        .filter(pl.col("missing").is_not_null() | (pl.col("odd") != ""))
        .with_columns(
            pl.coalesce("missing", "odd").alias("found"),
            pl.when(pl.col("missing").is_null() | pl.col("fast_track").fill_null(value=False))
            .then(pl.lit("C"))
            .alias("grade"),
            pl.col("row_id").alias("subject_row"),
            cites(
                cite("name", "visit_date", "visit_start", "visit_minutes", "visitor_1", "visitor_2", "visit_gps",
                     "photo_hash", "approve_at"),
                pl.when(pl.col("km") > gps_km).then("centre_cells").otherwise([]),
            ).alias("evidence"),
        )
    )  # fmt: skip


def _centres(village_stats: pl.LazyFrame) -> pl.LazyFrame:
    """The last known centre of each village."""
    return (
        village_stats.filter(pl.col("centre").is_not_null())
        .select(place().alias("place"), "year", "row_id", "centre", cite("village", "centre").alias("centre_cells"))
        .filter(pl.col("place").is_not_null())
        .sort("place", "year", "row_id")
        .group_by("place", maintain_order=True)
        .agg(pl.col("centre", "centre_cells").last())
    )


def _distance(one: str, other: str) -> pl.Expr:
    """Kilometres between two cells of longitude and latitude, in either order (China: longitude above 70)."""
    (x1, y1), (x2, y2) = _point(one), _point(other)
    east = (x1 - x2) * (y1 * (pi / 180)).cos()
    return (east**2 + (y1 - y2) ** 2).sqrt() * _KM_PER_DEGREE


def _point(cell: str) -> tuple[pl.Expr, pl.Expr]:
    numbers = pl.col(cell).str.extract_all(r"[0-9]+\.[0-9]+").list.eval(pl.element().cast(pl.Float64))
    whole = pl.when(numbers.list.len() == 2).then(numbers)
    return whole.list.max(), whole.list.min()
