"""Which files the office keeps: names, headers, habits. Headers are spellings of the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from baoshen_audit.testing.synth.cells import Style

Headers = tuple[tuple[str, str], ...]


def _headers(pairs: str) -> Headers:
    """Canonical column and header, from `column=header` words."""
    return tuple((column, header) for column, _, header in (pair.partition("=") for pair in pairs.split()))


_ISO: Final = Style()


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file of a month.

    Attributes:
        path: relative to the folder of the month; `{y}` and `{m}` are year and month.
        table: canonical table (for a combined sheet the household table).
        headers: canonical column → header, in the order of the file.
        members: headers of the member columns of a combined sheet.
        kind: CSV, workbook with one sheet, or workbook with one sheet per town.
        encoding: of a CSV.
        title: title row of a workbook; none means the header is the first row.
        unit: a unit row follows the title.
        style: date and money habits.
        only: keep the rows whose column has this value.
    """

    path: str
    table: str
    headers: Headers
    members: Headers = ()
    kind: Literal["csv", "sheet", "towns"] = "csv"
    encoding: str = "utf-8"
    title: str = ""
    unit: bool = False
    style: Style = _ISO
    only: tuple[str, str] | None = None


_HOUSE: Final = _headers(
    "hh_id=户编号 name=户主姓名 id_no=户主身份证号 town=乡镇(街道) village=村(社区) urban_rural=城乡类别 "
    "category=保障类别 family_size=家庭人口 covered_count=保障人口 income_month=家庭月收入 standard=保障标准 "
    "top_up=补差金额 supplement_amount=分类施保金额 monthly_amount=户月保障金 bank=开户银行 "
    "account_no=银行账号 account_name=账户名 phone=联系电话 status=状态 grace_start=渐退开始 "
    "grace_end=渐退结束 apply_date=申请日期 approve_date=批准日期 stop_date=停保日期 stop_reason=停保原因 "
    "class=家庭类别 last_review=最近复核日期"
)
_EDGE: Final = _headers(
    "hh_id=家庭编号 name=户主姓名 id_no=户主身份证号码 town=所属乡镇 village=村(居)委会 urban_rural=城乡类别 "
    "family_size=家庭人数 income_month=家庭月总收入 standard=低保标准 monthly_amount=户月保障金 "
    "phone=手机号码 status=保障状态 recognised_on=认定日期 valid_to=有效期至"
)
_MEMBER: Final = _headers(
    "name=成员姓名 id_no=成员身份证号 relation=与户主关系 sex=性别 birth_date=出生日期 marital=婚姻状况 "
    "is_counted=是否共同生活 is_covered=是否保障 exclude_reason=不计入原因 health=健康状况 employment=就业状况"
)
_TEKUN: Final = _headers(
    "town=镇(街道) village=行政村 name=姓名 id_type=证件类型 id_no=身份证号码 sex=性别 birth_date=出生日期 "
    "mode=供养方式 institution_name=敬老院名称 self_care=自理能力 base_standard=基本生活标准 "
    "care_amount=照料护理费 monthly_amount=月保障金额 account_no=一卡通账号 account_name=户名 phone=联系电话 "
    "status=享受状态 approve_date=审批日期 stop_date=停发日期 stop_reason=停发原因 remark=备注"
)
_ORPHAN: Final = _headers(
    "town=乡镇(街道) village=村(社区) name=姓名 id_type=证件类型 id_no=证件号码 sex=性别 birth_date=出生日期 "
    "child_kind=儿童类别 raising_mode=养育方式 guardian_name=监护人姓名 guardian_id=监护人身份证号 "
    "monthly_amount=养育标准 account_no=银行卡号 account_name=户名 status=状态 first_month=起始享受年月 "
    "remark=备注"
)
_DISABILITY: Final = _headers(
    "town=街道 village=村社区 name=享受人姓名 id_type=证件类型 id_no=公民身份号码 sex=性别 "
    "disability_cert=残疾人证号 disability_kind=残疾类别 disability_level=残疾等级 "
    "living_amount=困难残疾人生活补贴 living_start=生活补贴起始 care_amount=重度残疾人护理补贴 "
    "care_start=护理补贴起始 is_dibao=是否低保 account_no=社保卡号 account_name=开户名 phone=手机 status=状态 "
    "remark=备注"
)
_YOUFU: Final = _headers(
    "town=所属乡镇 village=村居 region_code=区划代码 name=姓名 id_no=身份证号 sex=性别 age=年龄 category=优抚类别 "
    "injury_level=伤残等级 pension_month=定期抚恤金 addon_utilities=65元专项 account_no=账号 "
    "account_name=户名 phone=电话 status=状态 stop_date=停发日期"
)
_ELDERLY: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号码 category=津贴类别 monthly_amount=月标准 account_no=社保卡号 "
    "account_name=户名 status=状态"
)
_MARTYR: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号 monthly_amount=月补助金额 account_no=账号 "
    "account_name=户名 status=状态"
)
_SOLDIER: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号 enlist_date=入伍时间 discharge_date=退伍时间 "
    "monthly_amount=月补助金额 account_no=账号 account_name=户名 status=状态 certified_on=认证日期"
)
_PAYMENT: Final = _headers(
    "batch_no=发放批次 entitlement_month=待遇月份 pay_date=打卡日期 programme=补贴项目 hh_id=户编号 name=姓名 "
    "id_no=身份证号 town=乡镇 account_no=银行账号 account_name=户名 persons=发放人数 amount_due=应发金额 "
    "amount_paid=实发金额 kind=发放类型 result=发放结果 return_reason=退回原因"
)

