from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from contextlib import closing
from datetime import date

import polars as pl
import pytest

from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest.load import load
from baoshen_audit.schemas import PROBLEMS, TABLES

ID = "320482199001011234"
JUNE = date(2026, 6, 1)
TEKUN = "姓名,身份证号,供养方式,基本生活标准"


def test_where_every_cell_comes_from(book, read):
    def fill(workbook, sheet):
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range("B2:G2", "尧塘街道2026年6月特困人员名册")
        sheet.write("B3", "单位：元")
        sheet.write_row("B4", ["序号", "姓名", "身份证号", "供养方式", "基本生活标准", "批准日期", "谁知道"])
        sheet.write_row("B5", [1, "张三", ID, "集中", 1326.5])
        sheet.write_datetime("G5", dt.datetime(2017, 5, 1), day)  # noqa: DTZ001
        sheet.write_row("B7", [2, "李四", 320482199001011234, "分散", "约1千"])
        sheet.write("B8", "合计")

    path = book("特困/6月.xlsx", 尧塘街道=fill)
    intake = read()
    (source,) = intake.sources
    frame = intake.tables["tekun"].frame
    assert frame["source_row"].to_list() == [5, 7]
    assert frame["source_id"].to_list() == [0, 0]
    assert source.file == "特困/6月.xlsx"
    assert source.sheet == "尧塘街道"
    assert source.header_row == 4
    assert source.month == JUNE
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.letters == {"name": "C", "id_no": "D", "mode": "E", "base_standard": "F", "approve_date": "G"}
    assert source.headers["base_standard"] == "基本生活标准"
    assert source.unmapped == ("序号", "谁知道")
    assert source.dropped == {"合计、签章或说明行": 1, "空行": 1}
    assert frame["approve_date"].to_list() == [date(2017, 5, 1), None]
    assert frame["raw__approve_date"].to_list() == ["2017-05-01", None]
    assert frame["id_no"].to_list() == [ID, "3.20482199001011E+17"]
    assert frame["base_standard"].to_list() == [132650, None]
    assert frame["raw__base_standard"].to_list() == ["1326.5", "约1千"]
    assert intake.problems.rows() == [(1, "tekun", "base_standard", "unparsed")]
    assert dict(intake.problems.schema) == PROBLEMS


def test_typed_columns_have_the_dtypes_of_the_catalogue(write, read):
    for spec in TABLES.values():
        titles = [column.title for column in spec.columns.values()]
        write(f"{spec.title}.csv", ",".join(titles) + "\n" + ",".join("1" for _ in titles) + "\n")
    intake = read()
    assert set(intake.tables) == set(TABLES)
    for name, table in intake.tables.items():
        frame = table.frame
        assert frame.height == 1
        assert [frame.schema[c] for c in ("row_id", "source_id", "source_row")] == [pl.Int64, pl.Int32, pl.Int64]
        for column in TABLES[name].columns.values():
            assert frame.schema[column.name] == column.dtype
            assert frame.schema[f"raw__{column.name}"] == pl.String


