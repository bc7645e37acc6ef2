"""The documents policy rests on, and how a rule or a value names them: `document` or `document#article`.

`social-assistance-interim#13` is article 13 of 《社会救助暂行办法》, `social-assistance-interim#66(3)` its article 66,
item 3. An article can be cited only when the document's entry says what it holds, so that a wrong number is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy.source import Source, refuse, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = {
    "regulation": "法规和规范性文件",
    "standard": "国家标准",
    "local": "地方文件",
    "practice": "实务资料",
    "suggestion": "本软件建议值",
    "example": "虚构示例",
}
"""What a document is. A suggestion or an example proves nothing: a value that rests on one is never confirmed."""

UNPROVEN = frozenset({"suggestion", "example"})

_REF = re.compile(r"(?P<id>[a-z0-9-]+)(?:#(?P<article>[0-9]+)(?P<item>\([0-9]+\))?)?")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ISSUED = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_REQUIRED = {"id": str, "title": str, "kind": str, "issuer": str, "issued": str}
_OPTIONAL = {"number": str, "from": date, "to": date, "articles": dict, "note": str, "read": bool}


@dataclass(frozen=True, slots=True)
class Citation:
    """A document, or one article of it.

    Attributes:
        id: short stable name.
        title: full title.
        number: document number, empty when it has none.
        issuer: who issued it.
        issued: date of issue as far as known: `2021-06-11`, `2021-06` or `2019`.
        from_: in force from; None when not known.
        to_: in force to, inclusive; None while in force.
        kind: one of `KINDS`.
        read: whether its text was read for this package; False means known through other texts only.
        articles: article number → what it says, in a few words.
        article: the article cited, with its item; empty for the whole document.
        note: what a reader should know about the source.
    """

    id: str
    title: str
    number: str
    issuer: str
    issued: str
    from_: date | None
    to_: date | None
    kind: str
    read: bool
    articles: Mapping[str, str] = field(repr=False)
    article: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """How a clerk cites it: `《社会救助暂行办法》(国务院令第649号)第13条`."""
        title = self.title if self.kind in UNPROVEN else f"《{self.title}》"
        number = f"({self.number})" if self.number else ""
        if not self.article:
            return f"{title}{number}"
        article, _, item = self.article.partition("(")
        return f"{title}{number}第{article}条" + (f"第({item}项" if item else "")

    @property
    def gist(self) -> str:
        """What the cited article says, in a few words; empty for a whole document."""
        return self.articles.get(self.article.partition("(")[0], "")

    def in_force(self, on: date) -> bool:
        """Whether the document is in force on a day.

        Where the day of its entry into force is not known, the first day that its date of issue allows counts.
        """
        start = self.from_ or date.fromisoformat((self.issued + "-01-01")[:10])
        return start <= on and (self.to_ is None or on <= self.to_)


def parse(source: Source, problems: list[str]) -> dict[str, Citation]:
    """Read the `[[citation]]` entries of one file; what is wrong goes to `problems`."""
    found: dict[str, Citation] = {}
    for number, entry in enumerate(source.tables["citation"], start=1):
        where = f"{source.name}:[[citation]] 第 {number} 条 {entry.get('id', '')}".rstrip()
        faults = _faults(entry)
        if not faults and entry["id"] in found:
            faults = ["编号重复"]
        problems.extend(f"{where}:{fault}" for fault in faults)
        if not faults:
            found[entry["id"]] = Citation(
                id=entry["id"],
                title=entry["title"],
                number=entry.get("number", ""),
                issuer=entry["issuer"],
                issued=entry["issued"],
                from_=entry.get("from"),
                to_=entry.get("to"),
                kind=entry["kind"],
                read=entry.get("read", True),
                articles=dict(entry.get("articles", {})),
                note=entry.get("note", ""),
            )
    return found


def _faults(entry: dict[str, Any]) -> list[str]:
    fields = _REQUIRED | _OPTIONAL
    faults = [f"不认识的字段 {name}" for name in entry if name not in fields]
    faults += [f"缺少 {name}" for name in _REQUIRED if name not in entry]
    faults += [f"{name} 类型不对" for name, kind in fields.items() if name in entry and type(entry[name]) is not kind]
    if faults:
        return faults
    if not _ID.fullmatch(entry["id"]):
        faults.append("id 只能用小写字母、数字和连字符")
    if entry["kind"] not in KINDS:
        faults.append(f"kind 应为 {'、'.join(KINDS)} 之一")
    if not _ISSUED.fullmatch(entry["issued"]):
        faults.append("issued 应为 2021-06-11、2021-06 或 2021")
    if not all(isinstance(gist, str) and number.isdecimal() for number, gist in entry.get("articles", {}).items()):
        faults.append('articles 应为 条号 = "要点"')
    return faults


def find(citations: Mapping[str, Citation], ref: str) -> Citation | None:
    """The document or article a reference names, or None when it names nothing known."""
    match = _REF.fullmatch(ref)
    document = citations.get(match["id"]) if match else None
    if match is None or document is None or match["article"] is None:
        return document
    if match["article"] not in document.articles:
        return None
    return replace(document, article=match["article"] + (match["item"] or ""))


@cache
def _shipped() -> dict[str, Citation]:
    problems: list[str] = []
    found = merge(shipped(), problems)
    refuse(problems)
    return found


def merge(sources: Iterable[Source], problems: list[str]) -> dict[str, Citation]:
    """All citations of several files; one id may stand for one document only."""
    found: dict[str, Citation] = {}
    for source in sources:
        for name, citation_ in parse(source, problems).items():
            if name in found:
                problems.append(f"{source.name}:引文编号 {name} 已用于另一文件")
            found.setdefault(name, citation_)
    return found


def citation(ref: str) -> Citation:
    """The shipped document or article that a rule's `basis` names.

    Args:
        ref: `document` or `document#article`, e.g. `social-assistance-interim#13`.

    Raises:
        PolicyError: when the package ships no such document, or its entry does not hold that article.
    """
    found = find(_shipped(), ref)
    if found is None:
        raise PolicyError(
            f"依据“{ref}”在政策数据中找不到",
            hint="核对文件编号与条号;新的依据请先在政策文件中以 [[citation]] 登记。",
        )
    return found