ROLL_FILES: Final = (
    FileSpec(
        "{y}年{m}月低保花名册.xlsx",
        "dibao",
        _HOUSE,
        _MEMBER,
        "towns",
        title="{c}{y}年{m}月城乡最低生活保障对象花名册",
        unit=True,
        style=Style(date=""),
    ),
    FileSpec(
        "低保边缘家庭{y}{m:02}.csv",
        "dibao_edge",
        _EDGE,
        _MEMBER,
        encoding="gb18030",
        style=Style("%Y.%m.%d", "%Y.%m", "comma"),
    ),
    FileSpec(
        "特困供养人员名册.xlsx",
        "tekun",
        _TEKUN,
        kind="sheet",
        title="{c}{y}年{m}月特困人员供养名册",
        style=Style("%Y.%m.%d"),
    ),
    FileSpec(
        "孤儿花名册.xlsx",
        "orphan",
        _ORPHAN,
        kind="sheet",
        title="{c}孤儿基本生活保障花名册({y}年{m}月)",
        unit=True,
        style=Style("", "%Y年%m月"),
    ),
    FileSpec(
        "残疾人两项补贴名册.csv",
        "disability_subsidy",
        _DISABILITY,
        encoding="utf-8-sig",
        style=Style("%Y%m%d", "%Y%m", "fixed"),
    ),
    FileSpec("优抚对象名册.xlsx", "youfu", _YOUFU, kind="sheet", title="{c}{y}年{m}月优抚对象抚恤补助名册", unit=True),
    FileSpec("高龄津贴名册.xlsx", "elderly", _ELDERLY, kind="towns", title="{c}{y}年{m}月高龄津贴发放名册"),
    FileSpec("60周岁以上烈士子女名册.csv", "martyr_child60", _MARTYR, encoding="gb18030"),
    FileSpec("60周岁以上农村籍退役士兵名册.xlsx", "veteran_rural60", _SOLDIER, kind="sheet", style=Style("%Y-%m-%d")),
    FileSpec(
        "{y}年{m}月社会化发放明细.csv", "payment", _PAYMENT, encoding="gb18030", style=Style("%Y%m%d", "%Y%m", "comma")
    ),
)
"""Files of every month. `{c}` is the name of the county."""

