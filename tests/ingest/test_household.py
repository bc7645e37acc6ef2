from __future__ import annotations

import polars as pl

ID = "320482199001011234"
HEAD = [
    "户编号",
    "户主姓名",
    "户主身份证号",
    "家庭人口",
    "户月保障金",
    "成员姓名",
    "成员身份证号",
    "与户主关系",
    "联系电话",
]


def merged(workbook, sheet):
    """Two households, the first of three members, household cells merged over them."""
    sheet.merge_range(0, 0, 0, 8, "金坛区2026年6月低保名册")
    sheet.write_row(1, 0, HEAD)
    for column, value in enumerate(["甲1", "张三", ID, 3, 1020.5]):
        sheet.merge_range(2, column, 4, column, value)
    sheet.merge_range(2, 8, 4, 8, "13800000000")
    for row, (name, relation) in enumerate([("张三", "户主"), ("李四", "配偶"), ("张小", "子")], start=2):
        sheet.write_row(row, 5, [name, ID, relation])
    sheet.write_row(5, 0, ["甲2", "王五", ID, 1, 600, "王五", ID, "户主", "13900000000"])
    sheet.write_row(6, 0, ["合计", "", "", 4, 1620.5])


def test_a_combined_sheet_becomes_households_and_members(book, read):
    book("低保.xlsx", 西城街道=merged)
    intake = read()
    dibao, member = intake.tables["dibao"].frame, intake.tables["member"].frame
    assert dibao.select("source_row", "hh_id", "name", "family_size", "monthly_amount").rows() == [
        (3, "甲1", "张三", 3, 102050),
        (6, "甲2", "王五", 1, 60000),
    ]
    assert member.select("source_row", "hh_id", "programme", "name", "relation").rows() == [
        (3, "甲1", "dibao", "张三", "户主"),
        (4, "甲1", "dibao", "李四", "配偶"),
        (5, "甲1", "dibao", "张小", "子"),
        (6, "甲2", "dibao", "王五", "户主"),
    ]
    assert intake.tables["dibao"].sources == (0,)
    assert intake.tables["member"].sources == (1,)
    household, people = intake.sources
    assert (household.rows, people.rows) == (2, 4)
    assert household.letters["monthly_amount"] == "E"
    assert people.letters == {"hh_id": "A", "name": "F", "id_no": "G", "relation": "H", "phone": "I"}
    assert household.dropped == {"合计、签章或说明行": 1}
    assert people.dropped == {}
    # the telephone of the household stands behind the member block, but is one for all
    assert dibao["phone"].to_list() == ["13800000000", "13900000000"]


def test_the_same_as_csv_with_repeated_cells(write, read):
    write(
        "低保名册2026年6月.csv",
        f"户编号,户主姓名,户主身份证号,户月保障金,成员姓名,成员身份证号,与户主关系\n甲1,张三,{ID},10,张三,{ID},户主\n"
        f"甲1,张三,{ID},10,李四,{ID},配偶\n甲2,王五,{ID},20,王五,{ID},户主\n,赵六,{ID},30,赵六,{ID},户主\n,钱七,{ID},30,钱七,{ID},户主\n",
    )
    intake = read()
    assert intake.tables["dibao"].frame.select("source_row", "name").rows() == [
        (2, "张三"),
        (4, "王五"),
        # without a household number every row stands alone
        (5, "赵六"),
        (6, "钱七"),
    ]
    assert intake.tables["member"].frame.height == 5


def test_group_headings_tell_head_from_member(book, read):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["户编号", "户主", "", "户月保障金", "家庭成员", "", ""])
        sheet.write_row(1, 0, ["", "姓名", "身份证号", "", "姓名", "身份证号", "关系"])
        sheet.write_row(2, 0, ["甲1", "张三", ID, 10, "张三", ID, "户主"])
        sheet.write_row(3, 0, ["甲1", "张三", ID, 10, "李四", ID, "配偶"])

    book("低保名册.xlsx", 名册=fill)
    intake = read()
    assert intake.tables["dibao"].frame.select("source_row", "name").rows() == [(3, "张三")]
    assert intake.tables["member"].frame.select("source_row", "name", "relation").rows() == [
        (3, "张三", "户主"),
        (4, "李四", "配偶"),
    ]
    assert intake.sources[1].headers["name"] == "家庭成员/姓名"


