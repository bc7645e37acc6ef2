from __future__ import annotations

import pytest

A, B = "320482199001011234", "32048219610305001X"


@pytest.fixture
def property_rows(write, read):
    def _rows(*lines: str):
        write("不动产.csv", "权利人,证件号,不动产权证号,份额\n" + "\n".join(lines) + "\n")
        intake = read()
        rows = intake.tables["realestate"].frame.select("source_row", "name", "id_no", "share", "raw__id_no").rows()
        return rows, intake.sources[0].notes

    return _rows


@pytest.mark.parametrize("between", ["、", ";", "；", "/", " 、 ", "|", "，"])
def test_owners_in_one_cell_become_rows_of_the_same_number(property_rows, between):
    rows, notes = property_rows(
        f"王五,{A},证1,100%", f"张三{between}李四,{A}{between}{B},证2,60%{between}40%", f"赵六,{B},证3,"
    )
    assert rows == [(2, "王五", A, 1.0, A), (3, "张三", A, 0.6, A), (3, "李四", B, 0.4, B), (4, "赵六", B, None, B)]
    assert notes == ("1 行的一格内有几名权利人，拆为 2 行",)


def test_a_share_for_all_stays_with_each(property_rows):
    rows, _ = property_rows(f"张三、李四,{A}、{B},证,50%")
    assert [row[3] for row in rows] == [0.5, 0.5]


def test_nobody_gets_a_number_that_may_be_anothers(property_rows):
    rows, notes = property_rows(f"张三、李四,{A},证1,", f"王五,{A}、{B},证2,")
    assert [row[1:3] for row in rows] == [("张三、李四", A), ("王五", f"{A}、{B}")]
    assert notes == ("1 行的权利人与证件号个数不一致，未拆分",)


def test_numbers_without_a_name_are_parted(property_rows):
    rows, _ = property_rows(f",{A}、{B},证,")
    assert [row[1:3] for row in rows] == [(None, A), (None, B)]


def test_other_tables_are_left_alone(write, read):
    write("死亡.csv", f"逝者姓名,证件号,死亡日期\n张三、李四,{A}、{B},2026-05-01\n")
    assert read().tables["death"].frame["id_no"].to_list() == [f"{A}、{B}"]
