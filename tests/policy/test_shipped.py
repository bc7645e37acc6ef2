"""What ships: every value cited and dated, examples marked, codes that the tables know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baoshen_audit.policy import citation, load_policy, regions
from baoshen_audit.policy.cite import KINDS, UNPROVEN
from baoshen_audit.policy.source import shipped
from baoshen_audit.schemas import TABLES
from baoshen_audit.schemas.codes import CODES

JUNE = date(2026, 6, 1)
POLICY = load_policy("320413")


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_shipped_pack_loads_and_every_file_is_in_use(region: str) -> None:
    policy = load_policy(region)
    assert policy.region == region
    assert [level.code for level in policy.levels] == ["CN", region[:2], region[:4], region]


def test_files_of_one_region_call_it_the_same() -> None:
    names: dict[str, set[str]] = {}
    for source in shipped():
        names.setdefault(source.region, set()).add(source.area)
    assert {region: len(areas) for region, areas in names.items()} == dict.fromkeys(names, 1)
    assert all(areas != {""} for areas in names.values())


def test_every_value_is_cited_by_a_document_in_force_or_says_it_is_unconfirmed() -> None:
    for value in POLICY.values:
        document = POLICY.citation(value.cite)
        assert document.kind in KINDS
        if document.kind in UNPROVEN:
            assert value.status == "unconfirmed", value
        if value.status == "confirmed":
            assert document.in_force(value.to_ or date(2026, 11, 23)), value


def test_every_confirmed_value_rests_on_a_text_not_on_our_opinion() -> None:
    confirmed = {value.cite.partition("#")[0] for value in POLICY.values if value.status == "confirmed"}
    assert confirmed == {
        "social-assistance-interim",
        "dibao-confirmation",
        "tekun-recognition",
        "disability-subsidies",
        "veteran-rural60",
        "jintan-report-2017",
    }


def test_labels_read_as_a_clerk_cites() -> None:
    assert citation("social-assistance-interim#13").label == "《社会救助暂行办法》(国务院令第649号)第13条"
    assert citation("social-assistance-interim#66(3)").label.endswith("第66条第(3)项")
    assert citation("gb-11643").label == "《公民身份号码》(GB 11643-1999)"
    assert citation("baoshen-defaults").label == "本软件建议值(无法规出处,须由县级确认)"


def test_the_county_standard_of_the_sample_is_an_example_to_confirm() -> None:
    for urban_rural in ("城市", "农村"):
        now = POLICY.get("dibao.standard", JUNE, urban_rural=urban_rural)
        before = POLICY.get("dibao.standard", date(2025, 6, 30), urban_rural=urban_rural)
        assert (now.integer, before.integer) == (102_000, 98_000)
        assert (now.level, now.status, now.unit) == ("320413", "unconfirmed", "分/人月")


def test_the_facts_of_2017_are_history() -> None:
    may = date(2017, 5, 1)
    assert POLICY.get("youfu.addon.utilities", may).integer == 6_500
    assert POLICY.get("youfu.checkup", may).integer == 30_000
    assert POLICY.get("youfu.standard_follows", may).text == "3204"
    assert [m.key for m in POLICY.missing(["youfu.addon.utilities"], [date(2017, 4, 1), may, JUNE])] == [
        "youfu.addon.utilities"
    ]
    assert POLICY.missing(["youfu.addon.utilities"], [may]) == []


def test_every_key_has_a_value_this_month_unless_it_is_history_or_only_some_areas_set_it() -> None:
    local = {"asset.housing.area_per_head"}
    history = {"youfu.addon.utilities", "youfu.checkup", "youfu.standard_follows", "price_subsidy.groups_added"}
    assert {missing.key for missing in POLICY.missing(POLICY.keys, [JUNE])} == history | local


def test_every_feed_has_an_age_limit() -> None:
    limits = dict(POLICY.by_month("feed.max_age_days", [JUNE]).select("feed", "value").iter_rows())
    assert {name for name, table in TABLES.items() if table.kind == "feed"} - {"manifest"} <= set(limits)
    assert (limits["death"], limits["fiscal_payroll"], limits["vehicle"], limits["business"]) == (31, 92, 92, 92)


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("kin.degrees", "relation"),
        ("payroll.active_status", "payroll_status"),
        ("asset.vehicle.active_status", "vehicle_status"),
        ("asset.vehicle.exemption_kinds", "exemption_kind"),
        ("id.allow_missing_types", "id_type"),
    ],
)
def test_lists_use_the_canonical_values_of_the_code_lists(key: str, codes: str) -> None:
    assert set(POLICY.get(key, JUNE).texts) <= set(CODES[codes].values())


def test_the_exclusion_matrix_says_what_the_law_says() -> None:
    def mode(a: str, b: str) -> str:
        return POLICY.get("exclusion.mode", JUNE, a=a, b=b).text

    assert mode("tekun", "disability_living") == mode("disability_living", "tekun") == "X"
    assert mode("disability_living", "disability_care") == "S"
    assert mode("dibao", "disability_living") == "S"
    assert mode("dibao", "tekun") == "X"
    assert mode("dibao", "orphan") == "area"
    assert mode("dibao", "price_subsidy") == "one"
    assert mode("elderly", "disability_living") == "H"
    assert mode("veteran_rural60", "employee_pension") == "X"


def test_the_matrix_holds_each_pair_once_and_in_order() -> None:
    pairs = POLICY.frame("exclusion.mode").select("a", "b").rows()
    assert all(a < b for a, b in pairs)
    assert len(pairs) == len(set(pairs)) == 49
    conditions = POLICY.frame("exclusion.condition").select("a", "b").rows()
    assert set(conditions) < set(pairs)


def test_the_exclusion_matrix_speaks_of_known_programmes() -> None:
    programmes = {name for pair in POLICY.frame("exclusion.mode").select("a", "b").rows() for name in pair}
    assert programmes <= set(CODES["programme"].values()) | {"employee_pension", "injury_care"}


def test_the_chain_is_continuous_for_the_standard() -> None:
    spans = POLICY.frame("dibao.standard").filter(urban_rural="城市").sort("from").rows()
    assert [row[1] for row in spans[1:]] == [row[2] + timedelta(days=1) for row in spans[:-1]]
    assert spans[-1][2] is None
