"""Files with types are tried by a process of their own."""

import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit.ingest import trial


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    frame = pl.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_ipc(tmp_path / "a.arrow")
    (tmp_path / "a.csv").write_text("a,b\n1,x\n", "utf-8")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    # both marks stand, what lies between them does not
    (tmp_path / "torn.parquet").write_bytes(whole[:4] + b"\xff" * (len(whole) - 16) + whole[-12:])
    return {path.name: path for path in tmp_path.iterdir()}


def test_kinds_are_told_by_both_ends(files: dict[str, Path]) -> None:
    kinds = {name: trial.kind(path) for name, path in files.items()}
    assert kinds == {
        "a.parquet": "parquet", "a.arrow": "ipc", "a.csv": None, "cut.parquet": None, "torn.parquet": "parquet",
    }  # fmt: skip


def test_rows_and_columns_of_whole_files_only(files: dict[str, Path]) -> None:
    outcomes = {name: trial.outcome(path) for name, path in files.items()}
    assert outcomes == {
        "a.parquet": (3, 2), "a.arrow": (3, 2), "a.csv": None, "cut.parquet": None, "torn.parquet": None,
    }  # fmt: skip


def test_what_was_begun_is_not_begun_again(files: dict[str, Path], tmp_path: Path) -> None:
    trial.begin(tmp_path / "none.parquet")
    trial.begin(files["a.csv"])
    assert not trial._begun
    trial.begin(files["a.parquet"])
    process = trial._begun[files["a.parquet"]]
    trial.begin(files["a.parquet"])
    assert trial._begun == {files["a.parquet"]: process}
    assert trial.outcome(files["a.parquet"]) == (3, 2)
    assert not trial._begun
    assert process.returncode is not None
    assert trial.outcome(files["a.parquet"]) == (3, 2)


def test_nothing_is_left_running(files: dict[str, Path]) -> None:
    code = (
        "import sys; from pathlib import Path; from baoshen_audit.ingest import trial; "
        "trial._TRIAL = 'import time; time.sleep(600)'; trial.begin(Path(sys.argv[1])); "
        "print(next(iter(trial._begun.values())).pid)"
    )
    begun = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-c", code, str(files["a.parquet"])], capture_output=True, text=True, check=True
    ).stdout
    assert time.monotonic() - begun < 300
    assert not Path(f"/proc/{int(said)}").exists()


def test_beginning_waits_for_nothing_heavy() -> None:
    code = "import sys; import baoshen_audit.ingest.trial; assert not {'polars', 'pandera'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
