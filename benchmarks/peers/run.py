"""`make peers`: what an office's files do to six tools, every cell of the table found out by running.

Files are made here (synthetic people). Each probe is a process of its own with 2 GB of address space for data and 90
seconds; what it prints, its exit code and the hosts it tries to reach are what is judged. Prints Markdown tables
(docs/intake-peers.md).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import xlsxwriter
from tools import TOOLS

from baoshen_audit.identity.resident_id import check_char

HERE = Path(__file__).parent
AGE = re.compile(r"(?<![0-9.])266(?![0-9])")
NUMBERS = "numbers of people stored as numbers"
DISTRIBUTIONS = {
    "baoshen-audit": "baoshen-audit",
    "Great Expectations": "great_expectations",
    "Soda": "soda-core",
    "frictionless": "frictionless",
    "dataframely": "dataframely",
    "pointblank": "pointblank",
}
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
HEADER = ["姓名", "身份证号", "年龄", "性别", "出生日期"]
WATCH = """
import json, os, socket
real = socket.getaddrinfo
def seen(host, *args, **kwargs):
    if host not in (None, "localhost", "127.0.0.1", "::1"):
        with open(os.environ["PEERS_HOSTS"], "a") as out:
            out.write(f"{host}\\n")
    return real(host, *args, **kwargs)
