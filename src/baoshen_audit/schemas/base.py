"""What a column is: one `field()` that carries the contract and everything else the house knows of it.

A contract judges typed data and never parses: intake has already turned text into dates, 分 and codes
(`coerce=False`, see docs/decisions). Aliases, personal-data class, unit, code list and source live in the field's
metadata, so that reading, masking and the published contracts all come from the same line.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, Optional

import pandera.polars as pa
import polars as pl
from pandera.config import CONFIG, ValidationDepth, config_context
from pandera.typing.polars import DataFrame

from baoshen_audit.schemas.codes import CODE_LISTS, CODES

# With PANDERA_USE_NARWHALS_BACKEND set, pandera needs a package we do not ship, and judges by other code than the one
# these contracts are tested on. Read when a schema is first used, so it has to be said here.
CONFIG.use_narwhals_backend = False

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

KIND_WORDS: Final[dict[Kind, str]] = {
    "text": "文本",
    "id": "证件号码",
    "code": "代码",
    "account": "账号",
    "phone": "电话",
    "flag": "是/否或原因",
    "date": "日期",
    "month": "月份",
    "datetime": "日期时间",
    "money": "金额",
    "int": "整数",
    "ratio": "比例(0-1)",
    "number": "数值",
    "yesno": "是/否",
}
"""What a kind is called in descriptions and in the dictionary of fields."""

OFFICE_WORDING: Final = "办公用表常用列名"
"""Source of a column that no regulation, standard or real form at hand names."""

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
    source: str = "",
    name: str | None = None,
    **checks: Any,  # noqa: ANN401 - handed to pandera.Field as they are
) -> Any:  # noqa: ANN401 - pandera's own annotation
    """Declare a column of a table.

    Args:
        title: its Chinese name, which is also its first header alias.
        kind: how a cell is read; decides the dtype (`DTYPES`).
        aliases: other headers seen in offices.
        pii: personal-data class; IDs, accounts and phones are `direct` without saying so.
        unit: the unit of the source (`元/月`, `元/年`, `万元`, `人` …); money is always stored in 分.
        codes: the code list in `schemas.codes` that the values come from; the contract then checks it.
        note: one line for the data dictionary; without one the description says what the cells hold.
        source: standard, regulation or real form that the column comes from; ordinary office wording if not given.
        name: the column, where it is a word of Python's own (`class`).
        **checks: column checks of `pandera.Field` (`ge`, `le`, `str_matches` …); nulls are never judged.
    """
    metadata = {
        "kind": kind,
        "aliases": (title, *aliases),
        "pii": pii or _DEFAULT_PII.get(kind, "none"),
        "unit": unit,
        "codes": codes,
        "source": source or (CODE_LISTS[codes].source if codes else OFFICE_WORDING),
        "note": note,
        "checks": dict(checks),
    }
    if codes:
        checks["isin"] = list(dict.fromkeys(CODES[codes].values()))
    held = KIND_WORDS[kind] if codes or kind != "code" else "没有统一代码表,按原文保留"
    description = note or f"{title}({held}{',' * bool(unit)}{unit})"
    return pa.Field(nullable=True, alias=name, title=title, description=description, metadata=metadata, **checks)


class TableModel(pa.DataFrameModel):
    """The root of every table: strict, typed, nothing coerced."""

    class Config:
        """Pandera settings shared by all tables."""

        strict = True
        coerce = False
        metadata: ClassVar[dict[str, Any]] = {"words": (), "grain": "", "provider": ""}
        """`words`: what files and sheets of this table are called, a tie-breaker for recognition. `grain`: what one
        row is. `provider`: who delivers a feed. The last two in Chinese, for the data dictionary."""

    @classmethod
    def validate(  # type: ignore[override] # narrower on purpose: eager frames, whole frames
        cls, check_obj: pl.DataFrame, *, lazy: bool = False
    ) -> DataFrame[TableModel]:
        """Judge an eager frame, whatever the environment says about pandera.

        Args:
            check_obj: the typed columns of the table, any subset of them.
            lazy: collect all failures instead of stopping at the first.

        Returns:
            The frame, unchanged.

        Raises:
            pandera.errors.SchemaError: the first failure. Its text holds a cell; do not log it.
            pandera.errors.SchemaErrors: all failures, with `lazy`. The same.
            TypeError: the frame is lazy. Pandera would look at its columns only and call it good.
        """
        if not isinstance(check_obj, pl.DataFrame):
            msg = "contracts judge eager frames only: collect first"
            raise TypeError(msg)
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            return super().validate(check_obj, lazy=lazy)


class Person(TableModel):
    """人员通用栏: the person columns of every roll and of feeds about persons."""

    name: Optional[pl.String] = field(
        "姓名",
        pii="direct",
        aliases=("享受人姓名", "户主姓名", "申请人姓名", "收款人姓名", "保障对象", "领取人"),
        note="读入后去掉字间空格,原样另存",
    )
    id_no: Optional[pl.String] = field(
        "身份证号",
        "id",
        aliases=("身份证号码", "公民身份号码", "证件号码", "证件号", "身份证", "户主身份证号"),
        note="按原样保留的证件号码,任何证件种类;不得存为数字",
        source="GB 11643",
    )
    id_type: Optional[pl.String] = field(
        "证件类型", "code", codes="id_type", aliases=("证照类型",), note="空白按居民身份证处理"
    )
    sex: Optional[pl.String] = field("性别", "code", codes="sex", pii="quasi", note="与证件号码第17位核对")
    birth_date: Optional[pl.Date] = field(
        "出生日期", "date", pii="quasi", aliases=("出生年月", "生日"), note="与证件号码核对;只有年月的很多"
    )
    age: Optional[pl.Int64] = field(
        "年龄", "int", pii="quasi", unit="周岁", aliases=("周岁",), note="名册月份时的周岁", ge=0, le=130
    )
    ethnicity: Optional[pl.String] = field("民族", "code", codes="ethnicity", pii="sensitive", note="只用于校验")
    marital: Optional[pl.String] = field("婚姻状况", "code", codes="marital", pii="quasi", aliases=("婚否",))
    education: Optional[pl.String] = field("文化程度", "code", codes="education", pii="quasi", aliases=("学历",))
    political: Optional[pl.String] = field(
        "政治面貌", "code", codes="political", pii="sensitive", note="没有规则声明时读入即弃"
    )
    hukou_type: Optional[pl.String] = field(
        "户籍性质",
        "code",
        codes="hukou_type",
        pii="quasi",
        aliases=("户口性质", "户口类型", "农业/非农业/城镇"),
        note="城乡标准尚未统一的地方据此选标准",
    )
    hukou_addr: Optional[pl.String] = field("户籍地址", pii="direct", aliases=("户口所在地", "户籍地"))
    address: Optional[pl.String] = field(
        "家庭住址", pii="direct", aliases=("现住址", "家庭地址", "居住地", "住址"), note="地名按地名别名表规范"
    )
    town: Optional[pl.String] = field(
        "所属乡镇", aliases=("镇(街道)", "乡镇(街道)", "经办乡镇", "街道", "乡镇"), note="地名按地名别名表规范"
    )
    village: Optional[pl.String] = field(
        "村(社区)",
        pii="quasi",
        aliases=("村(居)委会", "村(居)", "所属社区", "行政村"),
        note="地名按地名别名表规范",
    )
    group: Optional[pl.String] = field("村组", pii="quasi", aliases=("组", "小组"), note="组、队、村民小组同义")
    region_code: Optional[pl.String] = field(
        "区划代码",
        aliases=("行政区划代码", "地区编码"),
        note="6位或12位;导出时常带前缀 #",
        source="GB/T 2260、统计用区划代码",
    )
    phone: Optional[pl.String] = field(
        "联系电话", "phone", aliases=("手机", "手机号码", "电话", "手机号"), note="座机也可以;一格可能有几个号码"
    )
    bank: Optional[pl.String] = field("开户银行", aliases=("银行名称", "银行", "开户行"))
    branch: Optional[pl.String] = field("开户网点", aliases=("开户行网点",))
    account_no: Optional[pl.String] = field(
        "银行账号",
        "account",
        aliases=("银行卡号", "社保卡号", "一卡通账号", "账号", "卡号", "银行帐号", "帐号"),
        note="15至19位数字存为文本;常被电子表格写成科学计数",
    )
    account_name: Optional[pl.String] = field("账户名", pii="direct", aliases=("户名", "开户名", "账户姓名"))
    account_kind: Optional[pl.String] = field(
        "账户类型", "code", codes="account_kind", aliases=("卡类型", "补贴类型(社保卡/非社保卡)")
    )
    relation: Optional[pl.String] = field(
        "与户主关系",
        "code",
        codes="relation",
        pii="quasi",
        aliases=("与申请人关系", "家庭关系", "关系"),
        note="对户主还是对申请人而言,须写明",
    )
    hh_id: Optional[pl.String] = field(
        "家庭编号", aliases=("户编号", "档案编号", "家庭档案号", "户号编号"), note="名册自己的户编号"
    )
    cert_no: Optional[pl.String] = field(
        "救助证号",
        pii="direct",
        aliases=("低保证号", "低保(特困)证号", "证书编号", "特困证号"),
        note="与家庭编号不是一回事:一户可有几本证",
    )
    guardian_name: Optional[pl.String] = field("监护人姓名", pii="direct", aliases=("监护人",))
    guardian_id: Optional[pl.String] = field("监护人身份证号", "id", aliases=("监护人证件号",))
    guardian_relation: Optional[pl.String] = field(
        "监护人与本人关系", "code", codes="relation", pii="quasi", aliases=("监护关系",)
    )
    guardian_phone: Optional[pl.String] = field("监护人电话", "phone", aliases=("监护人联系方式",))
    collector_name: Optional[pl.String] = field(
        "代领人", pii="direct", aliases=("代领人姓名", "委托领取人"), note="常常只写在备注里"
    )
    collector_id: Optional[pl.String] = field("代领人身份证号", "id", aliases=("代领人证件号",))
    contact_name: Optional[pl.String] = field("紧急联系人", pii="direct", aliases=("联系人",))
    contact_phone: Optional[pl.String] = field("紧急联系人电话", "phone", aliases=("联系人电话",))
    remark: Optional[pl.String] = field(
        "备注", pii="sensitive", aliases=("说明", "其他"), note="已故、停发、代领人、另一姓名、电话等常写在这里"
    )


class Entitlement(Person):
    """待遇通用栏: what every roll says about a person's entitlement."""

    programme: Optional[pl.String] = field(
        "救助项目", "code", codes="programme", aliases=("待遇类别", "补贴项目"), note="一个文件含几个项目时由此区分"
    )
    period: Optional[pl.Date] = field(
        "名册月份", "month", aliases=("所属月份", "期间", "月份"), note="待遇所属月份;常常只写在标题或文件名里"
    )
    status: Optional[pl.String] = field("状态", "code", codes="status", aliases=("保障状态", "在保状态", "享受状态"))
    monthly_amount: Optional[pl.Int64] = field(
        "月保障金额",
        "money",
        unit="元/月",
        aliases=("月补助金额", "月标准", "保障金", "发放标准", "金额"),
        note="审批的总额;低保边缘、刚性支出家庭可以为0",
        ge=0,
    )
    apply_date: Optional[pl.Date] = field("申请日期", "date", aliases=("申请时间",))
    approve_date: Optional[pl.Date] = field("批准日期", "date", aliases=("审批日期", "审核确认日期", "批准时间"))
    first_month: Optional[pl.Date] = field(
        "最初享受月份", "month", aliases=("起始享受年月", "享受起始时间", "开始享受日期", "享受起始月份")
    )
    stop_date: Optional[pl.Date] = field("停保日期", "date", aliases=("停发日期", "停止享受年月", "退出时间"))
    stop_reason: Optional[pl.String] = field("停保原因", aliases=("停发原因", "退出原因", "取消原因"))
    certified_on: Optional[pl.Date] = field(
        "认证日期", "date", aliases=("生存认证日期", "最近认证时间"), note="生存认证"
    )
    last_contact: Optional[pl.Date] = field("最近联系日期", "date", aliases=("最近走访日期",))
    exemption_note: Optional[pl.String] = field(
        "豁免依据", pii="sensitive", aliases=("特殊情况说明",), note="另见财产豁免台账"
    )