_FUNERAL: Final = _headers(
    "cremation_no=火化编号 name=逝者姓名 id_no=逝者身份证号 death_date=死亡日期 cremation_date=火化日期 "
    "relative_name=经办家属姓名 relative_id=家属身份证号 relative_phone=家属电话 source=数据来源"
)
_POLICE: Final = _headers(
    "name=姓名 id_no=公民身份号码 death_date=死亡时间 registered_on=注销日期 hukou_addr=户口所在地 source=数据来源"
)
_VEHICLE: Final = _headers(
    "plate_no=号牌号码 plate_kind=号牌种类 name=机动车所有人 id_no=证件号码 model=车辆型号 "
    "vehicle_kind=车辆类型 use=使用性质 first_registered=初次登记日期 vehicle_status=机动车状态 value=购置价"
)
_TITLE: Final = _headers(
    "title_no=不动产权证号 name=权利人 id_no=权利人证件号 shared=共有方式 share=份额 location=坐落 area=建筑面积 "
    "use=规划用途 acquired_by=取得方式 registered_on=登记时间 title_status=权属状态"
)
_BUSINESS: Final = _headers(
    "entity_name=企业名称 uscc=统一社会信用代码 entity_kind=主体类型 role=角色 name=姓名 id_no=证件号码 "
    "capital=认缴出资额 founded_on=成立日期 cancelled_on=注销日期 entity_status=登记状态"
)
_PAYROLL: Final = _headers(
    "employer=单位名称 name=姓名 id_no=身份证号码 staff_kind=人员性质 payroll_status=人员状态 gross=应发工资 "
    "month=工资月份"
)
_PENSION: Final = _headers(
    "name=姓名 id_no=身份证号 kind=待遇类型 amount=养老金 month=待遇月份 start=待遇开始时间 pension_status=待遇状态"
)
_MARRIAGE: Final = _headers(
    "man_name=男方姓名 man_id=男方身份证号 woman_name=女方姓名 woman_id=女方身份证号 kind=业务类型 "
    "registered_on=登记日期"
)
_CADRE: Final = _headers(
    "employer=工作单位 name=姓名 id_no=身份证号 post=职务 staff_kind=用工性质 term_start=任期起 "
    "term_end=任期止 login=系统账号 account_no=工资账户 phone=联系电话 hukou_no=户号 "
    "kin_name=近亲属姓名 kin_id=近亲属身份证号 kin_relation=亲属关系"
)
_FILING: Final = _headers(
    "official_name=工作人员姓名 official_id=工作人员身份证号 official_employer=工作人员单位 "
    "official_post=职务 relation=与工作人员关系 name=享受对象姓名 id_no=享受对象身份证号 programme=救助类别 "
    "filed_on=备案日期 valid_to=有效期至 county_visit_on=县级核查日期"
)
_RESCUE: Final = _headers("name=姓名(自报) id_no=身份证号 start=入站日期 end=离站日期 left_to=离站去向")
_TRANSPORT: Final = _headers("name=姓名 id_no=身份证号 plate_no=车牌 licence_status=证件状态")
_EXIT: Final = _headers("name=姓名 id_no=身份证号 settled_on=定居日期")
_AUTHORISATION: Final = _headers(
    "hh_id=家庭编号 name=成员姓名 id_no=成员身份证号 signed_on=签署日期 signed_by=代签人 valid_to=有效期"
)
_HUKOU: Final = _headers(
    "hukou_no=户号 name=姓名 id_no=公民身份号码 relation=与户主关系 hukou_status=户籍状态 moved_in=迁入日期 "
    "moved_out=迁出日期 split_on=分户日期 moved_to=迁往地 cancel_reason=注销原因 cancel_date=注销日期 "
    "father_id=父亲身份证号 mother_id=母亲身份证号 spouse_id=配偶身份证号"
)
_SOCIAL: Final = _headers(
    "name=姓名 id_no=身份证号 insurance=险种 employer=参保单位 base=缴费基数 month=费款所属期 pay_kind=缴费方式"
)
_TAX: Final = _headers("name=姓名 id_no=身份证号 payer=扣缴义务人 item=所得项目 income=收入额 month=所属期")
_FUND: Final = _headers(
    "name=姓名 id_no=身份证号 employer=缴存单位 month=缴存月份 base=缴存基数 deposit=月缴存额 account_status=缴存状态 "
    "withdrawn=提取金额 withdrawn_on=提取日期 withdraw_reason=提取原因"
)
_BANK: Final = _headers(
    "name=户名 id_no=证件号码 account_no=账号 deposit_kind=存款类型 balance=存款余额 balance_avg=近6月均 as_of=查询时点"
)
_SECURITIES: Final = _headers(
    "name=姓名 id_no=身份证号 kind=资产类别 market_value=市值 cash_value=现金价值 premium=保费 payer=投保人 "
    "as_of=截止日"
)
_DEED: Final = _headers("name=纳税人姓名 id_no=纳税人身份证号 area=建筑面积 paid_on=缴税日期")
_MANIFEST: Final = _headers(
    "feed=数据源 as_of=数据截止日 extracted_on=提取日期 provider=提供单位 coverage=覆盖区域 rows=记录数 "
    "legal_basis=法律依据"
)

