"""The published contracts: up to date, deterministic, and believed by the program they are written for."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from baoshen_audit.ingest.parse import parse, unreadable
from baoshen_audit.schemas import CODES, TABLES
from baoshen_audit.schemas.export import code_lists, dictionary, files, table_schema, words

PUBLISHED = Path(__file__).parents[2] / "schemas"
FILES = files()
NUMBER = "320482199001010015"
CLEAN = {
    "string": "文字",
    "date": "2026-06-30",
    "yearmonth": "2026-06",
    "datetime": "2026-06-01 09:30:00",
    "number": "1",
    "integer": "2000",
    "boolean": "是",
}


def clean_cells(schema, turn=0):
    """A row that the schema calls clean; `turn` goes through the words of code lists."""
    cells = {}
    for field in schema["fields"]:
        limits = field.get("constraints", {})
        if "enum" in limits:
            cell = limits["enum"][turn % len(limits["enum"])]
        elif "pattern" in limits:
            cell = "0f" * 32
        else:
            cell = NUMBER if field["x-kind"] in ("id", "account", "phone") else CLEAN[field["type"]]
            if field["type"] == "integer" and limits.get("maximum", 2000) < 2000:
                cell = str(limits["maximum"])
        cells[field["name"]] = cell
    return cells


def write_table(folder, name, rows):
    """The template of a table with rows below its header, and its schema beside it."""
    header = FILES[f"templates/{name}.csv"]
    schema = json.loads(FILES[f"tables/{name}.schema.json"])
    body = io.StringIO()
    csv.DictWriter(body, [field["name"] for field in schema["fields"]]).writerows(rows(schema))
    (folder / f"{name}.csv").write_bytes(header + body.getvalue().encode())
    (folder / f"{name}.json").write_bytes(FILES[f"tables/{name}.schema.json"])
    return {"name": name, "path": f"{name}.csv", "schema": f"{name}.json", "encoding": "utf-8-sig"}


def frictionless(folder, resources):
    """What the program `frictionless` says: table → types of errors."""
    (folder / "datapackage.json").write_text(json.dumps({"name": "clean", "resources": resources}), encoding="utf-8")
    program = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [program, "validate", "datapackage.json", "--json"], cwd=folder, capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    assert report["errors"] == []
    return done.returncode, {task["name"]: [error["type"] for error in task["errors"]] for task in report["tasks"]}


@pytest.mark.parametrize("name", list(FILES))
def test_what_is_checked_in_is_what_is_generated(name):
    assert (PUBLISHED / name).read_bytes() == FILES[name], "run: make contracts"


def test_nothing_stale_is_checked_in():
    owned = {p.relative_to(PUBLISHED).as_posix() for p in PUBLISHED.rglob("*") if p.is_file()}
    assert owned - set(FILES) <= {f"{name}.schema.json" for name in ("findings-v1", "config", "policy")}


def test_generating_again_gives_the_same_bytes():
    assert files() == FILES


def test_frictionless_believes_a_clean_delivery(tmp_path):
    resources = [
        write_table(tmp_path, name, lambda schema: [clean_cells(schema, turn) for turn in range(60)]) for name in TABLES
    ]
    code, errors = frictionless(tmp_path, resources)
    assert errors == {name: [] for name in TABLES}
    assert code == 0


def test_frictionless_sees_what_is_not_clean(tmp_path):
    bad = {"性别": "公", "出生日期": "1950.1.1", "年龄": "131", "户月保障金": "-1", "名册月份": "2026年6月"}
    one = write_table(tmp_path, "dibao", lambda schema: [clean_cells(schema) | bad])
    code, errors = frictionless(tmp_path, [one])
    assert sorted(errors["dibao"]) == ["constraint-error"] * 3 + ["type-error"] * 2
    assert code == 1


@pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))
def test_intake_reads_what_the_schema_calls_clean(spec):
    schema = table_schema(spec)
    rows = [clean_cells(schema, turn) for turn in range(60)]
    for column in spec.columns.values():
        cells = pl.Series([row[column.title] for row in rows])
        parsed = parse(cells, column)
        assert not unreadable(cells, parsed, column).any(), column.name
        if column.codes:
            assert set(parsed) == set(CODES[column.codes].values())


def test_a_field_tells_what_a_machine_needs():
    fields = {field["x-column"]: field for field in table_schema(TABLES["dibao"])["fields"]}
    assert fields["monthly_amount"] == {
        "name": "户月保障金",
        "title": "户月保障金",
        "type": "number",
        "description": "审批总额:补差加分类施保",
        "constraints": {"minimum": 0},
        "x-column": "monthly_amount",
        "x-kind": "money",
        "x-aliases": ["月保障金", "户月发放金额", "月保障金额", "月补助金额", "保障金", "金额"],
        "x-pii": "none",
        "x-unit": "元/月",
        "x-source": "办公用表常用列名",
    }
    assert fields["id_no"]["type"] == "string"
    assert fields["first_month"]["type"] == "yearmonth"
    assert fields["urban_rural"]["constraints"] == {"enum": ["城市", "农村"]}
    assert fields["urban_rural"]["x-codes"] == "urban_rural"


def test_pinyin_and_english_values_are_written_in_chinese():
    assert words("programme")[:2] == ("低保", "特困")
    assert words("death_source") == ("殡仪馆", "公安", "卫健")
    assert words("class") == ("A", "B", "C")
    assert words("sex") == ("男", "女", "未知")


@pytest.mark.parametrize("name", list(CODES))
def test_a_word_means_its_value(name):
    assert [CODES[name][word] for word in words(name)] == list(dict.fromkeys(CODES[name].values()))
    told = code_lists()[name]["values"]
    known = {spelling: value for value, about in told.items() for spelling in (value, *about["spellings"])}
    assert known == CODES[name]


def test_templates_are_headers_only_and_open_in_a_spreadsheet():
    content = FILES["templates/dibao.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.decode("utf-8-sig").rstrip().split(",")[:2] == ["户主姓名", "户主身份证号"]
    book = openpyxl.load_workbook(io.BytesIO(FILES["templates/名册与过程表模板.xlsx"]))
    delivered = [spec for spec in TABLES.values() if spec.kind != "feed"]
    assert set(book.sheetnames) == {spec.title for spec in delivered}
    assert book.sheetnames[0] == "低保家庭"
    for spec in delivered:
        sheet = book[spec.title]
        assert [cell.value for cell in sheet[1]] == [column.title for column in spec.columns.values()]
        assert sheet.max_row == 1
    assert book["低保家庭"].column_dimensions["B"].number_format == "@"


def test_the_dictionary_names_every_table_column_and_list():
    text = dictionary()
    for name, spec in TABLES.items():
        assert f"### {spec.title} `{name}`" in text
        assert all(f"| `{column}` |" in text for column in spec.columns)
    assert all(f"`{name}`" in text for name in CODES)
