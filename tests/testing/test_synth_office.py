"""The sample folder: the same bytes each time, small enough, as dirty as promised, truth that points at its rows."""

import csv
import io
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from baoshen_audit.schemas import TABLES
from baoshen_audit.testing.synth import District, district, write_office, write_plain
from baoshen_audit.testing.synth.layout import DATABASE_TABLES, FEED_FILES, ROLL_FILES
from baoshen_audit.text import fold_text

SAMPLE = Path(__file__).parents[2] / "sample_data"
NAMED = {
    "member": ("id_no", "name"),
    "dibao": ("hh_id",),
    "dibao_edge": ("hh_id",),
    "payment": ("account_no", "id_no"),
    "death": ("id_no", "name"),
    "vehicle": ("plate_no", "id_no"),
    "fiscal_payroll": ("id_no", "employer"),
    "marriage": ("man_id", "woman_id"),
    "cadre_roster": ("id_no", "kin_id"),
    "kin_filing": ("official_id", "id_no"),
    "village_stats": ("village",),
    "application": ("case_id", "id_no"),
    "check_report": ("check_report_no", "member_id"),
    "exemption": ("hh_id", "item"),
    "mandate": ("account_no", "collector_name"),
    "manifest": ("feed",),
}
"""Columns whose values identify a record in its row; person rolls are known by name and number."""


@pytest.fixture(scope="module")
def planted() -> District:
    return district()


@pytest.fixture(scope="module")
def office(planted: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_office(planted, folder)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _contents(name: str, data: bytes) -> object:
    """What a file holds, whatever zlib packed it."""
    if not name.endswith(".xlsx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(i.filename, i.date_time, archive.read(i)) for i in archive.infolist()]


def _clean(cell: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).upper().split()).strip("'")


class Reader:
    """Opens each file of the folder once and gives a row as cleaned texts."""

    def __init__(self, bureau: Path) -> None:
        self.bureau = bureau
        self.cache: dict[tuple[str, str], dict[int, set[str]]] = {}
        self.books: dict[Path, Any] = {}

    def row(self, file: str, sheet: str, row: int) -> set[str]:
        if (file, sheet) not in self.cache:
            self.cache[file, sheet] = {
                i: {_clean(c) for c in cells if c is not None} for i, cells in self._rows(file, sheet)
            }
        return self.cache[file, sheet][row]

    def _rows(self, file: str, sheet: str) -> list[tuple[int, Any]]:
        path = self.bureau / file
        if path.suffix == ".xlsx":
            if path not in self.books:
                # from memory: a read-only book keeps its file open
                self.books[path] = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
            return list(enumerate(self.books[path][sheet].iter_rows(values_only=True), start=1))
        if path.suffix == ".db":
            with closing(sqlite3.connect(path)) as db:
                return [(r[0], r[1:]) for r in db.execute(f'SELECT rowid, * FROM "{sheet}"')]  # noqa: S608
        return list(enumerate(csv.reader(io.StringIO(_decoded(path))), start=1))


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_writes_give_identical_bytes(office: Path, tmp_path: Path) -> None:
    write_office(district(), tmp_path)
    assert _files(tmp_path) == _files(office)


def test_the_checked_in_sample_is_what_the_generator_writes(office: Path) -> None:
    made, kept = _files(office), _files(SAMPLE)
    assert made.keys() == kept.keys()
    assert [n for n in made if _contents(n, made[n]) != _contents(n, kept[n])] == []


def test_another_seed_gives_other_people() -> None:
    one, other = (district(members=300, seed=seed, plant=False) for seed in (1, 2))
    numbers = [set(d.frames["tekun"]["2026-06"]["id_no"]) for d in (one, other)]
    assert numbers[0]
    assert numbers[0].isdisjoint(numbers[1])


def test_size(planted: District, office: Path) -> None:
    assert sum(len(data) for data in _files(office).values()) <= 3_000_000
    rolls = ("member", "tekun", "orphan", "disability_subsidy", "youfu")
    people = {n for t in rolls for n in planted.frames[t]["2026-06"]["id_no"] if n}
    assert len(people) >= 2_000
    feeds = [t for t, spec in TABLES.items() if spec.kind == "feed" and t in planted.frames and t != "manifest"]
    assert sum(planted.frames[t]["2026-06"].height for t in feeds) >= 20_000


def test_truth_points_at_the_rows_it_means(planted: District, office: Path) -> None:
    records = {c.case_id: {(r.role, r.table, r.key) for r in c.records} for c in planted.cases}
    reader = Reader(office / "bureau")
    seen: dict[str, int] = {}
    for line in _truth(office):
        cells = reader.row(line["file"], line["sheet"], int(line["row"]))
        if line["case_id"] not in records:
            continue  # a trap made of dirt, judged below
        seen[line["case_id"]] = seen.get(line["case_id"], 0) + 1
        month = line["file"][:7]
        candidates = [(t, k) for role, t, k in records[line["case_id"]] if role == line["role"]]
        assert any(_named(planted, t, k, month) <= cells for t, k in candidates), line["case_id"]
    assert seen == {case: len(refs) for case, refs in records.items()}


def _named(planted: District, table: str, key: int, month: str) -> set[str]:
    """The cells by which a record is known, or a set that no row holds if it is not in that month."""
    frame = planted.frames[table].get(month)
    rows = [] if frame is None else frame.filter(frame["key"] == key).to_dicts()
    if not rows:
        return {"no such record"}
    return {_clean(rows[0][c]) for c in NAMED.get(table, ("name", "id_no")) if rows[0][c] is not None}


def test_traps_of_dirt_hold_a_right_number(planted: District, office: Path) -> None:
    known = {case.case_id for case in planted.cases}
    dirty = [line for line in _truth(office) if line["case_id"] not in known]
    assert {line["note"].partition(",只是")[2] for line in dirty} == {
        "写成全角数字",
        "前面带撇号",
        "末位写成小写x",
        "末尾带制表符",
    }
    numbers = {
        n
        for t in ("member", "tekun", "disability_subsidy", "youfu", "orphan")
        for n in planted.frames[t]["2026-06"]["id_no"]
    }
    reader = Reader(office / "bureau")
    for line in dirty:
        assert reader.row(line["file"], line["sheet"], int(line["row"])) & numbers


def _known(table: str, column: str, header: str) -> bool:
    return fold_text(header) in {fold_text(alias) for alias in TABLES[table].columns[column].aliases}


def test_headers_are_spellings_of_the_contracts() -> None:
    for spec in ROLL_FILES + FEED_FILES:
        for table, headers in ((spec.table, spec.headers), ("member", spec.members)):
            for column, header in headers:
                assert _known(table, column, header), (spec.path, header)
    for table, (_, headers) in DATABASE_TABLES.items():
        for column, header in headers:
            assert _known(table, column, header), (table, header)


def test_the_low_income_workbook_looks_like_an_office(office: Path) -> None:
    book = openpyxl.load_workbook(office / "bureau/2026-06/2026年6月低保花名册.xlsx")
    assert len(book.sheetnames) == 9
    for sheet in book.worksheets:
        first = [cell.value for cell in next(sheet.iter_rows(max_col=1))]
        assert "2026年6月城乡最低生活保障对象花名册" in str(first[0])
        column = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True)]
        assert column[2] == "户编号"
        assert "小计" in column
        assert ("合计" in column) == (sheet.title == book.sheetnames[-1])
        merged = [str(area) for area in sheet.merged_cells.ranges]
        assert len([area for area in merged if area.startswith("A")]) > 10
        texts = {str(c) for row in sheet.iter_rows(min_row=sheet.max_row, values_only=True) for c in row if c}
        assert any(text.startswith("制表人") for text in texts)


