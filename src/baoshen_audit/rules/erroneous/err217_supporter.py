"""ERR217 赡养抚养义务人能力与认定不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule, yuan
from baoshen_audit.rules import listed, standard_per_head


@rule(
    "ERR217",
    "supporter-able",
    title="赡养抚养义务人能力与认定不符",
    title_en="Supporter able to pay but declared unable / absent",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "roll: status? urban_rural?",
        "supporter_link?: beneficiary_id income family_size declared_able? support_amount? relation? name? id_no?",
        "child_link?: hukou_status? name? id_no? father_id? mother_id?",
    ),
    policy=("dibao.standard", "support.standards_percent", "support.share_percent", "support.oldest"),
    one_of=("supporter_link", "child_link"),
    message="{what};由乡镇重新评估义务人能力,待遇不停",
    message_en="A supporter seems able to pay although declared unable, paying too little, or not listed; reassess",
    basis=("tekun-recognition", "social-assistance-interim#14", "income-rules-local"),
    since="0.1",
)
def supporter_able(
    roll: pl.LazyFrame,
    supporter_link: pl.LazyFrame,
    child_link: pl.LazyFrame,
    *,
    ctx: RuleContext,
    adult_age: int = 18,
) -> pl.LazyFrame:
    """特困、低保和低保边缘人员的义务人,在义务人登记、户籍上的情况与认定的比对。

    ## 查什么
    义务人登记里,家庭人均收入超过政策参数的线、却认定为没有能力,或者应付赡养费低于公式的;
    特困人员在户籍上有成年子女,而义务人登记里没有认定这名子女没有能力的。一人一条疑点。
    公式为(义务人家庭人均月收入−低保标准×倍数)×比例×12个月,倍数和比例见政策参数,各省不同。

    ## 为什么
    特困以无法定义务人或义务人无履行能力为条件(暂行办法第14条),低保收入包括应得的赡养费。认定与事实不符,
    对老人是少了子女的照料,对别人是不公。但子女有能力不等于子女在赡养,先调解,不停待遇。

    ## 常见误报
    - 义务人自己在保或年满政策参数的岁数:不推定有能力,不报。
    - 义务人重度残疾、患大病、服刑:登记认定了没有能力、收入又低的不报,其余由评估认定。
    - 出嫁的女儿、过继、送养、收养、法院已判解除关系:以文书为准。
    - 失踪、失联多年的子女:由村(居)和公安证明。
    - 收入是全家的、当年的:不按一时的高收入推算。

    ## 怎样核实
    - 由乡镇入户评估义务人的收入、财产和家庭负担
    - 查调解协议、判决书、收养和户籍档案
    - 问本人是否实际得到赡养

    ## 处理
    能赡养而不赡养的先调解、依法督促;确需调整的按评估结果重新认定,期间待遇照发,不作追回处理。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 王一山 | {甲:1945-03-04男} | 甲镇 | 在保 |

    **赡养抚养扶养义务人**

    | 义务人姓名 | 义务人身份证号 | 被赡养人身份证号 | 与申请人关系 | 义务人家庭收入 | 家庭人口 | 认定能力 |
    |---|---|---|---|---|---|---|
    | 王小山 | {乙:1975-03-04男} | {甲} | 子 | 12000 | 3 | 否 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | C | | | 2026-06 | 义务人家庭人均4000.00元,按公式每年应付 |
    """
    people = roll.filter("active", "counted").sort("person_key", "row_id").unique("person_key", keep="first")
    standards = people.select("person_key", standard_per_head(ctx).alias("per_head"))
    declared = _declared(supporter_link, standards, ctx)
    tekun = roll.filter("active", pl.col("table") == "tekun").select("person_key").unique()
    children = _children(child_link.join(tekun, on="person_key", how="semi"), supporter_link, adult_age, ctx)
    none = pl.lit([], dtype=CITED)
    return (
        listed(roll)
        .join(declared, on="person_key", how="left")
        .join(children, on="person_key", how="left")
        .filter(pl.col("paid_less").is_not_null() | pl.col("n").is_not_null())
        .with_columns(
            pl.concat_str(
                "paid_less", pl.format("户籍登记有成年子女{}人,未见无能力的认定", "n"), separator=";", ignore_nulls=True
            ).alias("what"),
            weakest("roll_tier", "declared_tier", "child_tier").alias("tier"),
            cites(
                pl.col("roll_cells"), pl.col("declared_cells").fill_null(none), pl.col("child_cells").fill_null(none)
            ).alias("evidence"),
        )
    )


_SHOWN = (
    "name", "id_no", "beneficiary_id", "relation", "income", "family_size", "declared_able", "support_amount",
)  # fmt: skip


def _too_old(key: str, ctx: RuleContext) -> pl.Expr:
    """Whether a person with a whole number is past the age up to which ability is presumed."""
    oldest = ctx.policy.get("support.oldest", ctx.month).integer
    born = resident_id.birth_date(resident_id.unpack(key))
    return (born.dt.offset_by(f"{oldest}y") <= ctx.month).fill_null(value=False)


def _declared(supporter_link: pl.LazyFrame, standards: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Persons with a supporter whose household could pay more, by the formula, than was laid down for him."""
    times = ctx.policy.get("support.standards_percent", ctx.month).integer
    share = ctx.policy.get("support.share_percent", ctx.month).integer
    per_head = pl.col("income") // pl.col("family_size")
    due = (per_head * 100 - pl.col("per_head") * times) * share * 12 // 10_000
    unable = pl.col("declared_able").eq_missing(other=False)
    return (
        supporter_link.filter(~pl.col("on_roll"), ~_too_old("supporter_key", ctx))
        .join(standards, on="person_key")
        .with_columns(due.alias("due"), per_head.alias("each"))
        .filter(pl.col("due") > 0, unable | (pl.col("support_amount") < pl.col("due")))
        .sort("person_key", "due", "row_id", descending=[False, True, False])
        .with_columns(
            pl.format(
                "义务人家庭人均{}元,按公式每年应付{}元,{}",
                yuan(pl.col("each")),
                yuan(pl.col("due")),
                pl.when(unable)
                .then(pl.lit("认定为没有能力"))
                .otherwise(pl.format("登记为{}元", yuan(pl.col("support_amount")))),
            ).alias("told")
        )
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("told").first().alias("paid_less"),
            weakest("tier", "supporter_tier").max().alias("declared_tier"),
            cite(*_SHOWN).explode().alias("declared_cells"),
        )
    )  # fmt: skip


def _children(child_link: pl.LazyFrame, supporter_link: pl.LazyFrame, adult_age: int, ctx: RuleContext) -> pl.LazyFrame:
    """Parents with living adult children of whom nobody has said that they cannot support them."""
    born = resident_id.birth_date(resident_id.unpack("child_key"))
    unable = supporter_link.filter(~pl.col("declared_able")).select(
        "person_key", pl.col("supporter_key").alias("child_key")
    )
    return (
        child_link.filter(
            pl.col("child_key") >= 0,
            ~pl.col("on_roll"),
            pl.col("hukou_status").fill_null("正常") == "正常",
            born.dt.offset_by(f"{adult_age}y") <= ctx.month,
            ~_too_old("child_key", ctx),
        )
        .join(unable.drop_nulls(), on=["person_key", "child_key"], how="anti")
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("child_key").n_unique().cast(pl.Int64).alias("n"),
            weakest("tier", "child_tier").max().alias("child_tier"),
            cite("name", "id_no", "hukou_status", "father_id", "mother_id").explode().alias("child_cells"),
        )
    )
