"""The published contracts: what the folder `schemas/` of the repository holds, generated from the catalogue.

Frictionless Table Schemas describe a table as a clean file: Chinese titles as headers, ISO dates, 元, one word per
code. Intake reads far more than that (`x-aliases`, `codes.json`); the schemas are what an office can be asked for.
Everything is made byte for byte alike on every machine, so that CI can compare.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from xlsxwriter import Workbook

from baoshen_audit.schemas.base import KIND_WORDS, OFFICE_WORDING, Entitlement, Person
from baoshen_audit.schemas.catalogue import HOUSEHOLD_ROLLS, PERSON_ROLLS, TABLES, ColumnSpec, TableSpec, columns_of
from baoshen_audit.schemas.codes import CODE_LISTS, CODES

_TYPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "id": {"type": "string"},
    "code": {"type": "string"},
    "account": {"type": "string"},
    "phone": {"type": "string"},
    "flag": {"type": "string"},
    "date": {"type": "date"},
    "month": {"type": "yearmonth"},
    "datetime": {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"},
    "money": {"type": "number"},
    "int": {"type": "integer"},
    "ratio": {"type": "number"},
    "number": {"type": "number"},
    "yesno": {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
}
"""Kind of column → its type in a clean file."""

_PII: Final[dict[str, str]] = {"direct": "直接标识", "quasi": "间接标识", "sensitive": "敏感", "none": ""}
_FAMILIES: Final = (("roll", "名册"), ("process", "过程表"), ("feed", "核对数据源"))
_FIRST: Final = (*HOUSEHOLD_ROLLS, "member", *PERSON_ROLLS, "payment", "application")
"""What an office looks for first; the other tables follow by name."""

_CONSTRAINTS: Final = {"ge": "minimum", "le": "maximum", "str_matches": "pattern"}
_FORMATS: Final = {"date": "yyyy-mm-dd", "month": "yyyy-mm", "datetime": "yyyy-mm-dd hh:mm:ss"}
_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook says when it was made: always the same day, or it would differ each time."""


def files() -> dict[str, bytes]:
    """Every published contract: path below `schemas/` → content."""
    made = {
        "README.md": _README.encode(),
        "字段字典.md": dictionary().encode(),
        "codes.json": _json(code_lists()).encode(),
        "templates/名册与过程表模板.xlsx": workbook([*_tables("roll"), *_tables("process")]),
    }
    for name, spec in TABLES.items():
        made[f"tables/{name}.schema.json"] = _schema_text(table_schema(spec)).encode()
        made[f"templates/{name}.csv"] = template(spec)
    return dict(sorted(made.items()))


def _tables(kind: str) -> list[TableSpec]:
    names = (name for name, spec in TABLES.items() if spec.kind == kind)
    ranked = sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return [TABLES[name] for name in ranked]


def table_schema(spec: TableSpec) -> dict[str, Any]:
    """The Frictionless Table Schema of a table (datapackage.org), its fields in the order of the template.

    Field names are the headers of the template; `x-column` is the column's name in the software.
    """
    about = {"x-kind": spec.kind, "x-grain": spec.grain, "x-provider": spec.provider, "x-words": list(spec.aliases)}
    return {
        "name": spec.name,
        "title": spec.title,
        "description": spec.note,
        **{key: value for key, value in about.items() if value},
        "missingValues": [""],
        "fields": [_field(column) for column in spec.columns.values()],
    }


def _field(column: ColumnSpec) -> dict[str, Any]:
    constraints = {_CONSTRAINTS[check]: _as_written(column, value) for check, value in column.checks.items()}
    if column.codes:
        constraints["enum"] = list(words(column.codes))
    about = {
        "description": column.description,
        "constraints": constraints,
        "x-column": column.name,
        "x-kind": column.kind,
        "x-aliases": list(column.aliases[1:]),
        "x-pii": column.pii,
        "x-unit": column.unit,
        "x-codes": column.codes,
        "x-source": column.source,
    }
    told = {key: value for key, value in about.items() if value}
    return {"name": column.title, "title": column.title, **_TYPES[column.kind], **told}


