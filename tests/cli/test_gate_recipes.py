"""The recipes for pre-commit, GitHub, GitLab, systemd and Windows, run as far as this machine can."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from baoshen_audit.cli.reference import reference

ROOT = Path(__file__).parents[2]
HEAD = "姓名,性别,身份证号,户编号,乡镇,月保障金额,状态\n"
GOOD = HEAD + "张建国,男,320413195203040012,TK0001,河口镇,1326.00,在保\n"
BAD = HEAD + "张建国,男,32041319520304001,TK0001,河口镇,1326.00,在保\n"
COMMAND = Path(sys.executable).parent / "baoshen-audit"
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    path = folder / "特困人员 名册2026年6月.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    def call(script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "BAOSHEN_REGION": "320413", **environment}
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    return call


def test_pre_commit(upload: Path, shell: Shell) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.search(hook["files"], upload.name)
    assert not re.search(hook["files"], "README.md")
    call = f"{hook['entry']} --region 320413 {shlex.quote(str(upload))}"
    done = shell(call)
    assert done.returncode == 1
    assert "ROLL001" in done.stdout
    upload.write_text(GOOD, encoding="utf-8")
    done = shell(call)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_github_action(upload: Path, shell: Shell, tmp_path: Path) -> None:
    action: dict[str, Any] = yaml.safe_load((ROOT / "cli/github-action/action.yml").read_text(encoding="utf-8"))
    (step,) = action["runs"]["steps"]
    assert "${{" not in step["run"]
    named = set(re.findall(r"inputs\.([a-z-]+)", " ".join(step["env"].values())))
    assert named == set(action["inputs"])
    given = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
    given |= {"region": "320413", "paths": f"\n{upload.relative_to(tmp_path)}\n", "as-of": "2026-06"}
    env = {name: given[value.split("inputs.")[1].rstrip(" }")] for name, value in step["env"].items()}
    env |= {"RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_OUTPUT": str(tmp_path / "output")}
    env |= {"GATE_KEY": "a2tra2tra2tra2tra2tra2tra2tra2s="}
    done = shell(step["run"], **env)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=uploads/特困人员 名册2026年6月.csv,line=2,title=ROLL001")
    assert json.loads((tmp_path / "baoshen.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert (tmp_path / "output").read_text(encoding="utf-8") == "sarif=baoshen.sarif\n"
    assert not (tmp_path / "runner/baoshen-state").exists()
    env["GATE_PATHS"] = "none.csv"
    assert shell(step["run"], **env).returncode == 3


def test_gitlab_job(upload: Path, shell: Shell, tmp_path: Path) -> None:
    job = yaml.safe_load((ROOT / "cli/gitlab-ci.yml").read_text(encoding="utf-8"))["baoshen-gate"]
    done = shell("\n".join(job["script"]), **job["variables"])
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    assert json.loads((tmp_path / reports["codequality"]).read_text(encoding="utf-8"))
    assert ET.parse(tmp_path / reports["junit"]).getroot().tag == "testsuites"  # noqa: S314 - our own


def test_systemd_units(upload: Path, shell: Shell, tmp_path: Path) -> None:
    service = (ROOT / "cli/systemd/baoshen-scan.service").read_text(encoding="utf-8")
    (start,) = re.findall(r"^ExecStart=(.*)$", service, re.M)
    (inbox, out) = (upload.parent, tmp_path / "out")
    out.mkdir()
    # what systemd does to the line before it runs it
    line = start.replace("%%", "%").replace("$$", "$")
    done = shell(line, BAOSHEN_INBOX=str(inbox), BAOSHEN_OUT=str(out), BAOSHEN_MONTH="2026-06")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["casework-2026-06.xlsx", "findings-2026-06.json"]
    done = shell(line, BAOSHEN_INBOX=str(inbox), BAOSHEN_OUT=str(out), BAOSHEN_MONTH="")
    assert done.returncode in (2, 3)  # the month before this one has no roll here, or no policy yet


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd")
def test_systemd_accepts_the_timer() -> None:
    done = subprocess.run(
        ["systemd-analyze", "calendar", "*-*-05 02:00:00"], capture_output=True, text=True, check=False
    )
    assert "OnCalendar=*-*-05 02:00:00" in (ROOT / "cli/systemd/baoshen-scan.timer").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_windows_task_and_script() -> None:
    script = (ROOT / "cli/windows/baoshen-scan.bat").read_bytes()
    assert script.count(b"\r\n") == script.count(b"\n")
    assert script.isascii()
    assert b"exit /b %ERRORLEVEL%" in script
    task = ET.parse(ROOT / "cli/windows/baoshen-scan.xml").getroot()  # noqa: S314 - our own
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    command = task.find("t:Actions/t:Exec/t:Command", space)
    assert command is not None
    assert (command.text or "").endswith("baoshen-scan.bat")
    assert len(task.findall("t:Triggers/t:CalendarTrigger/t:ScheduleByMonth/t:Months/*", space)) == 12


def test_recipes_name_options_that_are_there() -> None:
    known = set(re.findall(r"--[a-z-]+", reference()))
    for path in (".pre-commit-hooks.yaml", "cli/github-action/action.yml", "cli/gitlab-ci.yml"):
        text = (ROOT / path).read_text(encoding="utf-8")
        ours = [line for line in text.splitlines() if "baoshen-audit gate" in line or "args" in line]
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", "\n".join(ours))) <= known
