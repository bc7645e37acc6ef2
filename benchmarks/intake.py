"""`make bench-intake`: a large roll through read → parse → contract, beside plain polars and two other libraries.

A roll of 特困人员 with 20 columns is generated once, as CSV (1,000,000 rows) and as .xlsx (200,000 rows), one row in
ten with cells that break the contract. Each figure comes from a process of its own; the checks of all contestants are
the same ten, on the same typed frame read from Parquet. dataframely and pointblank must be installed beside the
product (requirements/bench.txt); a contestant that is not there is left out by name.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from measure import best, cost

HERE = Path(__file__).parent
CONTESTANTS = ("ours", "hand-written polars", "dataframely", "pointblank")

GENERATE = """
import sys, polars as pl
from baoshen_audit.identity.resident_id import WEIGHTS
rows, csv, xlsx = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
n = pl.int_range(rows, dtype=pl.Int64)
body = pl.format("320482{}{}{}{}", 1940 + n % 70, (1 + n // 70 % 12).cast(pl.String).str.zfill(2),
    (1 + n // 840 % 28).cast(pl.String).str.zfill(2), (n // 23520 % 1000).cast(pl.String).str.zfill(3))
total = sum((w * body.str.slice(i, 1).cast(pl.Int64) for i, w in enumerate(WEIGHTS)), pl.lit(0))
last = (1 - total) % 11
check = pl.when(last == 10).then(pl.lit("X")).otherwise(last.cast(pl.String))
bad = n % 10 == 3
frame = pl.select(
    pl.format("第{}镇", n % 9).alias("所属乡镇"), pl.format("第{}村", n % 123).alias("村(社区)"),
    pl.lit("320413101001").alias("区划代码"), pl.format("王{}", (0x4e00 + n % 900).cast(pl.String)).alias("姓名"),
    pl.concat_str(body, check).alias("身份证号"),
    pl.when(n % 2 == 0).then(pl.lit("男")).otherwise(pl.lit("女")).alias("性别"),
    pl.format("{}年{}月{}日", 1940 + n % 70, 1 + n // 70 % 12, 1 + n // 840 % 28).alias("出生日期"),
    pl.when(bad).then(-5).otherwise(n % 99).cast(pl.String).alias("年龄"),
    pl.when(n % 3 == 0).then(pl.lit("集中")).otherwise(pl.lit("分散")).alias("供养方式"),
    pl.lit("全自理").alias("自理能力"), pl.format("{}.50", 1000 + n % 300).alias("基本生活标准"),
    pl.when(bad).then(pl.lit("-20")).otherwise(pl.lit("300")).alias("照料护理标准"),
    pl.format("1,{}.00", 100 + n % 800).alias("月保障金额"), pl.format("62172400000{}", 10000000 + n).alias("银行账号"),
    pl.lit("本人").alias("账户名"), pl.format("138{}", 10000000 + n % 89999999).alias("联系电话"),
    pl.lit("在保").alias("状态"), pl.format("2020.{}.{}", 1 + n % 12, 1 + n % 28).alias("批准日期"),
    pl.format("2020-{}", (1 + n % 12).cast(pl.String).str.zfill(2)).alias("最初享受月份"), pl.lit("").alias("备注"),
)
frame.write_csv(csv)
if xlsx:
    import xlsxwriter
    book = xlsxwriter.Workbook(csv.replace(".csv", ".xlsx"), {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for row, cells in enumerate([tuple(frame.columns), *frame.head(xlsx).iter_rows()]):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    book.close()
print("ok")
"""

READ = """
import sys, polars as pl
frame = pl.read_csv(sys.argv[1], infer_schema=False)
print(frame.height)
"""

BY_HAND = """
import sys, time
started = time.perf_counter()
import polars as pl
raw = pl.read_csv(sys.argv[1], infer_schema=False)
fen = lambda name: (pl.col(name).str.replace_all(",", "").cast(pl.Decimal(18, 2)) * 100).cast(pl.Int64)
frame = raw.select(
    pl.int_range(pl.len(), dtype=pl.Int64).alias("row_id"), pl.col("所属乡镇").alias("town"),
    pl.col("村(社区)").alias("village"), pl.col("区划代码").alias("region_code"), pl.col("姓名").alias("name"),
    pl.col("身份证号").str.to_uppercase().alias("id_no"), pl.col("性别").alias("sex"),
    pl.col("出生日期").str.to_date("%Y年%m月%d日", strict=False).alias("birth_date"),
    pl.col("年龄").cast(pl.Int64, strict=False).alias("age"), pl.col("供养方式").alias("mode"),
    pl.col("自理能力").replace({"全自理": "能自理"}).alias("self_care"), fen("基本生活标准").alias("base_standard"),
    fen("照料护理标准").alias("care_amount"), fen("月保障金额").alias("monthly_amount"),
    pl.col("银行账号").alias("account_no"), pl.col("账户名").alias("account_name"), pl.col("联系电话").alias("phone"),
    pl.col("状态").alias("status"), pl.col("批准日期").str.to_date("%Y.%m.%d", strict=False).alias("approve_date"),
    (pl.col("最初享受月份") + "-01").str.to_date("%Y-%m-%d", strict=False).alias("first_month"),
    pl.col("备注").alias("remark"), *(pl.col(name).alias(f"raw__{name}") for name in raw.columns),
)
"""

LOAD = """
import sys, time
from datetime import date
from pathlib import Path
from baoshen_audit.ingest.load import load
from baoshen_audit.schemas import TABLES, check
started = time.perf_counter()
intake = load({"tekun": Path(sys.argv[1])}, month=date(2026, 6, 1))
parsed = time.perf_counter()
frame = intake.tables["tekun"].frame
problems = check(TABLES["tekun"], frame)
print(f"{parsed - started:.2f} {time.perf_counter() - parsed:.2f} {problems.height}")
if len(sys.argv) > 2:
    frame.select("row_id", *(c for c in TABLES["tekun"].columns if c in frame.columns)).write_parquet(sys.argv[2])
"""

CHECKS = {
    "ours": """
from baoshen_audit.schemas import TABLES, check
run = lambda: check(TABLES["tekun"], frame).height
""",
    "hand-written polars": """
run = lambda: frame.select("row_id",
    *((~test).fill_null(False).alias(name) for name, test in RULES.items())
).unpivot(index="row_id").filter("value").height
""",
    "dataframely": """
import dataframely as dy
def one_of(*values): return dy.String(nullable=True, check=lambda cell: cell.is_in(values))
class Roll(dy.Schema):
    age = dy.Int64(nullable=True, min=0, max=130)
    care_amount = dy.Int64(nullable=True, min=0)
    base_standard = dy.Int64(nullable=True, min=0)
    monthly_amount = dy.Int64(nullable=True, min=0)
    sex = one_of("男", "女", "未知")
    status = one_of("在保", "渐退", "暂停", "停保", "待审核", "不予批准")
    mode = one_of("集中", "分散", "居家")
    self_care = one_of("能自理", "部分自理", "不能自理")
    region_code = dy.String(nullable=True, regex="^[0-9]{6,12}$")
narrow = frame.select(Roll.column_names())
run = lambda: sum(Roll.filter(narrow)[1].counts().values())
""",
    "pointblank": """
import pointblank as pb
def run():
    plan = pb.Validate(data=frame)
    for name, test in RULES.items():
        plan = plan.col_vals_expr(expr=test.fill_null(True))
    plan = plan.interrogate(collect_extracts=False)
    return sum(plan.n_failed().values())
""",
}

PRELUDE = """
import sys, time, polars as pl
frame = pl.read_parquet(sys.argv[1])
col = pl.col
RULES = {
    "age_low": col("age") >= 0, "age_high": col("age") <= 130, "care": col("care_amount") >= 0,
    "base": col("base_standard") >= 0, "monthly": col("monthly_amount") >= 0,
    "sex": col("sex").is_in(["男", "女", "未知"]), "mode": col("mode").is_in(["集中", "分散", "居家"]),
    "status": col("status").is_in(["在保", "渐退", "暂停", "停保", "待审核", "不予批准"]),
    "self_care": col("self_care").is_in(["能自理", "部分自理", "不能自理"]),
    "region": col("region_code").str.contains("^[0-9]{6,12}$"),
}
"""

TIMED = """
run()
started = time.perf_counter()
found = run()
print(f"{time.perf_counter() - started:.3f} {found}")
"""


def main() -> int:
    """Generate, measure, print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--xlsx-rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        csv, typed = Path(scratch) / "特困人员.csv", Path(scratch) / "typed.parquet"
        cost(["-c", GENERATE, str(options.rows), str(csv), str(options.xlsx_rows)])
        bare = best([cost(["-c", READ, str(csv)]) for _ in range(options.repeats)])
        rules = PRELUDE.split("frame = pl.read_parquet(sys.argv[1])\n")[1]
        by_hand = BY_HAND + rules + CHECKS["hand-written polars"] + "print(run())"
        hand = best([cost(["-c", by_hand, str(csv)]) for _ in range(options.repeats)])
        ours = best([cost(["-c", LOAD, str(csv), str(typed)]) for _ in range(options.repeats)])
        print("| | rows | s | CPU s | MB | read and parse s, contract s, problems |\n|---|---|---|---|---|---|")
        line = "| {} | {:,} | {:.2f} | {:.2f} | {:.0f} | {} |"
        print(line.format("plain polars read of the CSV", options.rows, bare.wall, bare.cpu, bare.peak_mb, ""))
        said = f"problems {hand.said}"
        print(
            line.format(
                "the same read, parse and checks by hand", options.rows, hand.wall, hand.cpu, hand.peak_mb, said
            )
        )
        print(line.format("ours, CSV", options.rows, ours.wall, ours.cpu, ours.peak_mb, ours.said))
        if options.xlsx_rows:
            book = best([cost(["-c", LOAD, str(csv.with_suffix(".xlsx"))]) for _ in range(options.repeats)])
            print(line.format("ours, .xlsx", options.xlsx_rows, book.wall, book.cpu, book.peak_mb, book.said))
        print("\n| contract check alone | s | MB of the process | failing cells |\n|---|---|---|---|")
        for name in CONTESTANTS:
            if name in ("dataframely", "pointblank") and not find_spec(name):
                print(f"| {name} | not installed | | |")
                continue
            runs = [cost(["-c", PRELUDE + CHECKS[name] + TIMED, str(typed)]) for _ in range(options.repeats)]
            quickest = min(runs, key=lambda run: float(run.said.split()[0]))
            seconds, found = quickest.said.split()
            print(f"| {name} | {seconds} | {quickest.peak_mb:.0f} | {int(found):,} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
