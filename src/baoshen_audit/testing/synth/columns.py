"""Which canonical columns each table is generated with."""

from __future__ import annotations

from typing import Final


def _columns(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_HOUSEHOLD: Final = _columns(
    "town village region_code hh_id name id_no urban_rural category family_size covered_count "
    "income_month standard top_up supplement_amount monthly_amount bank account_no account_name phone "
    "status grace_start grace_end apply_date approve_date first_month stop_date stop_reason"
)
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "dibao": (*_HOUSEHOLD, "class", "last_review"),
    "dibao_edge": (*_HOUSEHOLD, "recognised_on", "valid_to"),
    "member": _columns(
        "programme hh_id name id_no relation sex birth_date marital is_counted is_covered exclude_reason health "
        "employment"
    ),
    "tekun": _columns(
        "town village region_code name id_type id_no sex birth_date mode institution_name self_care "
        "base_standard care_amount monthly_amount account_no account_name phone status approve_date stop_date "
        "stop_reason remark"
    ),
    "orphan": _columns(
        "town village region_code name id_type id_no sex birth_date child_kind raising_mode guardian_name "
        "guardian_id monthly_amount account_no account_name status first_month remark"
    ),
    "disability_subsidy": _columns(
        "town village region_code name id_type id_no sex disability_cert disability_kind disability_level "
        "living_amount living_start care_amount care_start is_dibao account_no account_name phone status "
        "remark"
    ),
    "youfu": _columns(
        "town village region_code name id_no sex age category injury_level pension_month addon_utilities "
        "account_no account_name phone status stop_date"
    ),
    "elderly": _columns("town village name id_no category monthly_amount account_no account_name status"),
    "martyr_child60": _columns("town village name id_no monthly_amount account_no account_name status"),
    "veteran_rural60": _columns(
        "town village name id_no enlist_date discharge_date monthly_amount account_no account_name status certified_on"
    ),
    "payment": _columns(
        "batch_no entitlement_month pay_date programme hh_id name id_no town village account_no account_name "
        "persons amount_due amount_paid kind result return_reason"
    ),
    "application": _columns(
        "case_id programme hh_id name id_no town village accept_date receiver check_report_no check_result "
        "visit_date visitor_1 visitor_2 publicity_start publicity_end reviewer approver approve_at decision "
        "reject_reason special is_kin_filed channel"
    ),
    "check_report": _columns(
        "check_report_no requested_by head_name head_id member_name member_id check_date check_result "
        "objection objection_result"
    ),
    "exemption": _columns("hh_id name id_no kind item doc_no valid_from valid_to"),
    "mandate": _columns(
        "name id_no collector_name collector_id relation account_no valid_from valid_to is_institution"
    ),
    "death": _columns(
        "name id_no source death_date cremation_date cremation_no registered_on hukou_addr relative_name "
        "relative_id relative_phone"
    ),
    "vehicle": _columns("plate_no plate_kind name id_no model vehicle_kind use first_registered vehicle_status value"),
    "realestate": _columns("title_no name id_no shared share location area use acquired_by registered_on title_status"),
    "business": _columns("entity_name uscc entity_kind role name id_no capital founded_on cancelled_on entity_status"),
    "fiscal_payroll": _columns("name id_no employer staff_kind payroll_status gross month"),
    "pension": _columns("name id_no kind amount month start pension_status"),
    "marriage": _columns("man_name man_id woman_name woman_id kind registered_on office"),
    "cadre_roster": _columns(
        "name id_no employer post staff_kind term_start term_end login account_no phone hukou_no kin_name kin_id "
        "kin_relation"
    ),
    "kin_filing": _columns(
        "official_name official_id official_employer official_post relation name id_no programme filed_on "
        "valid_to county_visit_on"
    ),
    "rescue_station": _columns("name id_no start end left_to"),
    "transport": _columns("name id_no plate_no licence_status"),
    "exit": _columns("name id_no settled_on"),
    "authorisation": _columns("hh_id name id_no signed_on signed_by valid_to"),
    "hukou": _columns(
        "hukou_no name id_no relation hukou_status moved_in moved_out split_on moved_to cancel_reason cancel_date "
        "father_id mother_id spouse_id"
    ),
    "social_ins": _columns("name id_no insurance employer base month pay_kind"),
    "tax": _columns("name id_no payer item income month"),
    "provident": _columns(
        "name id_no employer month base deposit account_status withdrawn withdrawn_on withdraw_reason"
    ),
    "bank": _columns("name id_no account_no deposit_kind balance balance_avg as_of"),
    "securities": _columns("name id_no kind market_value cash_value premium payer as_of"),
    "deedtax": _columns("name id_no area paid_on"),
    "disability": _columns("name id_no disability_kind disability_level cert_status valid_to"),
    "case_history": _columns(
        "case_id name id_no change_type reason decided_on doc_no notice_date reply_due checked_by checked_on"
    ),
    "child_distress": _columns("town village name id_no distress_kind"),
    "temporary_relief": _columns("town village name id_no cause approve_date amount"),
    "monitoring": _columns("name id_no kind income_month alert_date result"),
    "custody": _columns("name id_no kind start end"),
    "school": _columns("name id_no school enrol_status leave_date"),
    "institution": _columns("name id_no institution_name moved_in moved_out payer"),
    "price_subsidy": _columns("town village name id_no month basis_status amount"),
    "self_care_assessment": _columns("name id_no assessed_on self_care"),
    "addon": _columns("town village name id_no item month amount"),
    "illness_poverty": _columns(
        "town village region_code hh_id name id_no self_paid period_from period_to expense_ratio"
    ),
    "supporter": _columns(
        "name id_no beneficiary_name beneficiary_id relation income family_size declared_able support_amount"
    ),
    "village_stats": _columns("year town village population aged_60 disabled election_date"),
    "medical": _columns("name id_no self_paid settled_on"),
    "manifest": _columns("feed as_of extracted_on provider coverage rows legal_basis"),
}
"""Table → the canonical columns it is generated with, in this order."""
