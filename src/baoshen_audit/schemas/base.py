"""What a column is: one `field()` that carries the contract and everything else the house knows of it.

A contract judges typed data and never parses: intake has already turned text into dates, 分 and codes
(`coerce=False`, see docs/decisions). Aliases, personal-data class, unit and code list live in the field's metadata,
so that reading, masking and the published contracts all come from the same line.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, Optional

import pandera.polars as pa
import polars as pl

Kind = Literal[
    "text",
    "id",
    "code",
    "date",
    "datetime",
    "month",
    "money",
    "int",
    "ratio",
    "number",
    "yesno",
    "flag",
    "account",
    "phone",
]
"""How a cell is read. `money` is Int64 分, `month` the Date of its first day, `flag` a yes/no cell in which a reason
also counts as yes."""

Pii = Literal["direct", "quasi", "sensitive", "none"]
"""Personal-data class (PIPL §28 names the sensitive ones): decides how a value is masked."""

DTYPES: Final[dict[str, pl.DataType]] = {
    "text": pl.String(),
    "id": pl.String(),
    "code": pl.String(),
    "account": pl.String(),
    "phone": pl.String(),
    "date": pl.Date(),
    "month": pl.Date(),
    "datetime": pl.Datetime("us"),
    "money": pl.Int64(),
    "int": pl.Int64(),
    "ratio": pl.Float64(),
    "number": pl.Float64(),
    "yesno": pl.Boolean(),
    "flag": pl.Boolean(),
}

_DEFAULT_PII: Final[dict[str, Pii]] = {"id": "direct", "account": "direct", "phone": "direct"}


def field(
    title: str,
    kind: Kind = "text",
    *,
    aliases: tuple[str, ...] = (),
    pii: Pii | None = None,
    unit: str = "",
    codes: str = "",
    note: str = "",
    **checks: Any,  # noqa: ANN401 - handed to pandera.Field as they are
) -> Any:  # noqa: ANN401 - pandera's own annotation
    """Declare a column of a table.

    Args:
        title: its Chinese name, which is also its first header alias.
        kind: how a cell is read; decides the dtype (`DTYPES`).
        aliases: other headers seen in offices.
        pii: personal-data class; IDs, accounts and phones are `direct` without saying so.
        unit: the unit of the source (`元/月`, `元/年`, `万元`, `人` …); money is always stored in 分.
        codes: the code list in `schemas.codes` that a `code` column's values come from.
        note: one line for the data dictionary.
        **checks: column checks of `pandera.Field` (`ge`, `le`, `str_matches` …); nulls are never judged.
    """
    metadata = {
        "kind": kind,
        "aliases": (title, *aliases),
        "pii": pii or _DEFAULT_PII.get(kind, "none"),
        "unit": unit,
        "codes": codes,
    }
    return pa.Field(nullable=True, title=title, description=note or None, metadata=metadata, **checks)


class TableModel(pa.DataFrameModel):
    """The root of every table: strict, typed, nothing coerced."""

    class Config:
        """Pandera settings shared by all tables."""

        strict = True
        coerce = False
        metadata: ClassVar[dict[str, tuple[str, ...]]] = {"words": ()}
        """`words`: what files and sheets of this table are called, a tie-breaker for recognition."""


class Person(TableModel):
    """人员通用栏: the person columns of every roll and feed."""

    name: Optional[pl.String] = field("姓名", pii="direct", aliases=("享受人姓名", "保障对象", "领取人", "申请人姓名"))
    id_no: Optional[pl.String] = field(
        "身份证号",
        "id",
        aliases=("身份证号码", "公民身份号码", "证件号码", "证件号", "身份证"),
        note="按原样保留的证件号码",
    )
    id_type: Optional[pl.String] = field("证件类型", "code", codes="id_type", aliases=("证照类型",))
    sex: Optional[pl.String] = field("性别", "code", codes="sex", pii="quasi")
    birth_date: Optional[pl.Date] = field("出生日期", "date", pii="quasi", aliases=("出生年月", "生日"))
    age: Optional[pl.Int64] = field("年龄", "int", pii="quasi", unit="周岁", aliases=("周岁",), ge=0, le=130)
    marital: Optional[pl.String] = field("婚姻状况", "code", codes="marital", pii="quasi", aliases=("婚否",))
    town: Optional[pl.String] = field(
        "所属乡镇", aliases=("镇(街道)", "乡镇(街道)", "乡镇街道", "经办乡镇", "街道", "乡镇", "镇街道")
    )
    village: Optional[pl.String] = field(
        "村(社区)", pii="quasi", aliases=("村(居)委会", "村社区", "村居", "所属社区", "行政村", "村(居)")
    )
    region_code: Optional[pl.String] = field("区划代码", aliases=("行政区划代码", "地区编码"))
    address: Optional[pl.String] = field(
        "家庭住址", pii="direct", aliases=("现住址", "家庭地址", "居住地", "住址", "户籍地址", "户口所在地")
    )
    phone: Optional[pl.String] = field("联系电话", "phone", aliases=("手机", "手机号码", "电话", "手机号"))
    bank: Optional[pl.String] = field("开户银行", aliases=("银行名称", "银行", "开户行"))
    account_no: Optional[pl.String] = field(
        "银行账号", "account", aliases=("银行卡号", "社保卡号", "一卡通账号", "账号", "卡号", "银行帐号", "帐号")
    )
    account_name: Optional[pl.String] = field("账户名", pii="direct", aliases=("户名", "开户名", "账户姓名"))
    relation: Optional[pl.String] = field(
        "与户主关系", "code", codes="relation", pii="quasi", aliases=("与申请人关系", "家庭关系", "关系")
    )
    hh_id: Optional[pl.String] = field("家庭编号", aliases=("户编号", "档案编号", "家庭档案号", "户号编号"))
    cert_no: Optional[pl.String] = field(
        "救助证号", pii="direct", aliases=("低保证号", "低保(特困)证号", "证书编号", "特困证号")
    )
    guardian_name: Optional[pl.String] = field("监护人姓名", pii="direct", aliases=("监护人",))
    guardian_id: Optional[pl.String] = field("监护人身份证号", "id", aliases=("监护人证件号",))
    remark: Optional[pl.String] = field("备注", pii="sensitive", aliases=("说明",))


class Entitlement(Person):
    """待遇通用栏: what every roll says about a person's entitlement."""

    programme: Optional[pl.String] = field("救助项目", "code", codes="programme", aliases=("待遇类别", "补贴项目"))
    period: Optional[pl.Date] = field("名册月份", "month", aliases=("所属月份", "期间", "月份"))
    status: Optional[pl.String] = field("状态", "code", codes="status", aliases=("保障状态", "在保状态", "享受状态"))
    monthly_amount: Optional[pl.Int64] = field(
        "月保障金额", "money", unit="元/月", aliases=("月补助金额", "月标准", "保障金", "发放标准", "金额"), ge=0
    )
    apply_date: Optional[pl.Date] = field("申请日期", "date", aliases=("申请时间",))
    approve_date: Optional[pl.Date] = field("批准日期", "date", aliases=("审批日期", "审核确认日期", "批准时间"))
    first_month: Optional[pl.Date] = field(
        "最初享受月份", "month", aliases=("起始享受年月", "享受起始时间", "开始享受日期", "享受起始月份")
    )
    stop_date: Optional[pl.Date] = field("停保日期", "date", aliases=("停发日期", "停止享受年月", "退出时间"))
    stop_reason: Optional[pl.String] = field("停保原因", aliases=("停发原因", "退出原因", "取消原因"))
