"""The settings: their text forms, their file, and what a person is told about a wrong one."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engines.errors import SettingError
from engines.settings import Settings, notes, options
from engines.settings.file import VERSION, upgraded


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("analysis.workers", "2", 2),
        ("analysis.workers", " 0 ", 0),
        ("analysis.batch_size", "16", 16),
        ("analysis.precision", "FP32", "fp32"),
        ("inference.back_end", "openvino", "openvino"),
        ("folders.follow_links", "on", True),
        ("folders.follow_links", "False", False),
        ("folders.exclude", "*.tmp, cache,,", ("*.tmp", "cache")),
        ("folders.exclude", '"a,b", c', ("a,b", "c")),
        ("folders.exclude", "", ()),
    ],
)
def test_text_becomes_the_value_it_means(key: str, text: str, value: object) -> None:
    assert Settings().with_value(key, text).value(key) == value


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "analysis.workers",
            "99",
            "The setting analysis.workers cannot be 99: it takes a whole number from 0 to 64 "
            "(0: one for each processor core, at most 8).",
        ),
        (
            "analysis.job_seconds",
            "soon",
            "The setting analysis.job_seconds cannot be 'soon': it takes a whole number from 5 to 3600 s.",
        ),
        (
            "analysis.precision",
            "fp8",
            "The setting analysis.precision cannot be 'fp8': it takes one of automatic, fp32, fp16, bf16, int8.",
        ),
        (
            "folders.follow_links",
            "perhaps",
            "The setting folders.follow_links cannot be 'perhaps': it takes true or false.",
        ),
        (
            "folders.exclude",
            '"open',
            "The setting folders.exclude cannot be '\"open': it takes texts separated by commas.",
        ),
        ("folders.exclude", ["", "b"], "The setting folders.exclude cannot be ('', 'b'): it takes texts …"),
        ("search.limit", True, "The setting search.limit cannot be True: it takes a whole number from 1 …"),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_be_right(key: str, value: Any, sentence: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings().with_value(key, value)
    assert str(caught.value).startswith(sentence.removesuffix("…"))


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("analysis.worker", "analysis.workers"),
        ("workers", "analysis.workers"),
        ("Inference.backend", "inference.back_end"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest(key: str, nearest: str) -> None:
    with pytest.raises(SettingError, match=rf"^There is no setting {key}; did you mean {nearest}\?$"):
        Settings().with_value(key, "1")


def test_an_unknown_key_like_none_is_answered_with_all_keys() -> None:
    with pytest.raises(SettingError, match=r"there are general.notice_seconds, folders.exclude, "):
        Settings().value("qqqq")


def test_of_two_assignments_the_later_one_wins() -> None:
    settings = Settings().with_assignments(["analysis.workers=2", "search.limit = 5", "analysis.workers=3"])
    assert (settings.analysis.workers, settings.search.limit) == (3, 5)


def test_an_assignment_without_equals_sign_is_answered_with_an_example() -> None:
    with pytest.raises(SettingError, match=r"'analysis.workers' sets nothing: write KEY=VALUE, such as"):
        Settings().with_assignments(["analysis.workers"])


def test_every_option_is_described_and_accepts_its_own_default() -> None:
    for option in options().values():
        assert option.check(option.default) == Settings().value(option.key) == option.default
        assert option.title
        assert option.effect.endswith(".")
        assert isinstance(option.default, bool | tuple | str) or option.choices or option.maximum > option.minimum


def test_automatic_workers_are_one_to_eight_and_a_number_is_itself() -> None:
    assert 1 <= Settings().analysis.worker_count() <= 8
    assert Settings().with_value("analysis.workers", 12).analysis.worker_count() == 12


def test_half_the_effort_is_half_the_workers_but_never_none() -> None:
    half = Settings().with_value("analysis.effort", "half")
    assert half.with_value("analysis.workers", 6).analysis.worker_count() == 3
    assert half.with_value("analysis.workers", 1).analysis.worker_count() == 1


def test_settings_travel_to_other_processes() -> None:
    settings = Settings().with_value("folders.exclude", "a, b")
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_a_file_that_does_not_exist_gives_the_defaults(path: Path) -> None:
    assert Settings.load(path) == Settings()


def test_what_is_saved_is_loaded_again(path: Path) -> None:
    settings = Settings().with_assignments(
        ["analysis.workers=2", "folders.exclude=*.tmp", "folders.follow_links=on", "inference.back_end=torch"]
    )
    settings.save(path)
    assert Settings.load(path) == settings


def test_only_what_differs_from_the_defaults_is_saved(path: Path) -> None:
    Settings().with_value("analysis.workers", 2).save(path)
    assert tomllib.loads(path.read_text()) == {"version": VERSION, "analysis": {"workers": 2}}


def test_a_value_set_back_to_its_default_leaves_the_file(path: Path) -> None:
    path.write_text("[analysis]\nworkers = 2\n")
    Settings().save(path)
    assert Settings.load(path) == Settings()


def test_keys_of_another_version_are_kept_and_noted(path: Path) -> None:
    path.write_text("colour = 1\n[analysis]\nworker = 3\n[views]\ntile = 200\n")
    Settings.load(path).with_value("search.limit", 7).save(path)
    kept = tomllib.loads(path.read_text())
    assert (kept["colour"], kept["analysis"], kept["views"]) == (1, {"worker": 3}, {"tile": 200})
    assert [note.params["key"] for note in notes(path)] == ["colour", "analysis.worker", "views.tile"]
    assert notes(path)[1].text == (
        f"There is no setting analysis.worker; did you mean analysis.workers? It stands in {path} and has no effect."
    )


def test_a_file_from_notepad_with_byte_order_mark_is_read(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf[search]\r\nlimit = 5\r\n")
    assert Settings.load(path).search.limit == 5


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"[analysis]\nworkers = = 2\n", "is not valid TOML: Invalid value at line 2, column 11."),
        (b"[analysis\n", "at line 1, column"),
        (b"[search]\n\nlimit = '\xff'\n", "is not UTF-8 text at line 3."),
        (b"analysis = 3\n", "has a value named analysis where a section [analysis] belongs."),
        (b"version = 99\n", "is of version 99, this program knows up to "),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_never_overwritten(path: Path, data: bytes, complaint: str) -> None:
    path.write_bytes(data)
    with pytest.raises(SettingError) as loading:
        Settings.load(path)
    with pytest.raises(SettingError):
        Settings().with_value("search.limit", 5).save(path)
    assert str(loading.value).startswith(f"The settings file {path} ")
    assert complaint in str(loading.value)
    assert path.read_bytes() == data


def test_a_wrong_value_in_a_file_is_named_with_the_file(path: Path) -> None:
    path.write_text('[search]\nlimit = "many"\n')
    with pytest.raises(SettingError) as caught:
        Settings.load(path)
    assert str(caught.value) == (
        f"The setting search.limit cannot be 'many': it takes a whole number from 1 to 100000 hits. "
        f"It stands in {path}."
    )


def test_a_folder_in_place_of_the_file_is_answered_with_a_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(SettingError, match="cannot be read"):
        Settings.load(path)


def test_saving_makes_the_folder_and_leaves_nothing_else_in_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    Settings().with_value("search.limit", 5).save(path)
    assert os.listdir(path.parent) == ["settings.toml"]


@pytest.mark.skipif(os.name == "nt", reason="a disk that takes nothing is made with POSIX limits")
def test_a_full_disk_leaves_the_old_file_and_no_other(path: Path) -> None:
    import resource

    path.write_text("[search]\nlimit = 5\n")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(SettingError, match=r"could not be saved in .* what was there before is unchanged"):
            Settings().with_value("search.limit", 6).save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert Settings.load(path).search.limit == 5
    assert os.listdir(path.parent) == ["settings.toml"]


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX's")
def test_saving_keeps_the_link_and_the_mode_of_the_file(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.touch(mode=0o600)
    real.chmod(0o600)
    path.symlink_to(real)
    Settings().with_value("search.limit", 5).save(path)
    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert Settings.load(real).search.limit == 5


def test_an_old_file_goes_through_every_upgrade_since() -> None:
    def rename(table: dict[str, Any]) -> dict[str, Any]:
        return {"analysis": {"workers": table["processes"]}}

    def double(table: dict[str, Any]) -> dict[str, Any]:
        return {"analysis": {"workers": 2 * table["analysis"]["workers"]}}

    assert upgraded({"processes": 2}, (rename, double)) == {"version": 3, "analysis": {"workers": 4}}
    assert upgraded({"version": 2, "analysis": {"workers": 2}}, (rename, double))["analysis"] == {"workers": 4}
    assert upgraded({"version": 3, "analysis": {"workers": 2}}, (rename, double))["analysis"] == {"workers": 2}


def test_command_line_start_up_reads_settings_without_loading_the_writer() -> None:
    code = "import sys, engines.settings as s; s.Settings(); s.options(); print('tomli_w' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