def _as_written(column: ColumnSpec, bound: Any) -> Any:  # noqa: ANN401 - a number or a pattern
    """A bound in the unit of the file: money is checked in 分 and written in 元 or 万元."""
    if column.kind != "money":
        return bound
    value = bound / (1_000_000 if column.unit == "万元" else 100)
    return int(value) if value == int(value) else value


def words(codes: str) -> tuple[str, ...]:
    """The word a clean file has for each value of a code list: the value, or Chinese for a pinyin or English name."""
    first: dict[str, str] = {}
    for spelling, value in CODES[codes].items():
        if not (value.islower() and spelling == value):
            first.setdefault(value, spelling)
    return tuple(first.values())


def code_lists() -> dict[str, Any]:
    """Code list → title, source and, for every value, the word a clean file has and the spellings intake knows."""
    return {
        name: {
            "title": CODE_LISTS[name].title,
            "source": CODE_LISTS[name].source,
            "values": {
                value: {"word": word, "spellings": _spellings(name, value)}
                for value, word in zip(_values(name), words(name), strict=True)
            },
        }
        for name in CODES
    }


def _values(codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(CODES[codes].values()))


def _spellings(codes: str, value: str) -> list[str]:
    return [spelling for spelling, meant in CODES[codes].items() if meant == value and spelling != value]


def template(spec: TableSpec) -> bytes:
    """A CSV with the header row only, UTF-8 with BOM so that spreadsheets show Chinese."""
    text = io.StringIO()
    csv.writer(text).writerow(column.title for column in spec.columns.values())
    return text.getvalue().encode("utf-8-sig")


def workbook(specs: Iterable[TableSpec]) -> bytes:
    """A workbook with one sheet per table: the header row, and columns that keep numbers of documents as text."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "名册与过程表模板", "created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1})
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
        as_text = book.add_format({"num_format": "@"})
        for spec in specs:
            sheet = book.add_worksheet(spec.title)
            sheet.freeze_panes(1, 0)
            for position, column in enumerate(spec.columns.values()):
                stays = as_text if _TYPES[column.kind]["type"] == "string" else formats.get(column.kind)
                sheet.set_column(position, position, max(12, 2 * len(column.title) + 2), stays)
                sheet.write_string(0, position, column.title, head)
    return _stored(buffer.getvalue())


def _stored(packed: bytes) -> bytes:
    """The same zip without compression and without clocks: compressors differ between machines."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), source.read(name))
    return plain.getvalue()


def dictionary() -> str:
    """字段字典: every table, column and code list for people, in Chinese."""
    blocks = (("人员通用栏", columns_of(Person)), ("待遇通用栏", columns_of(Entitlement)))
    parts = [_INTRODUCTION, "## 通用栏\n"]
    known: dict[str, ColumnSpec] = {}
    for title, columns in blocks:
        fresh = [column for name, column in columns.items() if name not in known]
        parts.append(f"### {title}\n\n{_columns_table(fresh)}")
        known |= dict(columns)
    for kind, title in _FAMILIES:
        parts.append(f"## {title}\n")
        parts += [_table_section(spec, known) for spec in _tables(kind)]
    parts.append("## 代码表\n")
    parts += [_code_section(name) for name in CODES]
    return "\n".join(parts)


def _table_section(spec: TableSpec, shared: Mapping[str, ColumnSpec]) -> str:
    own = [column for column in spec.columns.values() if not _as_shared(column, shared.get(column.name))]
    facts = [f"每行:{spec.grain}。", f"提供单位:{spec.provider}。" if spec.provider else ""]
    facts.append(f"文件名、工作表名中的字样:{'、'.join(spec.aliases)}。")
    if issubclass(spec.model, Person):
        facts.append(f"另有人员通用栏{'和待遇通用栏' if issubclass(spec.model, Entitlement) else ''}。")
    return f"### {spec.title} `{spec.name}`\n\n{''.join(facts)}\n\n{_columns_table(own)}"