def test_a_folder_of_everything(write, book, read, tmp_path):
    write("2026-06/特困.csv", f"{TEKUN}\n张三,{ID},集中,1\n", "gb18030")
    write(
        "2026-06/发放明细.csv", f'姓名,身份证号,实发金额,补贴项目,账号\n张三,{ID},"1,020.50",特困,6228\n', "utf-8-sig"
    )
    write("2026-06/死亡.csv", f"逝者姓名,证件号,死亡日期\n张三,{ID},2026-5-1\n")
    write("2026-06/数据源清单.csv", "数据源,数据截止日\n殡葬死亡,2026-06-10\n机动车,2026-06-12\n")
    write("2026-05/死亡.csv", f"逝者姓名,证件号,死亡日期\n李四,{ID},2026-4-1\n")
    write("说明.md", "x")
    book("2026-06/孤儿.xlsx", 尧塘镇=[["姓名", "身份证号", "养育方式"], ["张小", ID, "散居"]], Sheet2=[])
    with closing(sqlite3.connect(tmp_path / "in" / "2026-06" / "库.db")) as connection:
        connection.execute("CREATE TABLE vehicle (所有人 TEXT, 证件号 TEXT, 号牌号码 TEXT)")
        connection.execute("INSERT INTO vehicle VALUES ('张三', '1', '苏D1')")
        connection.commit()
    seen = []
    intake = read(progress=lambda *step: seen.append(step))
    assert seen[0] == ("2026-05/死亡.csv", 1, 8)
    assert [step[1] for step in seen] == list(range(1, 9))
    assert set(intake.tables) == {"tekun", "payment", "death", "manifest", "orphan", "vehicle"}
    assert intake.tables["payment"].frame.select("period", "entitlement_month", "amount_paid", "programme").rows() == [
        (JUNE, JUNE, 102050, "tekun")
    ]
    assert intake.tables["orphan"].frame.select("town", "raw__town", "period").rows() == [("尧塘镇", None, JUNE)]
    days = {source.file: source.as_of for source in intake.sources}
    assert days["2026-06/死亡.csv"] == date(2026, 6, 10)
    assert days["2026-05/死亡.csv"] is None
    assert days["2026-06/库.db"] == date(2026, 6, 12)
    assert [(item.file, item.sheet) for item in intake.unrecognised] == [
        ("2026-06/孤儿.xlsx", "Sheet2"),
        ("说明.md", ""),
    ]
    deaths = intake.tables["death"]
    assert deaths.frame.select("source_id", "name").rows() == [(0, "李四"), (deaths.sources[1], "张三")]


def test_the_period_of_a_roll(write, read):
    write("特困202605.csv", f"{TEKUN},名册月份\n张三,{ID},集中,1,2026年4月\n李四,{ID},集中,1,\n王五,{ID},集中,1,不知\n")
    write("特困.csv", f"{TEKUN}\n赵六,{ID},集中,1\n")
    intake = read()
    periods = dict(intake.tables["tekun"].frame.select("name", "period").rows())
    # the row's own month, else the file's, else the month audited; what cannot be read is not replaced
    assert periods == {"张三": date(2026, 4, 1), "李四": date(2026, 5, 1), "王五": None, "赵六": JUNE}
    assert [source.month for source in intake.sources] == [None, date(2026, 5, 1)]


def test_a_payment_keeps_its_own_months(write, read):
    write("发放明细2026年6月.csv", f"姓名,身份证号,发放月份,实发金额\n张三,{ID},2026-05,1\n李四,{ID},,1\n")
    frame = read().tables["payment"].frame
    assert frame.select("period", "entitlement_month").rows() == [(JUNE, date(2026, 5, 1)), (JUNE, None)]


def test_towns_come_from_sheet_names_only_without_a_column(book, read):
    head = ["姓名", "身份证号", "供养方式"]
    book(
        "特困.xlsx",
        西城=[head, ["张三", ID, "集中"]],
        尧塘=[head, ["李四", ID, "集中"]],
        汇总表=[head, ["王五", ID, "集中"]],
    )
    book("孤儿.xlsx", 西城街道=[["姓名", "身份证号", "养育方式", "街道"], ["张小", ID, "散居", "东城街道"]])
    intake = read()
    assert intake.tables["tekun"].frame.select("name", "town").rows() == [
        ("张三", "西城"),
        ("李四", "尧塘"),
        ("王五", None),
    ]
    assert intake.tables["orphan"].frame["town"].to_list() == ["东城街道"]