def test_encodings(office: Path) -> None:
    june = office / "bureau/2026-06"
    assert (june / "残疾人两项补贴名册.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("低保边缘家庭202606.csv", "2026年6月社会化发放明细.csv", "核对数据/公安死亡注销名单.csv"):
        data = (june / name).read_bytes()
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
        assert data.decode("gb18030").count("\n") > 100


def test_plain_files_are_clean(planted: District, tmp_path: Path) -> None:
    write_plain(planted, tmp_path)
    for table, months in planted.frames.items():
        for month, frame in months.items():
            with (tmp_path / month / f"{TABLES[table].title}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            period = ["名册月份"] if TABLES[table].kind == "roll" else []
            assert rows[0] == period + [TABLES[table].columns[c].title for c in frame.columns if c != "key"]
            assert len(rows) == frame.height + 1
    with (tmp_path / "2026-06/低保家庭.csv").open(encoding="utf-8", newline="") as file:
        written = [row["家庭月收入"] for row in csv.DictReader(file)]
    assert [round(float(text) * 100) for text in written] == planted.frames["dibao"]["2026-06"][
        "income_month"
    ].to_list()
    with (tmp_path / "2026-06/市场主体登记.csv").open(encoding="utf-8", newline="") as file:
        capital = [row["出资额"] for row in csv.DictReader(file)]
    assert [round(float(text) * 1_000_000) for text in capital] == planted.frames["business"]["2026-06"][
        "capital"
    ].to_list()


def test_command_wants_one_folder() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "baoshen_audit.testing.synth"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "用法" in done.stderr
