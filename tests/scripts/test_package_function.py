"""The zip of a function: the same bytes everywhere, only what runs, never half written."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import package_function
from scripts.package_function import PackagingError, archive, contents, main, package, write_atomically

SCRIPT = Path(package_function.__file__)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A functions folder with two functions, a shared file, and everything that must stay out."""
    files = {
        "_shared/structured_log.py": "LOG = 1\n",
        "order_processor/handler.py": "def handle(event, context): ...\n",
        "order_processor/rules/amounts.py": "MAX = 1\n",
        "order_processor/README.md": "words",
        "order_processor/test_order_processor.py": "assert False\n",
        "order_processor/conftest.py": "",
        "order_processor/tests/data.json": "{}",
        "order_processor/__pycache__/handler.cpython-312.pyc": "x",
        "order_processor/.hidden": "x",
        "report_mailer/handler.py": "pass\n",
        "not_a_function/readme.py": "",
    }
    folder = tmp_path / "functions"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        return opened.namelist()


def test_the_zip_holds_what_runs_and_the_shared_files_and_nothing_else(root, tmp_path):
    package(root, ["order_processor"], [tmp_path])
    assert names_in(tmp_path / "artifacts/order_processor.zip") == [
        "handler.py",
        "rules/amounts.py",
        "structured_log.py",
    ]


def test_the_bytes_do_not_depend_on_times_modes_or_order_of_creation(root, tmp_path):
    package(root, ["order_processor"], [tmp_path / "first"])
    handler = root / "order_processor/handler.py"
    text = handler.read_text()
    handler.unlink()
    handler.write_text(text)
    handler.chmod(0o700)
    os.utime(handler, (1_000_000_000, 1_000_000_000))
    package(root, ["order_processor"], [tmp_path / "second"])
    first, second = (tmp_path / run / "artifacts/order_processor.zip" for run in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()


def test_a_changed_line_changes_the_bytes(root):
    before = archive(contents(root, "order_processor"))
    (root / "order_processor/handler.py").write_text("def handle(event, context): return 1\n")
    assert archive(contents(root, "order_processor")) != before


def test_every_file_in_the_zip_is_readable_by_lambda_and_uncompressed(root, tmp_path):
    package(root, ["order_processor"], [tmp_path])
    with zipfile.ZipFile(tmp_path / "artifacts/order_processor.zip") as opened:
        found = {
            (i.external_attr >> 16, i.compress_type, i.date_time, i.create_system) for i in opened.infolist()
        }
    assert found == {(0o100644, zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3)}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("order_procesor", 'did you mean "order_processor"?', id="a typo names the nearest"),
        pytest.param("zzz", "known are: order_processor, report_mailer.", id="nothing near names them all"),
        pytest.param("not_a_function", "known are: order_processor", id="a folder without handler is none"),
        pytest.param("../functions/report_mailer", "did you mean", id="a path is not a name"),
    ],
)
def test_an_unknown_function_is_refused_with_its_name_and_a_hint(root, tmp_path, name, hint):
    with pytest.raises(PackagingError, match=re.escape(f'no function "{name}"')) as refused:
        package(root, ["report_mailer", name], [tmp_path])
    assert hint in str(refused.value)
    assert not (tmp_path / "artifacts").exists()


def test_a_file_that_would_hide_a_shared_one_is_refused(root):
    (root / "report_mailer/structured_log.py").write_text("")
    with pytest.raises(PackagingError, match=r"report_mailer/structured_log\.py.*rename one"):
        contents(root, "report_mailer")


def test_a_failed_write_leaves_the_old_zip_and_no_leftover(tmp_path, monkeypatch):
    target = tmp_path / "artifacts/f.zip"
    write_atomically(target, b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["f.zip"]


def test_the_script_runs_from_any_folder_with_plain_python_and_feeds_the_warm_provider_too(tmp_path):
    unit, warm = tmp_path / "unit", tmp_path / "warm"
    unit.mkdir()
    environment = {"PATH": os.environ["PATH"], "STAGECRAFT_WARM": str(warm)}
    command = [sys.executable, "-I", "-S", str(SCRIPT), "order_processor", "report_mailer"]
    subprocess.run(command, cwd=unit, env=environment, check=True, timeout=30)
    for name in ("order_processor", "report_mailer"):
        here, there = (folder / f"artifacts/{name}.zip" for folder in (unit, warm / "cwd"))
        assert here.read_bytes() == there.read_bytes()
        assert "handler.py" in names_in(here)


def test_a_mistake_on_the_command_line_is_one_line_and_exit_code_3(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["order_procesor"], {}) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith('functions/: no function "order_procesor"')
    assert line.endswith('did you mean "order_processor"?')


def test_no_name_at_all_prints_the_usage(capsys):
    assert main([], {}) == 3
    assert "usage: package_function.py" in capsys.readouterr().err


def test_without_a_warm_provider_only_the_current_folder_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["order_processor"], {}) == 0
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.zip")] == [
        "artifacts/order_processor.zip"
    ]