def test_rows_that_are_no_data_are_counted(write, read):
    write(
        "特困.csv",
        f"特困人员名册,,,\n{TEKUN}\n张三,{ID},集中,1\n小计,,,1\n,,,\n特困人员名册,,,\n{TEKUN}\n李四,,分散,2\n西城街道合计,,,3\n"
        "制表人：甲  审核人：乙,,,\n备注：本表一式两份,,,\n第1页 共3页,,,\n",
    )
    intake = read()
    assert intake.tables["tekun"].frame["name"].to_list() == ["张三", "李四"]
    assert intake.sources[0].dropped == {"合计、签章或说明行": 5, "空行": 1, "重复标题": 1, "重复表头": 1}


def test_people_with_names_like_totals_stay(write, read):
    write("特困.csv", f"{TEKUN}\n合计,{ID},集中,1\n审核,,集中,1\n")
    assert read().tables["tekun"].frame["name"].to_list() == ["合计", "审核"]


def test_money_in_the_unit_of_title_or_header(write, read):
    write("特困.csv", f"特困名册,,,\n单位：万元,,,\n{TEKUN}\n张三,{ID},集中,0.5\n")
    write("优抚.csv", f"姓名,身份证号,优抚类别,定期抚恤金(千元)\n张三,{ID},残疾军人,0.5\n")
    intake = read()
    assert intake.tables["tekun"].frame["base_standard"].to_list() == [500_000]
    assert intake.tables["youfu"].frame["pension_month"].to_list() == [50_000]


def test_only_what_is_wanted_is_parsed(write, read):
    write("特困.csv", f"{TEKUN}\n张三,{ID},集中,1\n")
    write("死亡.csv", f"逝者姓名,证件号,死亡日期\n张三,{ID},2026-5-1\n")
    write("数据源清单.csv", "数据源,数据截止日,提供单位\n死亡,2026-06-10,殡仪馆\n")
    intake = read(wanted={"tekun": frozenset({"mode"})})
    assert {c for c in intake.tables["tekun"].frame.columns if not c.startswith("raw__")} == {
        "row_id", "source_id", "source_row", "period", "name", "id_no", "mode",
    }  # fmt: skip
    assert "death" not in intake.tables
    listed = {source.table: source for source in intake.sources}
    assert listed["death"].rows == 1
    assert listed["death"].as_of == date(2026, 6, 10)


def test_a_copy_of_a_file_is_not_read_twice(write, read):
    for name in ("特困.csv", "特困 - 副本.csv"):
        write(name, f"{TEKUN}\n张三,{ID},集中,1\n")
    intake = read()
    assert intake.tables["tekun"].frame.height == 1
    assert "完全相同" in intake.unrecognised[0].reason


def test_a_roll_without_numbers_is_refused_with_advice(write, read):
    write("低保名册.csv", "户编号,户主姓名,身分证编号,家庭人口,户月保障金\n甲,张三,1,2,3\n")
    with pytest.raises(InputError) as caught:
        read()
    message, hint = caught.value.message, caught.value.hint
    assert "低保名册.csv" in message
    assert "户编号、户主姓名、身分证编号" in message
    assert "身分证编号（C 列）" in message
    assert "户主身份证号" in hint
    assert "张三" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_summary_without_people_is_listed_not_refused(write, read):
    write("特困.csv", f"{TEKUN}\n张三,{ID},集中,1\n")
    write("低保汇总表.csv", "乡镇,家庭人口,保障人口,户月保障金\n西城,1,2,3\n")
    intake = read()
    assert [(item.file, "汇总" in item.reason) for item in intake.unrecognised] == [("低保汇总表.csv", True)]


def test_what_is_not_recognised_names_the_closest(write, read):
    write("特困.csv", f"{TEKUN}\n张三,{ID},集中,1\n")
    write("表.csv", "户编号,户主姓名,户主身份证号,家庭人口,户月保障金\n甲,张三,1,2,3\n")
    (item,) = read().unrecognised
    assert "相像" in item.reason
    assert {"低保家庭", "低保边缘家庭"} <= set(item.candidates)