def _as_shared(column: ColumnSpec, shared: ColumnSpec | None) -> bool:
    """Whether a table takes a column from the shared block as it stands; headers it lends to its own do not count."""
    return shared is not None and (column.title, column.kind, column.note) == (shared.title, shared.kind, shared.note)


def _columns_table(columns: Iterable[ColumnSpec]) -> str:
    rows = ["| 栏目 | 列名 | 类型 | 单位 | 也可写作 | 个人信息 | 代码表 | 说明 |", "|---|---|---|---|---|---|---|---|"]
    for column in columns:
        listed = CODE_LISTS[column.codes] if column.codes else None
        said = (OFFICE_WORDING, listed.source if listed else "")
        source = "" if column.source in said else column.source
        cells = (
            column.title,
            f"`{column.name}`",
            KIND_WORDS[column.kind],
            column.unit,
            ";".join(column.aliases[1:]),
            _PII[column.pii],
            listed.title if listed else "",
            "。".join(part for part in (column.note, source) if part),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _code_section(name: str) -> str:
    rows = ["| 值 | 也可写作 |", "|---|---|"]
    rows += [f"| {value} | {'、'.join(_spellings(name, value))} |" for value in _values(name)]
    about = CODE_LISTS[name]
    return f"### {about.title} `{name}`\n\n来源:{about.source}。\n\n" + "\n".join(rows) + "\n"


def _json(value: Any) -> str:  # noqa: ANN401 - anything JSON can hold
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _schema_text(schema: Mapping[str, Any]) -> str:
    """A Table Schema with one field per line: a change of a column is a change of a line."""
    head = [f"  {_inline(key)}: {_inline(value)}" for key, value in schema.items() if key != "fields"]
    fields = ",\n".join(f"    {_inline(field)}" for field in schema["fields"])
    return "{\n" + ",\n".join([*head, f'  "fields": [\n{fields}\n  ]']) + "\n}\n"


def _inline(value: Any) -> str:  # noqa: ANN401 - anything JSON can hold
    return json.dumps(value, ensure_ascii=False)


_INTRODUCTION: Final = """# 字段字典

由软件的表结构生成,不手工修改。读入时按表头认列:栏目名称或「也可写作」中的任一写法都认得,大小写、全半角、空格、标点不计。
认不出的列会列出来,不会丢弃。

- 金额以元书写,单位另有说明的除外;软件内部以分存储。按月与按年的金额是不同的栏目。
- 日期写作 2026-06-30,月份写作 2026-06;常见的其他写法也能读。
- 证件号码、账号须存为文本:电子表格只保留15位数字,存成数字的18位号码已经损坏。
- 个人信息分级:直接标识(姓名、号码、住址等)、间接标识、敏感(《个人信息保护法》第二十八条)。没有规则要用的栏目读入即弃。
- 代码表中没有的写法会作为问题报告,原文保留,不作猜测。
"""

_README: Final = """# 已发布的数据约定 / Published contracts

由软件的表结构生成(`make contracts`),不手工修改。Generated from the table models; do not edit.

- `字段字典.md`:全部表、栏目、代码表的中文说明。The data dictionary, in Chinese.
- `tables/*.schema.json`:每张表的 Frictionless Table Schema,描述一个干净的文件。One Table Schema per table.
- `templates/*.csv`、`templates/名册与过程表模板.xlsx`:只有表头的模板,填写后即可读入。Header-only templates.
- `codes.json`:代码表的值和认得的写法。Values of the code lists and the spellings intake knows.
- `findings-v1.schema.json`、`config.schema.json`、`policy.schema.json`:疑点输出、baoshen.toml、政策文件的 JSON Schema。
  JSON Schemas of the findings, of the settings and of policy files.

```sh
frictionless validate 低保家庭.csv --schema schemas/tables/dibao.schema.json
```

以 `x-` 开头的是补充:`x-column` 列名,`x-aliases` 也认得的表头,`x-pii` 个人信息分级,`x-unit` 单位,`x-codes` 代码表。
Properties with `x-` are ours: canonical column, accepted headers, personal-data class, unit, code list.
"""
