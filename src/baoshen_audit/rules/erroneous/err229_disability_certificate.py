"""ERR229 残疾证失效或类别等级不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule

_KINDS = {"1": "视力", "2": "听力", "3": "言语", "4": "肢体", "5": "智力", "6": "精神", "7": "多重"}
_LEVELS = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}
_BANDS = {"一级": "重残", "二级": "重残", "三级": "轻残", "四级": "轻残"}


@rule(
    "ERR229",
    "disability-certificate-inconsistent",
    title="残疾证失效或类别等级不符",
    title_en="Disability certificate invalid or inconsistent",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "disability_subsidy: disability_cert|disability_level|disability_kind id_no? living_amount? care_amount?",
        "disability: disability_kind disability_level cert_status|valid_to disability_cert? issued_on?",
        "roll: name? status?",
    ),
    policy=("disability.renewal_days",),
    message="残疾人两项补贴名册与残疾人证数据不一致:{found}",
    message_en="The disability certificate of the subsidy roll is invalid or differs from the register",
    basis=("disability-subsidies",),
    since="0.1",
)
def disability_certificate_inconsistent(
    disability_subsidy: pl.LazyFrame, disability: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """残疾人两项补贴名册与残联残疾人证数据的比对。

    ## 查什么
    本月在册的残疾人,其残疾人证被冻结、注销,或者过期超过政策参数规定的换证天数;名册上的类别、等级与证件不同;
    名册上的残疾证号前 18 位不是本人身份证号,或第 19、20 位与类别、等级不符。一个人有几本证的,以有效的为准。

    ## 为什么
    残疾人两项补贴按残疾人证的类别和等级发放(国发〔2015〕52号)。证件与名册不一致是事实(A 级);
    应当补发、少发还是停发,要等换证或重新评定以后确定。

    ## 常见误报
    - 正在换证:到期后在宽限天数以内的不报。
    - 刚刚重新评定,名册还没有更新(发证日期在宽限天数以内):降为 C 级。
    - 名册只写重残、轻残的,按等级归并后比较。
    - 多重残疾的类别写法不一,不比较类别。
    - 只有证号前 18 位或第 19、20 位不符的,多为录入问题或升位前的旧证:为 C 级。

    ## 怎样核实
    - 查残疾人证原件或残联系统的当前状态
    - 问本人是否正在换证或申请重新评定
    - 核对名册上的证号、类别、等级是否录错

    ## 处理
    提醒并协助换证,更正名册;书面告知之后才可以停发,等级变化的从规定月份起调整。

    ## 示例
    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 残疾证号 | 残疾类别 | 残疾等级 | 生活补贴金额 | 状态 |
    |---|---|---|---|---|---|---|---|
    | 赵水莲 | {己:1980-02-03女} | 甲镇 | {己}42 | 肢体 | 二级 | 390 | 在保 |

    **残疾人证**

    | 姓名 | 身份证号 | 残疾类别 | 残疾等级 | 证件状态 | 有效期止 |
    |---|---|---|---|---|---|
    | 赵水莲 | {己} | 肢体 | 三级 | 有效 | 2030-01-01 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | A | 2026-06 | 等级为二级,证件为三级 |
    """
    limit = pl.lit(ctx.as_of).dt.offset_by(f"-{ctx.policy.get('disability.renewal_days', ctx.month).integer}d")
    active = roll.filter("active", pl.col("table") == "disability_subsidy").select("row_id", "person_key", "period")
    return (
        disability_subsidy.with_columns(
            cite("name", "id_no", "disability_cert", "disability_kind", "disability_level").alias("roll_cells")
        )
        .join(active, on=["row_id", "person_key"], suffix="_view")
        .join(_certificates(disability, limit), on="person_key")
        .with_columns(*_differences())
        .with_columns(pl.concat_list("void", "kind", "level", "owner", "digits").list.drop_nulls().alias("parts"))
        .filter(pl.col("parts").list.len() > 0)
        # twice on the roll is another rule's finding
        .sort("row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("parts").list.join(";").alias("found"),
            pl.concat_list("period").alias("months"),
            weakest("tier", "cert_tier").alias("tier"),
            # a fact of the register, unless it changed a moment ago or only the number on the roll is odd
            pl.when(pl.col("void").is_not_null())
            .then(pl.lit("A"))
            .when(pl.col("kind").is_not_null() | pl.col("level").is_not_null())
            .then(pl.when(pl.col("issued_on") > limit).then(pl.lit("C")).otherwise(pl.lit("A")))
            .otherwise(pl.lit("C"))
            .alias("grade"),
            cites(pl.col("roll_cells"), pl.col("cert_cells")).alias("evidence"),
        )
    )


def _certificates(disability: pl.LazyFrame, limit: pl.Expr) -> pl.LazyFrame:
    """One row per person: the certificate that holds, or the latest of those that do not, with what voids it."""
    expired = pl.col("valid_to") < limit
    stale = (pl.col("cert_status") == "过期") & pl.col("valid_to").is_null()
    return (
        disability.filter(pl.col("person_key").is_not_null())
        .select(
            "person_key", "issued_on", "valid_to",
            pl.col("tier").alias("cert_tier"),
            pl.col("disability_kind").alias("cert_kind"),
            pl.col("disability_level").alias("cert_level"),
            pl.col("row_id").alias("cert_row"),
            pl.when(pl.col("cert_status").is_in(["冻结", "注销"]))
            .then(pl.format("残疾人证已{}", "cert_status"))
            .when(expired)
            .then(pl.format("残疾人证已于{}到期", "valid_to"))
            .when(stale)
            .then(pl.lit("残疾人证已过期"))
            .alias("void"),
            cite("name", "id_no", "disability_cert", "disability_kind", "disability_level", "cert_status", "valid_to")
            .alias("cert_cells"),
        )
        .sort("person_key", pl.col("void").is_not_null(), "issued_on", "valid_to", "cert_row",
              descending=[False, False, True, True, False], nulls_last=True)
        .unique("person_key", keep="first", maintain_order=True)
    )  # fmt: skip


def _differences() -> list[pl.Expr]:
    """What differs, in words, null where nothing does: kind, level, owner of the number, digits of the number."""
    kind, level, number = pl.col("disability_kind"), pl.col("disability_level"), pl.col("disability_cert")
    valid = pl.col("void").is_null()
    plain = number.str.to_uppercase().str.replace_all(r"\s", "")
    banded = pl.when(level.is_in(["重残", "轻残"])).then(pl.col("cert_level").replace(_BANDS)).otherwise("cert_level")
    several = (kind == "多重") | (pl.col("cert_kind") == "多重")
    digits = (plain.str.slice(18, 1).replace_strict(_KINDS, default=None) != kind) | (
        plain.str.slice(19, 1).replace_strict(_LEVELS, default=None) != level
    )
    long = plain.str.contains("^[0-9]{17}[0-9X][1-7][1-4]")
    return [
        pl.when(valid & ~several & (kind != pl.col("cert_kind")))
        .then(pl.format("类别为{},证件为{}", kind, "cert_kind")).alias("kind"),
        pl.when(valid & (level != banded)).then(pl.format("等级为{},证件为{}", level, "cert_level")).alias("level"),
        pl.when(long & (pl.col("id_status") == "valid18") & (plain.str.slice(0, 18) != pl.col("id_no")))
        .then(pl.lit("残疾证号前18位不是本人身份证号")).alias("owner"),
        pl.when(long & digits & ~level.is_in(["重残", "轻残"]).fill_null(value=False))
        .then(pl.lit("残疾证号第19、20位与名册上的类别、等级不符")).alias("digits"),
    ]  # fmt: skip
