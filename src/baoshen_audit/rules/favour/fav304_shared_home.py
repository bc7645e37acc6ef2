"""FAV304 疑似亲属:同户籍、同住址."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.ties import possible_kin


@rule(
    "FAV304",
    "shared-home-with-official",
    title="疑似亲属:同户籍、同住址",
    title_en="Possible kin: shared 户号 or address",
    severity=Severity.LOW,
    grade=Grade.B,
    key="person_key",
    needs=(
        "kin_link: post? employer? term_start? term_end? hukou_no|address",
        "roll: name? id_no status? relation?",
        "kin_filing?: official_id filed_on? valid_to?",
    ),
    message="与在任{posts}{tied},本月在{programmes}名册内计入保障;未见申报为亲属,也没有备案",
    message_en="Shares a household register or an address with an official in office; neither declared nor filed",
    basis=("kin-filing-practice",),
    since="0.1",
)
def shared_home(
    kin_link: pl.LazyFrame, roll: pl.LazyFrame, kin_filing: pl.LazyFrame, *, ctx: RuleContext, most_households: int = 5
) -> pl.LazyFrame:
    """干部名册的户号、住址与名册、户籍的比对。

    ## 查什么
    本月在低保、低保边缘、特困名册内计入保障的人,与在任干部、经办人员户号相同,或者住址写到门牌且相同,
    而双方没有申报为亲属,也没有当月有效的备案。一人对一名干部为一条疑点。同一门牌超过 `most_households` 户的不看。

    ## 为什么
    干部的近亲属享受救助应当单独登记备案。户号、住址相同只说明可能是亲属:户号相同为 B 级,住址相同为 C 级,
    只作案头核对,不据此上门。

    ## 常见误报
    - 租户、宗族大院、职工宿舍:同一门牌住着互不相干的人家。
    - 农村地址只写到村、组,没有门牌号:不比较。
    - 集体户口:户号相同而不是一家。
    - 已申报、户籍或婚姻登记可以认定的亲属由 FAV302 报告;干部就在本户的由 FAV301 报告;已备案的不报。

    ## 怎样核实
    - 请干部书面说明是否亲属
    - 查户籍底册,是否集体户口、是否已经分户
    - 住址相同的,查房屋是否出租、是否一个院落多户

    ## 处理
    是近亲属的补办申报和备案;不是的记下说明,以后不再提示。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 | 家庭住址 |
    |---|---|---|---|---|---|
    | H1 | 李老太 | {李老太:1948-01-02女} | 甲镇 | 在保 | 甲镇乙村3组12号 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 | 家庭住址 |
    |---|---|---|---|---|---|---|
    | 王一山 | {王一山} | 甲镇乙村 | 村会计 | 2024-01-01 | 2026-12-31 | 甲镇乙村委会三组12号 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 与在任村会计同住址,本月在低保家庭名册内计入保障 |
    """
    return possible_kin(
        kin_link, roll, kin_filing, dict.fromkeys(("同户号", "同住址"), most_households), ctx
    ).with_columns(pl.when("booked").then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"))
