"""FAV308 应回避未回避."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.handlers import handlers

_STEPS = {"receiver": "受理", "visitor_1": "调查", "visitor_2": "调查", "reviewer": "审核", "approver": "审批"}


@rule(
    "FAV308",
    "handler-is-kin",
    title="应回避未回避",
    title_en="Recusal breach: handler is kin of applicant",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="case_key",
    needs=(
        "application: receiver|visitor_1|reviewer|approver visitor_2? decision? accept_date? approve_at? town?",
        "cadre_roster: login? employer? post? term_start? term_end?",
        "roll: name? relation? id_no?",
        "kin_link: kin_relation?",
    ),
    policy=("kin.degrees",),
    message="{steps}人与申请家庭有近亲属关系({relations})或就是其成员,未见回避",
    message_en="A handler of this case is a relative, or a member, of the applicant's household",
    basis=("social-assistance-interim#66", "kin-filing-practice"),
    since="0.1",
)
def handler_is_kin(
    application: pl.LazyFrame,
    cadre_roster: pl.LazyFrame,
    roll: pl.LazyFrame,
    kin_link: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """办理过程的经办人员与干部的近亲属的比对。

    ## 查什么
    审批结果为同意的申请,受理、调查、审核、审批人员是申请人或同户成员的近亲属(申报的,或者户籍、婚姻登记可以认定的;政策参数规定的亲等),
    或者就是其中的成员。经办人员按系统账号,没有账号的按名册姓名对应。一件申请一条疑点。

    ## 为什么
    经办人员与申请人有近亲属关系的应当回避。没有回避的,由他人重新办理;不说明家庭不符合条件。

    ## 常见误报
    - 办理过程只有姓名,名册里有同名的工作人员,或单位不在申请的乡镇:可能不是同一人,降为 C 级。
    - 不在规定的亲等之内(如表亲)的不报。
    - 办理时还没有任职,或任期已满的不报。

    ## 怎样核实
    - 核对经办人签字和系统登录记录,确认是不是名册上的这名干部
    - 核对亲属关系是否属实、是否在规定的亲等之内
    - 查该环节是否由他人代为办理、有没有回避记录

    ## 处理
    由其他工作人员重新办理该环节并复核;符合条件的继续享受。是否违纪由有权机关认定。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 李老太 | {母:1948-01-02女} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 乡镇 | 受理人 | 审批人 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 李老太 | {母} | 甲镇 | 王一山 | 郑三 | 2026-03-10 | 同意 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 | 亲属姓名 | 亲属身份证号 | 亲属关系 |
    |---|---|---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇民政办 | 工作人员 | 2024-01-01 | 2026-12-31 | 李老太 | {母} | 母亲 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 受理人与申请家庭有近亲属关系(父母) |
    """
    degrees = list(ctx.policy.get("kin.degrees", ctx.month).texts)
    cases = application.filter(pl.col("decision").fill_null("同意") == "同意").with_columns(
        pl.col("row_id").alias("subject_row"),
        pl.coalesce("approve_at", "accept_date").fill_null(ctx.as_of).alias("day"),
        cite("name", "id_no", *_STEPS, "approve_at").alias("case_cells"),
    )
    day = pl.col("day")
    in_term = (pl.col("term_start").fill_null(day) <= day) & (pl.col("term_end").fill_null(day) >= day)
    return (
        _people(cases, roll)
        .join(_officials(cadre_roster, kin_link, degrees), on="person_key")
        .join(_handled(cases), on=["subject_row", "who"])
        .filter(in_term)
        .with_columns(
            # a name alone is sure enough where nobody else on the roster bears it and the office is in the town
            pl.when(
                pl.col("by_login")
                | (~pl.col("namesake") & pl.col("employer").str.contains(pl.col("town"), literal=True))
            )
            .then(pl.lit("B"))
            .otherwise(pl.lit("C"))
            .alias("grade")
        )
        .sort("subject_row", "order", "roster_row", "roll_row")
        .group_by("case_key", "subject_row", maintain_order=True)
        .agg(
            pl.col("step").unique(maintain_order=True).str.join("、").alias("steps"),
            pl.col("kin_relation").unique().sort().str.join("、").alias("relations"),
            pl.col("official_key").unique().sort().cast(pl.String).str.join("、").alias("counterpart"),
            pl.col("grade").min(),
            weakest("tier", "official_tier").sort_by("grade", weakest("tier", "official_tier")).first().alias("tier"),
            pl.col("case_cells").first(),
            pl.col("roster_cells").filter(pl.col("roster_row").is_first_distinct()).explode(),
            pl.col("roll_cells").filter(pl.col("roll_row").is_first_distinct()).explode(),
        )
        .with_columns(
            cites(pl.col("case_cells"), pl.col("roster_cells"), pl.col("roll_cells").fill_null([])).alias("evidence")
        )
    )


def _people(cases: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    """The applicant and the members of his household, each with the case."""
    kept = ["case_key", "subject_row", "day", "town", "case_cells"]
    members = roll.select(
        "household_key", "person_key", "tier",
        pl.col("row_id").alias("roll_row"), cite("name", "id_no", "relation").alias("roll_cells"),
    )  # fmt: skip
    family = cases.select(*kept, "household_key").join(members, on="household_key").drop("household_key")
    alone = cases.select(*kept, "person_key", "tier", pl.lit(None, pl.Int64).alias("roll_row")).join(
        family.select("subject_row", "person_key"), on=["subject_row", "person_key"], how="anti"
    )
    return pl.concat([family, alone.filter(pl.col("person_key").is_not_null())], how="diagonal")


def _officials(cadre_roster: pl.LazyFrame, kin_link: pl.LazyFrame, degrees: list[str]) -> pl.LazyFrame:
    """The roster by person concerned: relatives within the degrees, and the official himself; by login and by name."""
    rows = cadre_roster.with_columns(
        pl.col("row_id").alias("roster_row"),
        (pl.col("person_key").n_unique().over("name") > 1).alias("namesake"),
        cite("name", "id_no", "employer", "post", "login", "kin_name", "kin_id", "kin_relation").alias("roster_cells"),
    ).with_columns(pl.col("person_key").alias("official_key"))
    kept = [
        "official_key",
        "employer",
        "namesake",
        "term_start",
        "term_end",
        "roster_row",
        "roster_cells",
        "name",
        "login",
    ]
    kin = (
        kin_link.filter("hard", pl.col("kin_relation").is_in(degrees))
        .select(
            "person_key", "kin_relation", pl.col("tier").alias("official_tier"), pl.col("row_id").alias("roster_row")
        )
        .join(rows.select(kept), on="roster_row")
    )
    self = rows.select(*kept, "person_key", pl.lit("本人").alias("kin_relation"), pl.col("tier").alias("official_tier"))
    columns = [*kept, "person_key", "kin_relation", "official_tier"]
    both = pl.concat([kin.select(columns), self.select(columns)]).filter(pl.col("person_key").is_not_null())
    ways = [
        both.select(pl.exclude("name", "login"), pl.col(way).alias("who"), pl.lit(way == "login").alias("by_login"))
        for way in ("login", "name")
    ]
    return pl.concat(ways).filter(pl.col("who").is_not_null())


def _handled(cases: pl.LazyFrame) -> pl.LazyFrame:
    """subject_row, who, step, order: one row per handler and step."""
    steps = [
        cases.select("subject_row", handlers(c).alias("who"), pl.lit(s).alias("step"), pl.lit(n).alias("order"))
        for n, (c, s) in enumerate(_STEPS.items())
    ]
    return pl.concat(steps).explode("who").filter(pl.col("who").is_not_null())
