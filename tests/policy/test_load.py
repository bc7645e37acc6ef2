"""Reading policy files: regions, dates, and every mistake named at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy import load_policy

from .conftest import CITED, value

Office = Callable[..., Path]
TOWN = {"urban_rural": '"城市"'}


def refused(*extra: Path, region: str = "320499") -> str:
    with pytest.raises(PolicyError) as caught:
        load_policy(region, extra=extra)
    assert caught.value.exit_code == 2
    assert caught.value.hint
    return caught.value.message


def test_an_unknown_region_lists_the_regions_that_ship() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy("320404")
    assert "320413 江苏省常州市金坛区" in caught.value.message
    assert "--policy FILE" in caught.value.hint
    assert 'region = "320404"' in caught.value.hint


def test_a_former_code_points_to_the_present_one() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy("320482")
    assert "请用 320413" in caught.value.hint


@pytest.mark.parametrize("region", ["", "3204", "32041", "金坛区", "320413000000", "CN"])
def test_a_region_is_a_county_code(region: str) -> None:
    with pytest.raises(PolicyError, match="6 位县级区划代码"):
        load_policy(region)


def test_an_office_file_declares_its_county(office: Office) -> None:
    policy = load_policy("320499", extra=[office("320499", value("dibao.standard", "88800", "2025-01-01", **TOWN))])
    assert policy.get("dibao.standard", date(2026, 6, 1), urban_rural="城市").integer == 88_800
    assert policy.levels[-1].area == "地区320499"
    assert policy.get("dibao.mode", date(2026, 6, 1)).level == "CN"


def test_months_are_whole_and_both_ends_count(office: Office) -> None:
    entry = value("dibao.standard", "88800", '"2025-02"', to='"2025-02"', **TOWN)
    policy = load_policy("320499", extra=[office("320499", entry)])
    (only,) = [v for v in policy.values if v.level == "320499"]
    assert (only.from_, only.to_) == (date(2025, 2, 1), date(2025, 2, 28))
    assert not only.covers(date(2025, 1, 31))
    assert only.covers(date(2025, 2, 1))
    assert only.covers(date(2025, 2, 28))
    assert not only.covers(date(2025, 3, 1))


def test_a_listed_dimension_stands_for_each_value(office: Office) -> None:
    entry = value("dibao.standard", "88800", "2025-01-01", urban_rural='["城市", "农村"]')
    policy = load_policy("320499", extra=[office("320499", entry)])
    assert policy.frame("dibao.standard")["urban_rural"].to_list() == ["农村", "城市"]


def test_an_office_may_add_keys_and_documents(office: Office) -> None:
    key = '[[key]]\nkey = "local.price_cap"\ntitle = "限额"\nkind = "int"\nunit = "分"\n'
    entry = value("local.price_cap", "500", "2025-01-01", unit='"分"', cite='"county-2020"')
    policy = load_policy("320499", extra=[office("320499", key, CITED.format(id="county-2020"), entry)])
    assert policy.get("local.price_cap", date(2025, 1, 1)).integer == 500
    assert policy.citation("county-2020").label == "《某县文件》"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"unit": ""}, "缺少 unit"),
        ({"unit": '"元/人月"'}, "unit 应为 分/人月,金额一律以分计"),
        ({"cite": ""}, "缺少 cite"),
        ({"cite": '"某文件"'}, "cite “某文件”没有登记"),
        ({"cite": "7"}, "cite “7”没有登记"),
        ({"cite": '"social-assistance-interim#99"'}, "没有登记"),
        ({"cite": '"baoshen-defaults"'}, "status 不能为 confirmed"),
        ({"checked_on": ""}, "缺少 checked_on"),
        ({"checked_on": '"去年"'}, "checked_on 应为日期"),
        ({"status": '"maybe"'}, "status 应为 confirmed 或 unconfirmed"),
        ({"status": ""}, "缺少 status"),
        ({"from": ""}, "缺少 from"),
        ({"from": '"2025-13"'}, "from 应为"),
        ({"from": "2025-01-01T00:00:00"}, "from 应为"),
        ({"to": "9999-12-31"}, "to 应为"),
        ({"to": "2024-12-31"}, "to 早于 from"),
        ({"is": '"888"'}, "is 应为不小于 0 的整数"),
        ({"is": "-1"}, "is 应为不小于 0 的整数"),
        ({"is": "true"}, "is 应为不小于 0 的整数"),
        ({"is": "888.5"}, "is 应为不小于 0 的整数"),
        ({"is": ""}, "缺少 is"),
        ({"urban_rural": ""}, "缺少 urban_rural"),
        ({"urban_rural": "[]"}, "urban_rural 没有取值"),
        ({"urban_rural": '"城镇"'}, "urban_rural 的取值 城镇 不在 城市、农村 之内"),
        ({"amount": "1"}, "不认识的字段 amount"),
        ({"note": "1"}, "note 应为文本"),
        ({"key": '"dibao.standrad"'}, "没有这一项,是否指 dibao.standard?"),
        ({"key": "[]"}, "没有这一项"),
    ],
)
def test_a_wrong_value_is_refused_with_file_and_entry(office: Office, fields: dict[str, str], said: str) -> None:
    entry = value("dibao.standard", "88800", "2025-01-01", **(TOWN | fields))
    message = refused(office("320499", entry))
    assert said in message
    assert "office.toml:[[value]] 第 1 条" in message
    assert "政策数据有 1 处问题" in message


@pytest.mark.parametrize(
    ("key", "setting", "unit", "said"),
    [
        ("dibao.rounding", '"floor_yuan"', "代码", "is 的取值 floor_yuan 不在"),
        ("dibao.grace_keeps_amount", "1", "是否", "is 应为true 或 false"),
        ("kin.degrees", '"配偶"', "代码", "is 应为文本列表"),
        ("kin.degrees", '["配偶", 1]', "代码", "is 应为文本列表"),
        ("dibao.mode", '" "', "代码", "is 应为文本"),
    ],
)
def test_a_setting_has_the_kind_of_its_key(office: Office, key: str, setting: str, unit: str, said: str) -> None:
    assert said in refused(office("320499", value(key, setting, "2025-01-01", unit=f'"{unit}"')))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[pack]\nregion = 'CN'\n[[values]]\n", "不认识的部分 [values]"),
        ("[pack]\nregion = 'CN'\n[value]\n", "value 应写成 [[value]]"),
        ("[[value]]\n", "缺少 [pack]"),
        ("[pack]\narea = '某县'\n", "[pack] region 应为"),
        ("[pack]\nregion = 320413\n", "[pack] region 类型不对"),
        ("[pack]\nregion = '3204131'\n", "[pack] region 应为"),
        ("[pack]\nregion = 'CN'\nname = 'x'\n", "[pack] 中不认识的字段 name"),
        ("[pack]\nregion = 'CN'\nformerly = [1]\n", "[pack] formerly 应为"),
        ("[pack]\nregion = CN\n", "第 2 行第 10 列不合 TOML 语法"),
        ("[pack]\nregion = 'CN", "文件末尾不合 TOML 语法"),
    ],
)
def test_a_file_that_is_not_a_policy_file_is_refused(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(written, encoding="utf-8")
    message = refused(path, region="320413")
    assert said in message
    assert "bad.toml" in message


def test_a_file_in_the_wrong_encoding_and_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes("[pack]\nregion = '320413'\narea = '金坛'\n".encode("gb18030"))
    message = refused(path, tmp_path / "none.toml", region="320413")
    assert "gbk.toml:不是 UTF-8 编码" in message
    assert "none.toml:文件不存在或无法读取" in message


def test_a_byte_order_mark_of_notepad_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_text("[pack]\nregion = '320499'\narea = '某县'\n", encoding="utf-8-sig")
    assert load_policy("320499", extra=[path]).levels[-1].area == "某县"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\n', "缺少 unit"),
        ('key = "ab"\ntitle = "甲"\nkind = "int"\nunit = "分"\n', "key 应为小写英文"),
        ('key = "a.b"\ntitle = "甲"\nkind = "float"\nunit = "分"\n', "kind 应为"),
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\nunit = "元"\n', "unit 应为"),
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\nunit = "分"\ndims = { to = [] }\n', "维度名 to 已有他用"),
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\nunit = "分"\ndims = { c = "x" }\n', "dims 应为"),
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\nunit = "分"\nsymmetric = true\n', "恰有两个维度"),
        ('key = "a.b"\ntitle = "甲"\nkind = "text"\nunit = "代码"\nchoices = [1]\n', "choices 应为文本列表"),
        ('key = "a.b"\ntitle = "甲"\nkind = "int"\nunit = "分"\nfoo = 1\n', "不认识的字段 foo"),
        ('key = "dibao.standard"\ntitle = "甲"\nkind = "int"\nunit = "分"\n', "同一项登记了两次"),
        ('key = "a.b"\ntitle = 1\nkind = "int"\nunit = "分"\n', "title 类型不对"),
    ],
)
def test_a_wrong_key_is_refused(office: Office, lines: str, said: str) -> None:
    message = refused(office("320499", "[[key]]\n" + lines))
    assert said in message
    assert "[[key]] 第 1 条" in message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('kind = "rumour"', "kind 应为"),
        ('issued = "去年"', "issued 应为"),
        ('id = "A B"', "id 只能用"),
        ("issuer = 1", "issuer 类型不对"),
        ('url = "x"', "不认识的字段 url"),
        ('id = "gb-11643"', "已用于另一文件"),
        ('articles = { one = "x" }', "articles 应为"),
    ],
)
def test_a_wrong_citation_is_refused(office: Office, line: str, said: str) -> None:
    field = line.partition(" ")[0]
    entry = "".join(f"{x}\n" for x in CITED.format(id="county-2020").splitlines() if not x.startswith(f"{field} "))
    assert said in refused(office("320499", f"{entry}{line}\n"))


def test_all_problems_are_named_at_once(office: Office) -> None:
    first = office("320499", value("dibao.standard", "1", "2025-01-01", unit=""), name="a.toml")
    second = office("320499", value("dibao.nothing", "1", "2025-01-01"), name="b.toml")
    message = refused(first, second)
    assert "政策数据有 3 处问题" in message
    assert "a.toml:[[value]] 第 1 条 dibao.standard:缺少 unit" in message
    assert "a.toml:[[value]] 第 1 条 dibao.standard:缺少 urban_rural" in message
    assert "b.toml:[[value]] 第 1 条 dibao.nothing" in message


@pytest.mark.parametrize(
    ("first_to", "second_from", "clash"),
    [("2025-06-30", "2025-07-01", False), ("2025-07-01", "2025-07-01", True), ("", "2025-07-01", True)],
)
def test_overlaps_within_a_level_are_refused(office: Office, first_to: str, second_from: str, clash: bool) -> None:
    path = office(
        "320499",
        value("dibao.standard", "1", "2025-01-01", to=first_to, **TOWN),
        value("dibao.standard", "2", second_from, **TOWN),
    )
    if clash:
        message = refused(path)
        assert "dibao.standard,城市 自 2025-01-01 与自 2025-07-01 的两个值期间重叠" in message
    else:
        policy = load_policy("320499", extra=[path])
        assert policy.get("dibao.standard", date(2025, 7, 1), urban_rural="城市").integer == 2


def test_every_overlap_is_named_even_behind_another(office: Office) -> None:
    entries = [value("dibao.standard", "1", "2020-01-01", **TOWN)]
    entries += [value("dibao.standard", "2", f"{y}-01-01", to=f"{y}-12-31", **TOWN) for y in (2021, 2023)]
    message = refused(office("320499", *entries))
    assert "政策数据有 2 处问题" in message


def test_a_pair_written_either_way_is_the_same_pair(office: Office) -> None:
    def pair(a: str, b: str, start: str) -> str:
        return value("exclusion.mode", '"S"', start, unit='"代码"', a=f'"{a}"', b=f'"{b}"')

    message = refused(office("320499", pair("dibao", "tekun", "2025-01-01"), pair("tekun", "dibao", "2025-06-01")))
    assert "exclusion.mode,dibao,tekun" in message


def test_a_file_for_another_place_is_refused_not_ignored(office: Office) -> None:
    entry = value("dibao.standard", "1", "2025-01-01", **TOWN)
    assert "330100 不是 320413 及其上级" in refused(office("330100", entry), region="320413")