_CERTIFICATE: Final = _headers(
    "name=姓名 id_no=身份证号 disability_kind=残疾类别 disability_level=残疾等级 cert_status=证件状态 valid_to=有效期"
)
_DISTRESS: Final = _headers("town=乡镇 village=村(社区) name=姓名 id_no=身份证号 distress_kind=困境类型")
_GRANT: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号 cause=救助事由 approve_date=批准日期 amount=救助金额"
)
_SCHOOL: Final = _headers("name=姓名 id_no=身份证号 school=学校 enrol_status=学籍状态 leave_date=毕业日期")
_HOMES: Final = _headers(
    "name=姓名 id_no=身份证号 institution_name=机构名称 moved_in=入住日期 moved_out=离院日期 payer=缴费方"
)
_CUSTODY: Final = _headers("name=姓名 id_no=身份证号 kind=人员类别 start=入监日期 end=刑满日期")
_PRICE: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号 month=补贴月份 basis_status=依据身份 amount=补贴金额"
)
_ASSESSMENT: Final = _headers("name=姓名 id_no=身份证号 assessed_on=评估日期 self_care=评估结论")
_ADDON: Final = _headers(
    "town=乡镇 village=村(社区) name=姓名 id_no=身份证号 item=补贴项目 month=补贴月份 amount=补贴金额"
)

_BILL: Final = _headers("name=姓名 id_no=身份证号 self_paid=个人负担 settled_on=结算日期")
_SUPPORTER: Final = _headers(
    "name=义务人姓名 id_no=义务人身份证号 beneficiary_name=被赡养人 beneficiary_id=被赡养人身份证号 "
    "relation=与申请人关系 income=义务人家庭收入 family_size=家庭人口 declared_able=认定能力 support_amount=应付赡养费"
)
_ILLNESS: Final = _headers(
    "hh_id=户编号 name=户主姓名 id_no=户主身份证号 town=乡镇 village=村(社区) self_paid=自付金额 period_from=费用起 "
    "period_to=费用止 expense_ratio=支出占比"
)

_VILLAGE: Final = _headers(
    "year=年度 town=乡镇 village=村(社区) population=户籍人口 aged_60=60岁以上人口 disabled=残疾人数 "
    "election_date=换届选举日期"
)

FEED_FILES: Final = (
    FileSpec(
        "核对数据/殡仪馆火化名单.xlsx",
        "death",
        _FUNERAL,
        kind="sheet",
        style=Style("%Y年%m月%d日"),
        only=("source", "殡仪馆"),
    ),
    FileSpec(
        "核对数据/公安死亡注销名单.csv",
        "death",
        _POLICE,
        encoding="gb18030",
        style=Style("%Y%m%d"),
        only=("source", "公安"),
    ),
    FileSpec("核对数据/机动车登记.xlsx", "vehicle", _VEHICLE, kind="sheet", style=Style("%Y%m%d")),
    FileSpec(
        "核对数据/不动产登记.xlsx",
        "realestate",
        _TITLE,
        kind="sheet",
        title="{c}不动产登记信息查询结果",
        style=Style(""),
    ),
    FileSpec("核对数据/市场主体登记.xlsx", "business", _BUSINESS, kind="sheet", style=Style("%Y/%m/%d")),
    FileSpec("核对数据/财政供养人员.xlsx", "fiscal_payroll", _PAYROLL, kind="sheet", style=Style(month="%Y年%m月")),
    FileSpec("核对数据/养老待遇发放.xlsx", "pension", _PENSION, kind="sheet", style=Style(month="%Y%m")),
    FileSpec("核对数据/婚姻登记.xlsx", "marriage", _MARRIAGE, kind="sheet", style=Style("%Y.%m.%d")),
    FileSpec(
        "核对数据/干部经办人员名册.xlsx",
        "cadre_roster",
        _CADRE,
        kind="sheet",
        title="{c}干部、经办人员及近亲属名册",
        style=Style("%Y.%m.%d"),
    ),
    FileSpec(
        "核对数据/近亲属享受救助备案.xlsx",
        "kin_filing",
        _FILING,
        kind="sheet",
        title="{c}工作人员近亲属享受社会救助备案表",
        style=Style(""),
    ),
    FileSpec("核对数据/流浪乞讨救助.csv", "rescue_station", _RESCUE, encoding="gb18030"),
    FileSpec("核对数据/道路运输.xlsx", "transport", _TRANSPORT, kind="sheet"),
    FileSpec("核对数据/出国(境)定居.csv", "exit", _EXIT),
    FileSpec("核对数据/核对授权.xlsx", "authorisation", _AUTHORISATION, kind="sheet"),
    FileSpec("核对数据/户籍信息.xlsx", "hukou", _HUKOU, kind="sheet", style=Style("%Y%m%d")),
    FileSpec("核对数据/社会保险参保缴费.xlsx", "social_ins", _SOCIAL, kind="sheet", style=Style(month="%Y%m")),
    FileSpec("核对数据/个人所得税申报.xlsx", "tax", _TAX, kind="sheet", style=Style(month="%Y-%m")),
    FileSpec("核对数据/住房公积金.xlsx", "provident", _FUND, kind="sheet", style=Style(month="%Y%m")),
    FileSpec("核对数据/银行存款.xlsx", "bank", _BANK, kind="sheet"),
    FileSpec("核对数据/证券基金理财商业保险.xlsx", "securities", _SECURITIES, kind="sheet"),
    FileSpec("核对数据/契税.xlsx", "deedtax", _DEED, kind="sheet"),
    FileSpec("核对数据/残疾人证.xlsx", "disability", _CERTIFICATE, kind="sheet", style=Style("%Y-%m-%d")),
    FileSpec("困境儿童台账.xlsx", "child_distress", _DISTRESS, kind="sheet"),
    FileSpec("核对数据/服刑人员.xlsx", "custody", _CUSTODY, kind="sheet", style=Style("%Y-%m-%d")),
    FileSpec("核对数据/学籍.csv", "school", _SCHOOL, encoding="gb18030"),
    FileSpec("养老机构在住人员.csv", "institution", _HOMES, encoding="gb18030", style=Style("%Y%m%d")),
    FileSpec("临时救助名单.xlsx", "temporary_relief", _GRANT, kind="sheet", style=Style("%Y-%m-%d")),
    FileSpec("特困人员自理能力评估.xlsx", "self_care_assessment", _ASSESSMENT, kind="sheet"),
    FileSpec("优抚附加补贴名单.xlsx", "addon", _ADDON, kind="sheet", style=Style(month="%Y-%m")),
    FileSpec("物价补贴名单.xlsx", "price_subsidy", _PRICE, kind="sheet", style=Style(month="%Y-%m")),
    FileSpec("核对数据/医保结算.csv", "medical", _BILL),
    FileSpec("赡养抚养义务人.csv", "supporter", _SUPPORTER),
    FileSpec("村(社区)基本情况.csv", "village_stats", _VILLAGE, encoding="gb18030"),
    FileSpec("因病致贫家庭.csv", "illness_poverty", _ILLNESS),
    FileSpec("核对数据/数据源清单.csv", "manifest", _MANIFEST, encoding="utf-8-sig"),
)
"""Feeds delivered with the last month."""