def test_one_block_of_people_takes_the_heads_row(write, read):
    write(
        "低保名册.csv",
        f"户编号,姓名,身份证号,与户主关系,家庭人口,户月保障金\n甲1,李四,{ID},配偶,2,10\n甲1,张三,{ID},户主,2,10\n甲2,王五,{ID},本人,1,20\n"
        f"甲3,孙八,{ID},子,2,30\n甲3,孙九,{ID},女,2,30\n",
    )
    intake = read()
    assert intake.tables["dibao"].frame.select("source_row", "hh_id", "name").rows() == [
        (3, "甲1", "张三"),
        (4, "甲2", "王五"),
        (5, "甲3", "孙八"),
    ]
    assert intake.tables["member"].frame["name"].to_list() == ["李四", "张三", "王五", "孙八", "孙九"]


def test_a_household_listed_twice_stays_twice(write, read):
    rows = f"甲1,张三,{ID},户主,2,10\n甲1,张三,{ID},户主,2,10\n"
    write("低保名册.csv", f"户编号,姓名,身份证号,与户主关系,家庭人口,户月保障金\n{rows}")
    intake = read()
    assert intake.tables["dibao"].frame.height == 2
    assert "member" not in intake.tables


def test_members_in_their_own_sheet_know_their_programme(book, read):
    rows = [["户编号", "成员姓名", "成员身份证号", "与户主关系", "是否保障"], ["甲1", "张三", ID, "户主", "是"]]
    book("低保边缘家庭成员.xlsx", 成员=rows)
    member = read().tables["member"].frame
    assert member.select("programme", "raw__programme", "is_covered").rows() == [("dibao_edge", None, True)]


def test_rows_without_a_household_are_all_kept(book, read):
    book("低保.xlsx", 西城街道=merged)
    intake = read()
    ids = pl.concat([table.frame["row_id"] for table in intake.tables.values()])
    assert ids.is_unique().all()
    assert sorted(ids.to_list()) == list(range(len(ids)))


WIDE = "户编号,户主姓名,户主身份证号,家庭人口,户月保障金" + "".join(
    f",其他家庭成员姓名{number},身份证号{number},与户主关系{number}" for number in (1, 2)
)


def test_members_side_by_side_become_rows(write, read):
    write(
        "低保名册.csv",
        f"{WIDE}\n甲1,张三,{ID},3,10,李四,{ID},配偶,张小,,子\n甲2,王五,{ID},1,20,,,,-,/,\n合计,,,4,30,,,,,,\n",
    )
    intake = read()
    assert intake.tables["dibao"].frame.select("source_row", "hh_id", "name", "id_no", "monthly_amount").rows() == [
        (2, "甲1", "张三", ID, 1000),
        (3, "甲2", "王五", ID, 2000),
    ]
    member = intake.tables["member"].frame
    assert member.select("source_row", "hh_id", "programme", "name", "id_no", "relation").rows() == [
        (2, "甲1", "dibao", "李四", ID, "配偶"),
        (2, "甲1", "dibao", "张小", None, "子"),
    ]
    # each block is a source of its own: a finding names the column the cell really stands in
    household, *people = intake.sources
    assert [source.letters["name"] for source in people] == ["F", "I"]
    assert [source.headers["id_no"] for source in people] == ["身份证号1", "身份证号2"]
    assert household.unmapped == ()
    assert household.dropped == {"合计、签章或说明行": 1}


def test_members_under_numbered_group_headings(book, read):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["户编号", "户主姓名", "户主身份证号", "户月保障金", "家庭成员一", "", "家庭成员二", ""])
        sheet.write_row(1, 4, ["姓名", "身份证号", "姓名", "身份证号"])
        sheet.write_row(2, 0, ["甲1", "张三", ID, 10, "李四", ID, "张小", ID])

    book("低保名册.xlsx", 名册=fill)
    intake = read()
    assert intake.tables["dibao"].frame["name"].to_list() == ["张三"]
    assert intake.tables["member"].frame["name"].to_list() == ["李四", "张小"]
    assert [source.letters["id_no"] for source in intake.sources[1:]] == ["F", "H"]
