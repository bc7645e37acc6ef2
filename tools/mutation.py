"""Mutation testing of rules and policy: every small change of a line must make a test fail.

    python tools/mutation.py [FILE …] [--share 0.1] [--workers 2] [--json build/mutation.jsonl] [--again EARLIER]

The changes are mutmut's (its operators are used as a library). mutmut's own runner cannot be: it leaves decorated
functions alone, which every rule is, and runs each change in a fork of a process whose polars threads do not survive a
fork. Here a changed rule runs through its own case book in a process that stays, and a changed policy module through
tests/policy in a process of its own. Decorators (texts and declarations, held by other tests), docstrings and
annotations are not changed.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from baoshen_audit import audit
from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.testing import casebook

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "baoshen_audit"
PARTS: Final = 4
"""A file is tried in so many parts: some have a thousand changes, and workers end together."""
SECONDS: Final = 30
"""A change that keeps one rule busy longer (CPU time) has been noticed; the tests of policy have ten times as long."""


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, what it was and what it became."""

    file: str
    line: int
    before: str
    after: str
    outcome: str = ""


class _Collector(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, module: cst.Module) -> None:
        self.module = module
        self.depth = 0
        self.found: list[tuple[int, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Decorator | cst.Annotation | cst.ImportFrom | cst.Import):
            return False
        if isinstance(node, cst.FunctionDef):
            self.depth += 1
        if self.depth:
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    line = self.get_metadata(PositionProvider, node).start.line
                    self.found += [(line, node, changed) for changed in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self.depth -= 1


def mutants(path: Path, share: float, part: int, lines: frozenset[int] | None) -> Iterator[tuple[Mutant, str]]:
    """Every :data:`PARTS`-th change of a file, or of a share drawn by its name, each with the whole changed source.

    With `lines`, only the changes of these.
    """
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    collector = _Collector(wrapper.module)
    wrapper.visit(collector)
    drawn = random.Random(path.name)  # noqa: S311 - which changes are tried is no secret
    chosen = [found for found in collector.found if drawn.random() < share]
    for line, node, changed in chosen[part::PARTS]:
        if lines is not None and line not in lines:
            continue
        code = cst.ensure_type(wrapper.module.deep_replace(node, changed), cst.Module).code
        yield Mutant(path.relative_to(SOURCE).as_posix(), line, *_difference(wrapper.module.code, code)), code


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines a change touches, as they were and as they became."""
    marks = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0))[3:]
    was, became = ("\n".join(mark[1:].strip() for mark in marks if mark[0] == sign) for sign in "-+")
    return was, became


def _module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@contextmanager
def _in_place(name: str, code: str) -> Iterator[types.ModuleType]:
    """A changed module under its own name, for those that import it."""
    original = sys.modules[name]
    module = types.ModuleType(name)
    module.__file__ = original.__file__
    if hasattr(original, "__path__"):
        module.__path__ = original.__path__
    sys.modules[name] = module
    try:
        exec(compile(code, name, "exec"), module.__dict__)  # noqa: S102
        yield module
    finally:
        sys.modules[name] = original


class _Remembered(dict[tuple[str, str, str], object]):
    """What a case comes to before any rule runs: no change of a rule can touch it, so it is worked out once."""

    case: tuple[str, str] = ("", "")

    def keep(self, step: str) -> None:
        """Have a step of the pipeline give what it gave for this case before."""
        real = getattr(audit, step)

        def kept(*args: object, **options: object) -> object:
            place = (*self.case, step)
            if place not in self:
                self[place] = real(*args, **options)
            return self[place]

        setattr(audit, step, kept)


_remembered = _Remembered()


def _stop(*_: object) -> None:
    raise TimeoutError


@cache
def _book(code: str) -> dict[str, casebook.Case]:
    """The cases of a rule's book, by title."""
    return {case.title: case for case in casebook.read(ROOT / "tests" / "rules" / f"{code}.md")}


@cache
def _told(code: str) -> frozenset[str]:
    """What a rule told of each case before."""
    text = (ROOT / "tests" / "golden" / "rules" / f"{code}.txt").read_text(encoding="utf-8")
    return frozenset(told.strip() for told in re.split("^(?=## )", text, flags=re.M))


def _rule_fails(path: Path, code: str) -> bool:
    """Whether the case book of a rule, or what was told of it before, notices a changed source of its module."""
    with _in_place(_module_name(path), code) as module:
        for rule in [value for value in vars(module).values() if isinstance(value, Rule)]:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            example = casebook.example(rule)
            cases = {example.title: example, **_book(rule.code)}
            for title, case in cases.items():
                _remembered.case = (rule.code, title)
                result = casebook.run(rule, case)
                told = casebook.transcript(case, result, rule.code).strip()
                if casebook.mismatches(rule, case, result) or told not in _told(rule.code):
                    return True
    return False


_noticed: Counter[tuple[str, str]] = Counter()
"""How many changes of a module each of its users noticed: the sharpest is asked first."""


def _helper_fails(path: Path, code: str) -> bool:
    """Whether a changed helper is noticed by a rule that imports it, itself or by another helper, or by its tests."""
    name = _module_name(path)
    with _in_place(name, code):
        for user in sorted(_users(path, code), key=lambda user: -_noticed[name, user]):
            if _judge(Path(user))(Path(user), _text(Path(user))):
                _noticed[name, user] += 1
                return True
    signal.setitimer(signal.ITIMER_PROF, 0)
    own = ROOT / "tests" / "rules" / f"test_{path.stem}.py"
    return own.exists() and _tests_fail(path, code, own)


def _users(path: Path, code: str) -> list[str]:
    """The modules of rules that name a function which a change reaches; all that import the module if none changed."""
    every = {p: _text(p) for p in sorted((SOURCE / "rules").rglob("*.py"))}
    importing = re.compile(rf"from {re.escape(_module_name(path))} import")
    reached = re.compile(rf"\b({'|'.join(_reached(path, code)) or '.'})\b")
    users = {p: text for p, text in every.items() if p != path and importing.search(text)}
    return [str(p) for p, text in users.items() if reached.search(text)]


def _reached(path: Path, code: str) -> set[str]:
    """The names a module defines that a change touches, and those defined by them."""
    was, now = ({ast.unparse(node): _names(node) for node in ast.parse(text).body} for text in (_text(path), code))
    reached = {name for text in was.keys() ^ now.keys() for name in (was | now)[text]}
    while True:
        more = {name for text, names in now.items() for name in names if reached & set(re.findall(r"\w+", text))}
        if more <= reached:
            return reached
        reached |= more


def _names(node: ast.stmt) -> set[str]:
    """What a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    stored = (name for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store))
    return {name.id for name in stored}


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _policy_fails(path: Path, code: str) -> bool:
    """Whether the tests of policy notice a changed module."""
    return _tests_fail(path, code, ROOT / "tests" / "policy")


def _tests_fail(path: Path, code: str, tests: Path) -> bool:
    """Whether tests fail, in a process of their own, with a changed module."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "baoshen_audit"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / path.relative_to(SOURCE)).write_text(code, encoding="utf-8")
        forks = _forks()
        print(folder, tests, sep="\t", file=forks.stdin, flush=True)
        answer = forks.stdout.readline() if forks.stdout else ""
    if not answer:
        raise SystemExit("the process that runs the tests has ended")
    return int(answer) != 0


@cache
def _forks() -> subprocess.Popen[str]:
    """The process that forks for every run of tests; it ends with this one."""
    command = [sys.executable, str(ROOT / "tools" / "forked_tests.py"), str(10 * SECONDS)]
    return subprocess.Popen(  # noqa: S603 - our own script
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def _judge(path: Path) -> Callable[[Path, str], bool]:
    if path.is_relative_to(SOURCE / "policy"):
        return _policy_fails
    return _rule_fails if re.match("[a-z]+[0-9]{3}_", path.name) else _helper_fails


@cache
def _demand_sound(path: Path) -> None:
    """Refuse to go on where tests fail without any change; set the stage for those that run in this process."""
    judge = _judge(path)
    if judge is not _policy_fails:
        importlib.import_module(_module_name(path))
        _set_stage()
    if judge(path, _text(path)):
        raise SystemExit(f"{path}: tests fail without any change")


@cache
def _set_stage() -> None:
    signal.signal(signal.SIGPROF, _stop)
    for step in ("load_policy", "load", "prepare", "resolve"):
        _remembered.keep(step)
    known = RuleSet.discover()
    RuleSet.discover = staticmethod(lambda: known)  # type: ignore[method-assign]


def run_part(path: Path, share: float, part: int, lines: frozenset[int] | None) -> list[Mutant]:
    """Try one part of a file's changes, or of the share of them that is drawn."""
    _demand_sound(path)
    judge, told = _judge(path), []
    for mutant, code in mutants(path, share, part, lines):
        try:
            outcome = "killed" if judge(path, code) else "survived"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            outcome = "killed"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        told.append(replace(mutant, outcome=outcome))
    return told


def main() -> None:
    """Run, and write what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="modules below rules/ or policy/; all of them if not given")
    parser.add_argument("--share", type=float, default=1.0, help="share of the changes that is tried")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", type=Path, help="an earlier run of these files: try where a change lived")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "mutation.jsonl", help="outcomes, a line each")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or sorted(
        path for part in ("rules", "policy") for path in (SOURCE / part).rglob("*.py")
    )
    options.json.parent.mkdir(exist_ok=True)
    begun, every = time.monotonic(), Counter[str]()
    earlier = [Mutant(**json.loads(line)) for line in options.again.open(encoding="utf-8")] if options.again else []
    alive = {(mutant.file, mutant.line) for mutant in earlier if mutant.outcome == "survived"}
    # Tests only grow sharper: what was noticed once, on a line where nothing lived, is not tried again.
    settled = [mutant for mutant in earlier if (mutant.file, mutant.line) not in alive]
    every.update(mutant.outcome for mutant in settled)
    with (
        options.json.open("w", encoding="utf-8") as out,
        ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool,
    ):
        jobs = {}
        for path in paths:
            name = path.relative_to(SOURCE).as_posix()
            lines = frozenset(line for file, line in alive if file == name) if earlier else None
            jobs |= {pool.submit(run_part, path, options.share, part, lines): path for part in range(PARTS)}
        out.writelines(json.dumps(asdict(mutant), ensure_ascii=False) + "\n" for mutant in settled)
        for job in as_completed(jobs):
            told = job.result()
            counts = Counter(mutant.outcome for mutant in told)
            every += counts
            out.writelines(json.dumps(asdict(mutant), ensure_ascii=False) + "\n" for mutant in told)
            out.flush()
            print(f"{jobs[job].relative_to(SOURCE)}: {counts['killed']}/{counts.total()}", flush=True)
    total = every.total()
    score = every["killed"] / max(total, 1)
    print(f"{every['killed']} of {total} killed, {score:.1%}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
