import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from baoshen_audit import BaoshenError, UsageError
from baoshen_audit.audit import Result
from baoshen_audit.report import check_targets, json_v1, parquet, write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_suffix_its_format(made: Callable[..., Result], tmp_path: Path) -> None:
    result = made()
    paths = [tmp_path / name for name in ("a.xlsx", "b.JSON", "c.parquet")]
    write(result, paths)
    assert names(tmp_path) == ["a.xlsx", "b.JSON", "c.parquet"]
    assert paths[0].read_bytes().startswith(b"PK")
    assert json.loads(paths[1].read_text(encoding="utf-8"))["schema"] == json_v1.SCHEMA
    assert_frame_equal(pl.read_parquet(paths[2]), result.findings)


def test_parquet_carries_its_manifest(made: Callable[..., Result]) -> None:
    result = made()
    content = parquet.render(result)
    meta = pl.read_parquet_metadata(io.BytesIO(content))
    assert meta["schema"] == json_v1.SCHEMA
    assert json.loads(meta["manifest"]) == result.manifest
    assert parquet.render(result) == content


def test_old_files_are_replaced(made: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")
    write(made(), [path])
    assert json.loads(path.read_text(encoding="utf-8"))
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (["a.csv"], ".xlsx"),
        (["a"], ".xlsx"),
        (["none/a.json"], "文件夹"),
        (["a.json", "./a.json"], "两次"),
        (["folder.json"], "无法写入"),
    ],
)
def test_targets_are_refused_before_any_work(tmp_path: Path, targets: list[str], told: str) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UsageError) as caught:
        check_targets([tmp_path / target for target in targets])
    assert told in str(caught.value)


def test_a_result_does_not_go_into_the_scanned_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="被扫描的文件夹"):
        check_targets([tmp_path / "in" / "a.json"], outside=tmp_path / "in")
    check_targets([tmp_path / "a.json"], outside=tmp_path / "in")


def test_a_result_does_not_replace_the_file_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_targets([tmp_path / "roll.xlsx"], outside=tmp_path / "roll.xlsx")


def test_a_folder_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(UsageError, match="无法写入"):
        check_targets([tmp_path / "a.json"])


def test_a_renderer_that_fails_leaves_nothing(
    made: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")

    def broken(_: Result) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(parquet, "render", broken)
    with pytest.raises(ZeroDivisionError):
        write(made(), [tmp_path / "a.json", tmp_path / "b.parquet"])
    assert names(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_a_disk_that_refuses_leaves_old_files_as_they_were(
    made: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    (tmp_path / "a.json").write_text("old a", encoding="utf-8")
    (tmp_path / "b.parquet").write_text("old b", encoding="utf-8")
    real, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == failing:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(BaoshenError) as caught:
        write(made(), [tmp_path / "a.json", tmp_path / "b.parquet"])
    assert caught.value.exit_code == 3
    assert names(tmp_path) == ["a.json", "b.parquet"]
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old a"
    assert (tmp_path / "b.parquet").read_text(encoding="utf-8") == "old b"
