"""家庭经济状况核对报告."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class CheckReport(TableModel):
    """One row per report and member, or one per household with a free text for each source."""

    check_report_no: Optional[pl.String] = field("报告号", aliases=("核对报告编号", "核对报告号"))
    requested_by: Optional[pl.String] = field("委托单位")
    head_name: Optional[pl.String] = field("户主姓名", pii="direct")
    head_id: Optional[pl.String] = field("户主身份证号", "id", aliases=("身份证号",))
    member_name: Optional[pl.String] = field("核对成员", aliases=("成员姓名",), pii="direct")
    member_id: Optional[pl.String] = field("成员身份证号", "id", aliases=("核对成员身份证号",))
    authorisation_no: Optional[pl.String] = field("授权书号")
    approve_date: Optional[pl.Date] = field("审批日期", "date")
    check_date: Optional[pl.Date] = field("核对日期", "date")
    check_result: Optional[pl.String] = field("核对结论", "code", codes="check_result", aliases=("结论",))
    text_business: Optional[pl.String] = field("工商登记", pii="sensitive", note="各来源的文字结果")
    text_tax: Optional[pl.String] = field("税务登记", pii="sensitive")
    text_vehicle: Optional[pl.String] = field("机动车登记", pii="sensitive")
    text_pension: Optional[pl.String] = field("人社退休", pii="sensitive")
    text_social_ins: Optional[pl.String] = field("人社参保", pii="sensitive")
    text_fiscal_payroll: Optional[pl.String] = field("财政供养人员", pii="sensitive")
    text_realestate: Optional[pl.String] = field("房屋产权登记", pii="sensitive")
    text_provident: Optional[pl.String] = field("公积金缴纳贷款", pii="sensitive")
    text_unemployment: Optional[pl.String] = field("失业人员", pii="sensitive")
    text_transport: Optional[pl.String] = field("交通营运", pii="sensitive")
    text_bank: Optional[pl.String] = field("银行", pii="sensitive")
    text_securities: Optional[pl.String] = field("证券", pii="sensitive")
    objection: Optional[pl.String] = field("复核申请", pii="sensitive")
    objection_result: Optional[pl.String] = field("复核结果", "code", codes="objection_result")
    sha256: Optional[pl.String] = field("文件摘要", note="PDF文件的摘要", str_matches=r"^[0-9a-fA-F]{64}$")

    class Config:
        """Names of the table."""

        name = "check_report"
        title = "家庭经济状况核对报告"
        metadata = {
            "words": ("核对报告", "核对"),
            "grain": "每份报告每名成员一行,或每户一行、每个来源一栏文字",
            "provider": "核对中心",
        }
