"""ROLL016 银行账户异常(表内)."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.intake import unread
from baoshen_audit.text import fold

_NO_CASH: Final = ("dibao_edge", "rigid", "member")
_INSTITUTION: Final = "院|中心|机构|福利|养老|护理|医院|学校|村民委员会|村委会|居委会|公司|民政"
"""Words in the name of a holder that is no person."""


@rule(
    "ROLL016",
    "account-anomaly",
    title="银行账户异常(表内)",
    title_en="Bank account anomalies (file-internal)",
    severity=Severity.MEDIUM,
    grade=Grade.C,
    key="row_id",
    needs=(
        "entry: account_no name? account_name? account_kind? bank? guardian_name? collector_name? monthly_amount? "
        "status? remark?",
        "problem: account_no?",
        "sheet",
        "cadre_roster?: account_no?",
    ),
    message="{what}",
    message_en="{what_en}",
    basis=("social-assistance-interim#5", "baoshen-defaults"),
    since="0.1",
)
def account_anomaly(
    entry: pl.LazyFrame,
    problem: pl.LazyFrame,
    sheet: pl.LazyFrame,
    cadre_roster: pl.LazyFrame,
    *,
    ctx: RuleContext,
    shortest: int = 12,
    longest: int = 21,
) -> pl.LazyFrame:
    """发放对象的银行账号缺失、位数不对、卡号校验不过,或账户名不是本人、监护人、代领人。

    ## 查什么
    在保并有现金的行:账号为空;不是 `shortest`-`longest` 位数字;写明是银行卡而卡号校验(Luhn)不过;
    账户名与本人、监护人、代领人的姓名都不同。名册没有账号栏的不查;低保边缘、刚性支出家庭不发现金,不查。
    姓名只比清理书写差异之后是否相同。一行一条疑点。

    ## 为什么
    账号错了钱会退回,或者进了别人的账户。账户名不是本人的,要有代领委托。

    ## 常见误报
    - 存折、一卡通、对公账户不适用卡号校验:只有账户类型写明是银行卡的才校验。
    - 集中供养、福利机构的账户在机构名下:不报。
    - 未成年人、失能人员由监护人代领:登记监护人或代领人即不报;备注写明代领的不报。
    - 账户是干部、经办人员登记的账户的,由 FAV306 报告,不在这里重复。
    - 户的账户开在其他家庭成员名下:补登代领人即可。

    ## 怎样核实
    - 核对社保卡(一卡通)复印件上的账号和户名
    - 代领的,查代领委托书或监护关系
    - 上月是否有退回

    ## 处理
    更正账号;代领的补办委托。一个账户收几户的,见 DUP110。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 银行账号 | 账户名 | 账户类型 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 6222020200112233440 | 王大山 | 银行卡 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 3204001122334455 | 孙长江 | 存折 |
    | 赵长水 | {丙:1948-08-20男} | 甲镇 | | 赵长水 | |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 银行卡号校验不过 |
    | C | 账户名不是本人、监护人或代领人 |
    | C | 账号缺失 |
    """
    number, holder = pl.col("account_no"), fold(pl.col("account_name"))
    has = sheet.select("source_id", pl.col("columns").list.contains("account_no").alias("asked"))
    cash = pl.col("active") & ~pl.col("table").is_in(_NO_CASH) & (pl.col("monthly_amount").fill_null(1) > 0)
    others = [fold(pl.col(name)) for name in ("name", "guardian_name", "collector_name")]
    known = pl.any_horizontal((holder == other).fill_null(value=False) for other in others)
    excused = holder.str.contains(_INSTITUTION) | pl.col("remark").str.contains("代领|监护").fill_null(value=False)
    card = (pl.col("account_kind") == "非社保卡") & number.str.contains("^[0-9]{13,19}$")
    digits = number.str.len_chars()
    tests = (
        (number.is_null() & ~pl.col("unreadable"), "账号缺失", "no account number"),
        (~digits.is_between(shortest, longest), "账号位数不对", "account number of a wrong length"),
        (card & ~_luhn(pl.when(card).then(number)), "银行卡号校验不过", "card number fails its check digit"),
        (holder.is_not_null() & ~known & ~excused & ~pl.col("official"), "账户名不是本人、监护人或代领人",
         "the holder is neither the person nor a guardian or collector"),
    )  # fmt: skip
    said = [(test.fill_null(value=False), zh, en) for test, zh, en in tests]
    unreadable = unread(problem, ("account",), whole_percent=101, whole_cells=1).rename(
        {"what": "other", "what_en": "other_en"}
    )
    officials = (
        cadre_roster.select("account_key", pl.lit(value=True).alias("official")).drop_nulls().unique("account_key")
    )
    return (
        entry.filter(cash)
        .join(has, on="source_id", how="left")
        .filter(pl.col("asked"))
        .join(unreadable, on="row_id", how="left")
        .join(officials, on="account_key", how="left")
        .with_columns(pl.col("other").is_not_null().alias("unreadable"), pl.col("official").fill_null(value=False))
        .filter(pl.any_horizontal(test for test, _, _ in said) | pl.col("unreadable"))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            _joined([zh for _, zh, _ in said], [test for test, _, _ in said], "other", ";").alias("what"),
            _joined([en for _, _, en in said], [test for test, _, _ in said], "other_en", "; ").alias("what_en"),
            cites(
                cite("name", "account_no", "account_name", "account_kind", "bank"),
                pl.col("cells").fill_null(pl.lit([], dtype=CITED)),
            ).alias("evidence"),
        )
        .drop("asked", "other", "other_en", "unreadable", "official", "cells")
    )


def _joined(words: list[str], tests: list[pl.Expr], more: str, separator: str) -> pl.Expr:
    told = pl.concat_list(pl.when(test).then(pl.lit(word)) for word, test in zip(words, tests, strict=True))
    return pl.concat_list(told, pl.col(more).fill_null([])).list.drop_nulls().list.join(separator)


def _luhn(number: pl.Expr) -> pl.Expr:
    """Whether the check digit of a card number (ISO/IEC 7812-1) is right; at most 19 digits."""
    padded = number.str.zfill(20)
    total = pl.lit(0, dtype=pl.Int64)
    for at in range(20):
        digit = padded.str.slice(at, 1).cast(pl.Int64, strict=False)
        # counted from the right every second digit is doubled: in twenty places, those at even positions
        total += digit if at % 2 else digit * 2 - pl.when(digit > 4).then(9).otherwise(0)
    return total % 10 == 0