def test_several_bad_files_are_named_together(write, read):
    write("甲.xlsx", "不是工作簿")
    write("乙.csv", b"\xff\xff\xff")
    with pytest.raises(InputError) as caught:
        read()
    assert "2 个文件" in caught.value.message
    assert "甲.xlsx" in caught.value.message
    assert "乙.csv" in caught.value.message


def test_an_empty_folder(tmp_path):
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError, match="没有文件") as caught:
        load(tmp_path / "空", month=JUNE)
    assert caught.value.exit_code == 3


def test_a_folder_of_nothing_known(write, read):
    write("通讯录.csv", "姓名,电话\n张三,1\n")
    with pytest.raises(InputError, match=r"没有认出.*通讯录\.csv"):
        read()


def test_a_missing_path(tmp_path):
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "没有", month=JUNE)
    assert caught.value.exit_code == 2


def test_one_file(write):
    path = write("特困.csv", f"{TEKUN}\n张三,{ID},集中,1\n")
    assert load(str(path), month=JUNE).sources[0].file == "特困.csv"


def test_a_mapping_of_frames_and_files(write):
    path = write("随便.csv", f"{TEKUN}\n张三,{ID},集中,1\n")
    frame = pl.LazyFrame({"姓名": ["李四"], "身份证号": [f"'{ID}"], "死亡日期": [date(2026, 5, 1)]})
    intake = load({"tekun": path, "death": frame}, month=JUNE)
    assert intake.tables["tekun"].frame["name"].to_list() == ["张三"]
    assert intake.tables["death"].frame.select("source_row", "name", "id_no", "death_date").rows() == [
        (1, "李四", ID, date(2026, 5, 1))
    ]
    source = intake.sources[1]
    assert (source.file, source.header_row, source.sha256) == ("death", 0, "")


def test_typed_frames_under_canonical_names_are_taken_at_their_word():
    frame = pl.DataFrame(
        {
            "name": ["张三", "李四"],
            "id_no": [ID, ID],
            "base_standard": [132650, -5],
            "approve_date": [date(2017, 5, 1), None],
            "status": ["在保", "停保"],
        }
    )
    tekun = load({"tekun": frame}, month=JUNE).tables["tekun"].frame
    assert tekun.select(frame.columns).equals(frame)


def test_numbers_under_chinese_names_are_yuan_and_float_ids_are_damaged():
    frame = pl.DataFrame(
        {"姓名": ["张三"], "身份证号": [320482199001011234.0], "基本生活标准": [1326.0], "是否": [True]}
    )
    tekun = load({"tekun": frame}, month=JUNE).tables["tekun"].frame
    assert tekun["base_standard"].to_list() == [132600]
    assert "e" in tekun["id_no"][0].lower()


def test_a_wrong_table_name(write):
    with pytest.raises(UsageError) as caught:
        load({"tekuns": pl.DataFrame({"姓名": ["x"]})}, month=JUNE)
    assert "tekun" in caught.value.hint


def test_a_folder_in_a_mapping(tmp_path):
    with pytest.raises(UsageError, match="文件夹"):
        load({"tekun": tmp_path}, month=JUNE)


def test_of_several_deliveries_of_a_feed_the_oldest_limits_it(write, read):
    """Of one delivery the latest line counts; the judgement of feeds takes its day from here (audit.feeds)."""
    write("特困.csv", f"姓名,身份证号,供养方式\n张三,{ID},集中\n")
    write("死亡.csv", f"逝者姓名,逝者身份证号,死亡日期,火化编号\n张三,{ID},2026-06-01,1\n")
    lines = ("公安死亡注销,2026-05-01", "公安死亡注销,2026-06-10", "殡葬火化,2026-06-20")
    write("数据源清单.csv", "\n".join(["数据源,数据截止日", *lines, ""]))
    (death,) = [source for source in read().sources if source.table == "death"]
    assert death.as_of == date(2026, 6, 10)