socket.getaddrinfo = seen
"""


def number(born: str, sequence: int) -> str:
    body = f"320482{born}{sequence:03}"
    return body + check_char(body)


PEOPLE = [
    ["王一山", number("19500101", 123), "76", "男", "1950-01-01"],
    ["李二梅", number("19600203", 122), "66", "女", "1960-02-03"],
    ["孙三保", number("19550517", 125), "71", "男", "1955-05-17"],
    ["周四喜", number("19581209", 128), "67", "女", "1958-12-09"],
]
EXPECTED = sorted([name, who] for name, who, *_ in PEOPLE)


@dataclass(frozen=True)
class Run:
    """One probe: what it printed, how it ended, whom it tried to reach."""

    out: str
    code: int
    hosts: frozenset[str]


def run(tool: str, what: str, path: Path, scratch: Path) -> Run:
    hosts = scratch / "hosts"
    hosts.unlink(missing_ok=True)
    watch = scratch / "watch"
    watch.mkdir(exist_ok=True)
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(watch), os.environ.get("PYTHONPATH", "")]),
        "PEERS_HOSTS": str(hosts),
        "BAOSHEN_STATE": str(scratch / "state"),
        "COLUMNS": "200",
    }
    command = ["bash", "-c", 'ulimit -d 2097152; exec "$@"', "-", sys.executable, str(HERE / "tools.py"), tool, what]
    try:
        done = subprocess.run(
            [*command, str(path)],
            capture_output=True,
            text=True,
            timeout=90,
            env=environment,
            cwd=path.parent,
            check=False,
        )
        # JSON reports escape Chinese; they are read as what they say
        out, code = ESCAPED.sub(lambda one: chr(int(one[1], 16)), done.stdout + done.stderr), done.returncode
    except subprocess.TimeoutExpired:
        out, code = "", -1
    reached = frozenset(hosts.read_text().split()) if hosts.exists() else frozenset()
    return Run(out, code, reached)


def files(folder: Path) -> dict[str, Path]:
    """What is in the file → the file."""
    made = {}

    def text(label: str, name: str, encoding: str) -> None:
        made[label] = folder / name
        made[label].write_bytes("\r\n".join(map(",".join, [HEADER, *PEOPLE])).encode(encoding))

    def book(label: str, name: str) -> xlsxwriter.Workbook:
        made[label] = folder / name
        return xlsxwriter.Workbook(str(made[label]))

    text("clean CSV in UTF-8", "特困1.csv", "utf-8")
    text("CSV in GB18030", "特困2.csv", "gb18030")
    text("CSV in UTF-16", "特困3.csv", "utf-16")
    with book("clean workbook", "特困9.xlsx") as out:
        sheet = out.add_worksheet()
        for at, row in enumerate([HEADER, *PEOPLE]):
            sheet.write_row(at, 0, row)
    with book("workbook with two title rows and a total", "特困4.xlsx") as out:
        sheet = out.add_worksheet()
        rows = [["特困人员名册"], ["填报单位:甲镇", "", "2026年6月"], HEADER, *PEOPLE, ["合计", "4人"]]
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    with book("workbook with a sheet for each town", "特困5.xlsx") as out:
        for town, people in (("甲镇", PEOPLE[:2]), ("乙镇", PEOPLE[2:])):
            sheet = out.add_worksheet(town)
            for at, row in enumerate([HEADER, *people]):
                sheet.write_row(at, 0, row)
    with book(NUMBERS, "特困6.xlsx") as out:
        sheet = out.add_worksheet()
        for at, row in enumerate([HEADER, *PEOPLE]):
            sheet.write_row(at, 0, row)
            if at:
                sheet.write_number(at, 1, float(row[1].replace("X", "0")))
    made["web page named .xls"] = folder / "特困7.xls"
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEADER, *PEOPLE])
    made["web page named .xls"].write_text(f"<html><meta charset=utf-8><table>{lines}</table></html>", encoding="utf-8")
    return made


def bomb(folder: Path) -> Path:
    """A workbook whose only sheet unpacks to 4 GB."""
    path = folder / "特困8.xlsx"
    with xlsxwriter.Workbook(str(path)) as out:
        out.add_worksheet().write_row(0, 0, HEADER)
    fat = folder / "fat.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(fat, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for item in source.infolist():
            if item.filename != "xl/worksheets/sheet1.xml":
                target.writestr(item, source.read(item))
        cell = b'<row><c t="inlineStr"><is><t>' + b"x" * 4096 + b"</t></is></c></row>"
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(1_000):
                sheet.write(cell * 1_000)
            sheet.write(b"</sheetData></worksheet>")
    fat.replace(path)
    return path


def reading(done: Run) -> str:
    last = next((line for line in reversed(done.out.splitlines()) if line.startswith("{")), "{}")
    answer = json.loads(last)
    if answer.get("no_reader"):
        return "no reader"
    if "pairs" not in answer:
        return "refuses"
    return "right" if sorted(answer["pairs"]) == EXPECTED else "**wrong, silently**"


FAULTY = [
    PEOPLE[0],
    ["吴五妹", PEOPLE[1][1], "266", "女", "1960-02-03"],
    ["郑六根", PEOPLE[2][1][:-1] + ("1" if PEOPLE[2][1][-1] != "1" else "2"), "71", "男", "1955-05-17"],
    ["冯七宝", PEOPLE[3][1], "67", "外星", "1958-12-09"],
]


def faulty(folder: Path) -> Path:
    path = folder / "特困人员2026年6月.csv"
    path.write_text("\n".join(map(",".join, [HEADER, *FAULTY])), encoding="utf-8")
    return path


def many_dates(folder: Path) -> Path:
    """Four spellings of a day and one day that does not exist, in row 6."""
    path = folder / "特困人员2026年6月.csv"
    spellings = ["1950-01-01", "1960年2月3日", "1955.05.17", "19581209"]
    rows = [[*person[:4], day] for person, day in zip(PEOPLE, spellings, strict=True)]
    rows.append(["吴五妹", number("19610203", 126), "65", "女", "1961年13月5日"])
    path.write_text("\n".join(map(",".join, [HEADER, *rows])), encoding="utf-8")
    return path


def main() -> int:
    names = list(TOOLS)
    print(" · ".join(f"{name} {version(DISTRIBUTIONS[name])}" for name in names) + "\n")
    with tempfile.TemporaryDirectory() as where:
        scratch = Path(where)
        folder = scratch / "files"
        folder.mkdir()
        print(f"| a file as an office has it | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
        reached: dict[str, set[str]] = {name: set() for name in names}
        made = files(folder)
        for label, path in made.items():
            runs = {name: run(name, "read", path, scratch) for name in names}
            for name, done in runs.items():
                reached[name] |= done.hosts
            cells = {name: reading(done) for name, done in runs.items()}
            if label == NUMBERS:
                # no reader can bring the digits back: what counts is whether the damage is told
                told = {name: run(name, "check", path, scratch) for name, cell in cells.items() if "wrong" in cell}
                cells |= {
                    name: "tells the damage" for name, done in told.items() if faults(done, "身份证号", "ROLL004")
                }
            print(f"| {label} | {' | '.join(cells.values())} |", flush=True)
        fat = bomb(folder)
        print(f"| {fat.stat().st_size // 1000} kB workbook that unpacks to 4 GB, with 2 GB to spare | ", end="")
        print(" | ".join(exhausted(run(name, "read", fat, scratch)) for name in names) + " |")
        fat.unlink()

        checked = {name: run(name, "check", faulty(folder), scratch) for name in names}
        for name, done in checked.items():
            reached[name] |= done.hosts
        missing = {name: run(name, "check", folder / "没有.csv", scratch) for name in names}
        clean = {name: run(name, "check", many_dates(folder), scratch) for name in names}
        rows = {
            "an age of 266 is reported": lambda n: yes(faults(checked[n], "年龄")),
            "… with the row a spreadsheet shows (3)": lambda n: yes(row_named(checked[n].out)),
            "a wrong check character is reported": lambda n: yes(
                (":4" in checked[n].out and n == "baoshen-audit") or FAULTY[2][1] in checked[n].out
            ),
            "a person's cells stay out of the output": lambda n: yes(
                not any(cell in checked[n].out for row in FAULTY for cell in row[:2]) and not AGE.search(checked[n].out)
            ),
            "four spellings of a date pass, only the impossible one is reported": lambda n: yes(only_last(clean[n])),
            "exit code: faults found / file missing": lambda n: f"{checked[n].code} / {missing[n].code}",
            "hosts it tried to reach": lambda n: ", ".join(sorted(reached[n])) or "none",
        }
        print(f"\n| checks | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
        for label, judge in rows.items():
            print(f"| {label} | {' | '.join(judge(name) for name in names)} |", flush=True)
        if "--show" in sys.argv:
            for name in names:
                print(f"\n=== {name}\n{checked[name].out[-3000:]}\n--- dates\n{clean[name].out[-2500:]}")
    return 0


def exhausted(done: Run) -> str:
    if done.code == -1:
        return "not done in 90 s"
    if "no_reader" in done.out:
        return "no reader"
    memory = "MemoryError" in done.out or done.code in (-6, -9, -11, 137)
    return "runs out of memory" if memory else "refuses" if done.code else "reads it"


def yes(found: bool) -> str:
    return "yes" if found else "no"


def faults(done: Run, *words: str) -> bool:
    """It names one of the words and says, by exit code or report, that something is wrong."""
    return any(word in done.out for word in words) and (done.code == 1 or '"success": false' in done.out)


def row_named(out: str) -> bool:
    """Row 3 beside the age: `…csv:3…`, a table cell `3`, or a JSON index 3."""
    lines = [line for line in out.splitlines() if AGE.search(line) or "年龄" in line]
    return any(":3" in line or "│ 3 " in line or '"3"' in line for line in lines)


def only_last(done: Run) -> bool:
    """Row 6 is named and no other row is."""
    named = {at for at in range(2, 7) if f":{at}" in done.out or f"│ {at} " in done.out}
    return named == {6}


if __name__ == "__main__":
    sys.exit(main())
