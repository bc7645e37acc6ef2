"""Mutation testing of rules and policy: every small change of a line must make a test fail.

    python tools/mutation.py [FILE …] [--share 0.1] [--workers 2] [--json build/mutation.jsonl]

The changes are mutmut's (its operators are used as a library). mutmut's own runner cannot be: it leaves decorated
functions alone, which every rule is, and runs each change in a fork of a process whose polars threads do not survive a
fork. Here a changed rule runs through its own case book in a process that stays, and a changed policy module through
tests/policy in a process of its own. Decorators (texts and declarations, held by other tests), docstrings and
annotations are not changed.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import json
import os
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
from dataclasses import asdict, dataclass
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
SECONDS: Final = 30
"""A change that makes one rule run longer than this has been noticed; the tests of policy have ten times as long."""


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


def mutants(path: Path, share: float) -> Iterator[tuple[Mutant, str]]:
    """The changes of a file, or a share of them drawn by the file's name, each with the whole changed source."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    collector = _Collector(wrapper.module)
    wrapper.visit(collector)
    drawn = random.Random(path.name)  # noqa: S311 - which changes are tried is no secret
    for line, node, changed in collector.found:
        if drawn.random() >= share:
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


def _rule_fails(path: Path, code: str) -> bool:
    """Whether the case book of a rule, or what was told of it before, notices a changed source of its module."""
    with _in_place(_module_name(path), code) as module:
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        for rule in rules:
            signal.alarm(SECONDS)
            book = casebook.read(ROOT / "tests" / "rules" / f"{rule.code}.md")
            text = (ROOT / "tests" / "golden" / "rules" / f"{rule.code}.txt").read_text(encoding="utf-8")
            known = {told.strip() for told in re.split("^(?=## )", text, flags=re.M)}
            for case in [casebook.example(rule), *book]:
                _remembered.case = (rule.code, case.title)
                result = casebook.run(rule, case)
                told = casebook.transcript(case, result, rule.code).strip()
                if casebook.mismatches(rule, case, result) or told not in known:
                    return True
    return False


def _helper_fails(path: Path, code: str) -> bool:
    """Whether a changed helper makes the case book of some rule that imports it fail."""
    name = _module_name(path)
    users = [p for p in (SOURCE / "rules").rglob("*.py") if re.search(rf"from {re.escape(name)} import", p.read_text())]
    with _in_place(name, code):
        return any(_rule_fails(user, user.read_text(encoding="utf-8")) for user in sorted(users) if user != path)


def _policy_fails(path: Path, code: str) -> bool:
    """Whether the tests of policy fail with a changed module."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "baoshen_audit"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / path.relative_to(SOURCE)).write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/policy"],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": folder}, capture_output=True, timeout=10 * SECONDS, check=False,
        )  # fmt: skip
    return done.returncode != 0


def _judge(path: Path) -> Callable[[Path, str], bool]:
    if path.is_relative_to(SOURCE / "policy"):
        return _policy_fails
    return _rule_fails if re.match("[a-z]+[0-9]{3}_", path.name) else _helper_fails


def run_file(path: Path, share: float) -> list[Mutant]:
    """Try the changes of one file, or a share of them."""
    judge = _judge(path)
    if judge is not _policy_fails:
        importlib.import_module(_module_name(path))
        signal.signal(signal.SIGALRM, _stop)
        for step in ("load_policy", "load", "prepare", "resolve"):
            _remembered.keep(step)
        known = RuleSet.discover()
        RuleSet.discover = staticmethod(lambda: known)  # type: ignore[method-assign]
    if judge(path, path.read_text(encoding="utf-8")):
        raise SystemExit(f"{path}: tests fail without any change")
    told = []
    for mutant, code in mutants(path, share):
        try:
            outcome = "killed" if judge(path, code) else "survived"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            outcome = "killed"
        finally:
            signal.alarm(0)
        told.append(Mutant(mutant.file, mutant.line, mutant.before, mutant.after, outcome))
    return told


def main() -> None:
    """Run, and write what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="modules below rules/ or policy/; all of them if not given")
    parser.add_argument("--share", type=float, default=1.0, help="share of the changes that is tried")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "mutation.jsonl", help="outcomes, a line each")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or sorted(
        path for part in ("rules", "policy") for path in (SOURCE / part).rglob("*.py")
    )
    options.json.parent.mkdir(exist_ok=True)
    begun, every = time.monotonic(), Counter[str]()
    with (
        options.json.open("w", encoding="utf-8") as out,
        ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool,
    ):
        jobs = {pool.submit(run_file, path, options.share): path for path in paths}
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