DATABASE: Final = "社会救助业务.db"
DATABASE_TABLES: Final[dict[str, tuple[str, Headers]]] = {
    "application": (
        "申请办理过程",
        _headers(
            "case_id=业务流水号 programme=申请项目 hh_id=家庭编号 name=申请人姓名 id_no=身份证号 town=所属乡镇 "
            "village=村(社区) accept_date=受理日期 receiver=经办人 check_report_no=核对报告编号 check_result=核对结果 "
            "visit_date=入户日期 visitor_1=调查人1 visitor_2=调查人2 publicity_start=公示开始 publicity_end=公示结束 "
            "reviewer=镇审核人 approver=审核确认人 approve_at=审核确认时间 decision=审核确认结果 "
            "reject_reason=驳回原因 special=一事一议 is_kin_filed=是否近亲属备案 channel=受理渠道"
        ),
    ),
    "check_report": (
        "核对报告",
        _headers(
            "check_report_no=核对报告编号 requested_by=委托单位 head_name=户主姓名 head_id=户主身份证号 "
            "member_name=成员姓名 member_id=成员身份证号 check_date=核对日期 check_result=核对结论 objection=复核申请 "
            "objection_result=复核结果"
        ),
    ),
    "exemption": (
        "财产豁免台账",
        _headers(
            "hh_id=家庭编号 name=豁免对象 id_no=身份证号 kind=豁免类型 item=财产项目 doc_no=批准文号 valid_from=起始 "
            "valid_to=截止"
        ),
    ),
    "monitoring": (
        "低收入人口动态监测名单",
        _headers("name=姓名 id_no=身份证号 kind=监测类别 income_month=登记收入 alert_date=预警日期 result=处置结果"),
    ),
    "case_history": (
        "变更与停保记录",
        _headers(
            "case_id=案卷号 name=姓名 id_no=身份证号 change_type=变更类型 reason=变更原因 decided_on=决定日期 "
            "doc_no=决定文号 notice_date=告知日期 reply_due=申辩期限 checked_by=核查人 checked_on=核查日期"
        ),
    ),
    "mandate": (
        "代领授权",
        _headers(
            "name=委托人 id_no=委托人身份证号 collector_name=受托人 collector_id=受托人身份证号 relation=关系 "
            "account_no=账户 valid_from=委托起 valid_to=委托止 is_institution=机构账户"
        ),
    ),
}
"""Canonical table → name and headers in the office's SQLite file."""
