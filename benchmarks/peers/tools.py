"""How each tool is asked: read a file in its own way, check a clean table by its own means.

`python tools.py TOOL read FILE` prints the pairs (name, number) it delivers as JSON; `python tools.py TOOL check FILE`
prints what the tool prints about the checks of `RULES`. A tool that brings no reader is given none of ours.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RULES = {"年龄": 120, "性别": ["男", "女"], "身份证号": "^[0-9]{17}[0-9X]$", "出生日期": "%Y-%m-%d"}
BOOKS = (".xlsx", ".xls")


class NoReaderError(Exception):
    """The tool takes tables that somebody else has read."""


def pairs(rows: Iterable[dict[str, Any]]) -> list[list[str]]:
    return [[str(row["姓名"]), str(row["身份证号"])] for row in rows]


class Ours:
    def read(self, path: Path) -> list[list[str]]:
        from datetime import date

        from baoshen_audit.ingest.load import load

        tables = load({"tekun": path}, month=date(2026, 6, 1)).tables
        return pairs(
            tables["tekun"]
            .frame.select("raw__name", "raw__id_no")
            .rename({"raw__name": "姓名", "raw__id_no": "身份证号"})
            .to_dicts()
        )

    def check(self, path: Path) -> None:
        from baoshen_audit.cli import main

        main(["gate", str(path), "--region", "320413", "--as-of", "2026-06", "--format", "concise"])


class GreatExpectations:
    def _batch(self, path: Path) -> Any:
        import great_expectations as gx

        source = gx.get_context(mode="ephemeral").data_sources.add_pandas("files")
        if path.suffix in BOOKS:
            asset = source.add_excel_asset("roll", io=path)
        else:
            asset = source.add_csv_asset("roll", filepath_or_buffer=path)
        return asset.add_batch_definition("whole").get_batch()

    def read(self, path: Path) -> list[list[str]]:
        return pairs(self._batch(path).data.dataframe.to_dict("records"))

    def check(self, path: Path) -> None:
        import great_expectations.expectations as gxe

        batch = self._batch(path)
        for wanted in (
            gxe.ExpectColumnValuesToBeBetween(column="年龄", max_value=RULES["年龄"]),
            gxe.ExpectColumnValuesToBeInSet(column="性别", value_set=RULES["性别"]),
            gxe.ExpectColumnValuesToMatchRegex(column="身份证号", regex=RULES["身份证号"]),
            gxe.ExpectColumnValuesToMatchStrftimeFormat(column="出生日期", strftime_format=RULES["出生日期"]),
        ):
            print(batch.validate(wanted))


class Frictionless:
    def read(self, path: Path) -> list[list[str]]:
        from frictionless import Resource

        return pairs(row.to_dict() for row in Resource(path.name, basepath=str(path.parent)).read_rows())

    def check(self, path: Path) -> None:
        from frictionless.__main__ import console

        fields = [
            {"name": "姓名", "type": "string"},
            {"name": "身份证号", "type": "string", "constraints": {"pattern": RULES["身份证号"]}},
            {"name": "年龄", "type": "integer", "constraints": {"maximum": RULES["年龄"]}},
            {"name": "性别", "type": "string", "constraints": {"enum": RULES["性别"]}},
            {"name": "出生日期", "type": "date", "format": RULES["出生日期"]},
        ]
        schema = path.with_name("schema.json")
        schema.write_text(json.dumps({"fields": fields}), encoding="utf-8")
        sys.argv = ["frictionless", "validate", path.name, "--schema", schema.name]
        console()


class Soda:
    """soda-core with soda-duckdb, its reader of files."""

    def _cursor(self, path: Path) -> Any:
        import duckdb

        cursor = duckdb.connect(":memory:").cursor()
        cursor.execute("CREATE SCHEMA office")
        # a competent reader of these files says that numbers of people are text
        source = f"read_csv('{path}', types={{'身份证号': 'VARCHAR'}})" if path.suffix == ".csv" else f"'{path}'"
        cursor.execute(f"CREATE TABLE office.roll AS SELECT * FROM {source}")  # noqa: S608 - a path of our own
        return cursor

    def read(self, path: Path) -> list[list[str]]:
        cursor = self._cursor(path)
        return [list(map(str, row)) for row in cursor.execute("SELECT 姓名, 身份证号 FROM office.roll").fetchall()]

    def check(self, path: Path) -> None:
        from soda_core.contracts import verify_contract_locally
        from soda_duckdb import DuckDBDataSource

        contract = path.with_name("contract.yml")
        contract.write_text(
            "dataset: duckdb/office/roll\ncolumns:\n"
            f"  - name: 年龄\n    checks:\n      - invalid:\n          valid_max: {RULES['年龄']}\n"
            "  - name: 性别\n    checks:\n      - invalid:\n          valid_values: ['男', '女']\n"
            f"  - name: 身份证号\n    checks:\n      - invalid:\n          valid_format:\n"
            f"            regex: '{RULES['身份证号']}'\n            name: id\n",
            encoding="utf-8",
        )
        source = DuckDBDataSource.from_existing_cursor(self._cursor(path), name="duckdb")
        result = verify_contract_locally(data_sources=[source], contract_file_path=str(contract))
        for one in result.contract_verification_results:
            for check in one.check_results:
                print(check.check.column_name, check.outcome.name, check.diagnostic_metric_values)
        sys.exit(1 if result.is_failed else 0)


class Dataframely:
    def read(self, path: Path) -> list[list[str]]:
        raise NoReaderError(path.name)

    def check(self, path: Path) -> None:
        import dataframely as dy
        import polars as pl

        class Roll(dy.Schema):
            姓名 = dy.String()
            身份证号 = dy.String(regex=str(RULES["身份证号"]))
            年龄 = dy.Int64(max=120)
            性别 = dy.String(check=lambda cell: cell.is_in(RULES["性别"]))
            出生日期 = dy.Date()

        frame = pl.read_csv(path, schema_overrides={"身份证号": pl.String}).with_columns(
            pl.col("出生日期").str.to_date(str(RULES["出生日期"]), strict=False)
        )
        Roll.validate(frame)


class Pointblank:
    def read(self, path: Path) -> list[list[str]]:
        import pointblank as pb

        if path.suffix in BOOKS:
            raise NoReaderError(path.name)
        return pairs(pb.Validate(data=str(path)).interrogate().data.to_dicts())

    def check(self, path: Path) -> None:
        import pointblank as pb
        import polars as pl

        plan = (
            pb.Validate(data=pl.read_csv(path, schema_overrides={"身份证号": pl.String}))
            .col_vals_le("年龄", 120)
            .col_vals_in_set("性别", RULES["性别"])
            .col_vals_regex("身份证号", str(RULES["身份证号"]))
            .interrogate()
        )
        print(plan.get_json_report())
        plan.assert_passing()


TOOLS = {
    "baoshen-audit": Ours,
    "Great Expectations": GreatExpectations,
    "Soda": Soda,
    "frictionless": Frictionless,
    "dataframely": Dataframely,
    "pointblank": Pointblank,
}


def main() -> int:
    tool, what, path = TOOLS[sys.argv[1]](), sys.argv[2], Path(sys.argv[3])
    if what == "check":
        tool.check(path)
        return 0
    try:
        print("\n" + json.dumps({"pairs": tool.read(path)}))
    except NoReaderError:
        print("\n" + json.dumps({"no_reader": True}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
