"""FAV305 疑似亲属:同电话、同监护、同紧急联系人."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.ties import possible_kin


@rule(
    "FAV305",
    "shared-contact-with-official",
    title="疑似亲属:同电话、同监护、同紧急联系人",
    title_en="Possible kin: shared phone, guardian or contact",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "kin_link: post? employer? term_start? term_end? id_no|phone",
        "roll: name? id_no status? relation?",
        "kin_filing?: official_id filed_on? valid_to?",
    ),
    message="登记的电话、监护人、代领人或联系人({tied})是在任{posts},本月在{programmes}名册内计入保障",
    message_en="An official in office stands as telephone, guardian, collector or contact of a person on a roll",
    basis=("kin-filing-practice",),
    since="0.1",
)
def shared_contact(
    kin_link: pl.LazyFrame, roll: pl.LazyFrame, kin_filing: pl.LazyFrame, *, ctx: RuleContext, most_households: int = 10
) -> pl.LazyFrame:
    """干部名册的电话、证件号与名册登记的电话、联系人、监护人、代领人的比对。

    ## 查什么
    本月在低保、低保边缘、特困名册内计入保障的人,登记的电话、紧急联系人电话、监护人电话是在任干部的电话,
    或者监护人、代领人就是在任干部,而双方没有申报为亲属,也没有当月有效的备案。
    一个号码被 `most_households` 户以上使用的是服务电话,不看。

    ## 为什么
    只说明两人有联系,不说明是亲属,更不说明有问题。多数是村干部替没有手机的老人填了自己的号码:
    要紧的是对象联系不上、通知送不到。

    ## 常见误报
    - 村干部替没有电话的老人填自己的号码:很常见,换成本人或子女的号码即可。
    - 村(居)委会、敬老院的服务电话。
    - 依法担任监护人的村(居)委会成员。
    - 已申报、户籍或婚姻登记可以认定的亲属由 FAV302 报告;干部就在本户的由 FAV301 报告;已备案的不报。

    ## 怎样核实
    - 补登对象本人、子女或邻居的电话
    - 有监护、代领关系的,查监护证明、代领授权
    - 同时有 FAV306(款项进入干部账户)的,一并核对

    ## 处理
    更换为真实的联系方式;是近亲属的补办申报和备案。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 | 联系电话 |
    |---|---|---|---|---|---|
    | H1 | 李老太 | {李老太:1948-01-02女} | 甲镇 | 在保 | 13900001234 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 | 联系电话 |
    |---|---|---|---|---|---|---|
    | 王一山 | {王一山} | 甲镇乙村 | 村会计 | 2024-01-01 | 2026-12-31 | 139 0000 1234 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | (同电话)是在任村会计,本月在低保家庭名册内计入保障 |
    """
    return possible_kin(kin_link, roll, kin_filing, dict.fromkeys(("同电话", "监护人", "代领人"), most_households), ctx)
