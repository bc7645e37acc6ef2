"""FEED023 核对授权缺失或过期."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FEED023",
    "authorisation-missing",
    title="核对授权缺失或过期",
    title_en="Verification authorisation missing or expired",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: hh_id? name?",
        "authorisation: signed_on name? id_no? signed_by? valid_to?",
        "feed",
        "member?: joined_on?",
    ),
    policy=("consent.feeds", "consent.exempt_bases"),
    message="{persons}人没有有效的核对授权{addition},而本次交来须经授权的数据:{feeds}",
    message_en="{persons} persons without a valid authorisation; feeds that need one: {feed_ids}",
    basis=("social-assistance-interim#58", "personal-information-law#13"),
    since="0.1",
)
def authorisation_missing(
    roll: pl.LazyFrame,
    authorisation: pl.LazyFrame,
    feed: pl.LazyFrame,
    member: pl.LazyFrame,
    *,
    ctx: RuleContext,
    programmes: tuple[str, ...] = ("dibao", "dibao_edge", "rigid", "tekun"),
) -> pl.LazyFrame:
    """用须经授权的数据核对了家庭成员,而成员没有有效的核对授权,或授权之后家庭增加了人。

    ## 查什么
    本次交来了税务、社保、不动产、银行等须经授权方可查询的数据(政策参数 consent.feeds,数据源清单写明审计、法定、
    本部门职责等依据的除外),而需要核对经济状况的项目(`programmes`)在保家庭的成员:没有授权书;授权书在核查日已过有效期或签署日期在核查日之后;
    成员增加日期晚于签署日期。一户一条疑点。没有可用证件号码的人无法对应授权书,不计。

    ## 为什么
    《社会救助暂行办法》第58条规定根据请求、委托查询。没有授权而查询,查询结果不能作为依据,还要承担责任。

    ## 常见误报
    - 授权书由监护人代签的,登记在被监护人名下即可;代签人写在“代签人”栏。
    - 江苏的授权书在享受期间有效:有效期写“长期”或不填,视为有效。
    - 审计、本部门职责范围内的核对(死亡、重复)不须逐人授权:在数据源清单“法律依据”栏写明。

    ## 怎样核实
    - 查档案中的授权书,补录签署人、日期和有效期;新成员是否补签
    - 数据源清单的法律依据是否写明

    ## 处理
    补签授权之前,不对该成员使用这些数据;已有的核对结果不作为处理依据。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 |
    |---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 甲镇 |
    | D002 | 李小河 | {乙:1970-02-03女} | 甲镇 |

    **核对授权**

    | 成员姓名 | 成员身份证号 | 签署日期 | 有效期 |
    |---|---|---|---|
    | 王大山 | {甲} | 2024-05-06 | 长期 |
    | 李小河 | {乙} | 2022-05-06 | 2025-05-05 |

    **银行存款**

    | 姓名 | 身份证号 | 余额 | 时点 |
    |---|---|---|---|
    | 王大山 | {甲} | 100 | 2026-06-15 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 1人没有有效的核对授权(其中过期1人,签署后新增0人) |
    """
    exempt = "|".join(ctx.policy.get("consent.exempt_bases", ctx.month).texts)
    asked = list(ctx.policy.get("consent.feeds", ctx.month).texts)
    unauthorised = ~pl.col("legal_basis").str.contains(exempt).fill_null(value=False)
    used = (
        feed.filter(pl.col("feed_id").is_in(asked), pl.col("rows") > 0, unauthorised)
        .sort("feed_id")
        .select(
            pl.col("title").implode().list.join("、").alias("feeds"),
            pl.col("feed_id").implode().list.join(", ").alias("feed_ids"),
        )
        .filter(pl.col("feeds") != "")
    )
    in_force = (pl.col("signed_on") <= ctx.as_of) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= ctx.as_of))
    signed = (
        authorisation.filter(pl.col("person_key").is_not_null())
        .sort("household_key", "person_key", "signed_on", "row_id")
        .group_by("household_key", "person_key", maintain_order=True)
        .agg(
            pl.col("signed_on").filter(in_force).max().alias("signed"),
            cite("name", "signed_on", "valid_to").explode().alias("papers"),
        )
    )
    joined = member.group_by("household_key", "person_key").agg(pl.col("joined_on").max())
    covered = (pl.col("joined_on").is_null() | (pl.col("joined_on") <= pl.col("signed"))).fill_null(value=False)
    keys = ["household_key", "person_key"]
    return (
        roll.filter(
            pl.col("programme").is_in(list(programmes)), pl.col("active"), pl.col("counted"), pl.col("person_key") >= 0
        )
        .sort("household_key", "row_id")
        .unique(keys, keep="first", maintain_order=True)
        .join(signed, on=keys, how="left")
        .join(joined, on=keys, how="left")
        .filter(pl.col("signed").is_null() | ~covered)
        .join(used, how="cross")
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.first("row_id", "feeds", "feed_ids"),
            pl.len().cast(pl.Int64).alias("persons"),
            (pl.col("signed").is_null() & pl.col("papers").is_not_null()).sum().alias("expired"),
            pl.col("signed").is_not_null().sum().alias("new"),
            cites(cite("name", "id_no"), pl.col("papers").fill_null(pl.lit([], dtype=CITED)))
            .explode()
            .alias("evidence"),
        )
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.when(pl.col("expired") + pl.col("new") > 0)
            .then(pl.format("(其中过期{}人,签署后新增{}人)", "expired", "new"))
            .otherwise(pl.lit(""))
            .alias("addition"),
        )
    )
