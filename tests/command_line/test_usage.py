"""Every wrong word gets one sentence on stderr, nothing on stdout, and the exit code that says whose fault it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from engines.command_line import main
from engines.library.library import Library
from tests.program import Ran

Say = Callable[..., Ran]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a command to the program in this process, with a library that does not exist yet."""

    def say(*arguments: object, library: Path | None = None) -> Ran:
        line = ["--library", str(library or tmp_path / "library"), *map(str, arguments)]
        try:
            code = main(line)
        except SystemExit as end:  # from argparse
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return say


def assert_one_sentence(ran: Ran, code: int, part: str) -> None:
    assert (ran.code, ran.out) == (code, "")
    (line,) = ran.err.splitlines()
    assert part in line
    assert line.endswith((".", "?"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library."""
    Library(tmp_path / "empty").close()
    return tmp_path / "empty"


@pytest.mark.parametrize(
    ("assignment", "part"),
    [
        ("analysis.wrkers=2", "did you mean analysis.workers?"),
        ("workers=2", "did you mean analysis.workers?"),
        ("colour=red", "There is no setting colour"),
        ("analysis.workers=many", "analysis.workers"),
        ("analysis.workers=65", "64"),
        ("analysis.workers=-1", "analysis.workers"),
        ("analysis.workers", "KEY=VALUE"),
        ("analysis.precision=fp7", "fp16"),
        ("folders.follow_links=perhaps", "folders.follow_links"),
    ],
)
def test_a_wrong_setting_is_wrong_usage(say: Say, tmp_path: Path, assignment: str, part: str) -> None:
    assert_one_sentence(say("import", tmp_path, "--set", assignment), 2, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[analysis]\nworkers = 'many'\n", "analysis.workers"),
        ("[analysis\n", "is not valid TOML"),
        ("analysis = 3\n", "where a section [analysis] belongs"),
        ("version = 99\n", "is of version 99"),
    ],
)
def test_a_wrong_settings_file_is_named(say: Say, tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "my.toml").write_text(text)
    ran = say("import", tmp_path, "--config", tmp_path / "my.toml")
    assert_one_sentence(ran, 2, part)
    assert "my.toml" in ran.err


def test_a_settings_file_that_was_named_must_be_there(say: Say, tmp_path: Path) -> None:
    assert_one_sentence(say("import", tmp_path, "--config", tmp_path / "lost.toml"), 2, "There is no settings file")


def test_a_key_without_effect_in_the_settings_file_is_told(say: Say, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[analysis]\nwrkers = 2\n")
    (tmp_path / "photos").mkdir()
    ran = say("import", tmp_path / "photos", "--config", tmp_path / "my.toml")
    assert ran.code == 0
    assert "did you mean analysis.workers? It stands in" in ran.err


@pytest.mark.parametrize("path", ["nowhere", "nowhere/photo.jpg", "", "n" * 300])
def test_a_path_that_is_nowhere_is_wrong_usage(say: Say, path: str) -> None:
    assert_one_sentence(say("import", path), 2, f"There is no file or folder '{path}'.")


@pytest.mark.skipif(os.name != "posix", reason="pipes have names on POSIX only")
def test_a_pipe_is_no_file(say: Say, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert_one_sentence(say("import", tmp_path / "pipe"), 2, "There is no file or folder")


def test_a_good_path_beside_a_wrong_one_is_not_imported(say: Say, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    assert say("import", tmp_path / "photos", tmp_path / "nowhere").code == 2
    with Library(tmp_path / "library", writable=False) as library:
        assert library.roots() == []


@pytest.mark.parametrize("below", ["", "logs"])
def test_the_library_does_not_take_in_its_own_folder(say: Say, tmp_path: Path, below: str) -> None:
    own = tmp_path / "photos"
    (own / below).mkdir(parents=True)
    assert_one_sentence(say("import", own / below, library=own), 2, "lies in the library's own folder")
    assert not (own / "library.db").exists()


def test_a_library_without_a_name_is_wrong_usage(say: Say) -> None:
    assert_one_sentence(say("status", "--library", ""), 2, "--library names no folder")


def test_an_unknown_phase_is_wrong_usage_and_the_known_are_named(say: Say, library: Path) -> None:
    ran = say("analyse", "--phase", "sharpnes", library=library)
    assert_one_sentence(
        ran,
        2,
        "There is no phase 'sharpnes'; there are thumbnail, metadata, content, objects, labels, meaning, moments, "
        "tracks, speech.",
    )


@pytest.mark.parametrize("command", ["search", "analyse", "export"])
def test_a_wrong_query_is_underlined_at_its_place(say: Say, library: Path, tmp_path: Path, command: str) -> None:
    more = ["-o", tmp_path / "out.json"] if command == "export" else []
    ran = say(command, "dog date:never", *more, library=library)
    assert (ran.code, ran.out) == (2, "")
    sentence, query, mark = ran.err.splitlines()
    assert sentence.endswith(".")
    assert query == "    dog date:never"
    place = slice(mark.index("^"), mark.rindex("^") + 1)
    assert query[place] in ("never", "date:never")


def test_the_mark_stands_below_its_place_whatever_the_letters(say: Say, library: Path) -> None:
    """Two columns for each of the Chinese letters, none for the accent, four for the escaped control character."""
    ran = say("search", "\u5199\u5199 e\u0301 \x07 date:never", library=library)
    _, query, mark = ran.err.splitlines()
    assert "\\x07" in query
    assert mark.index("^") - len("    ") in (4 + 1 + 1 + 1 + 4 + 1, 4 + 1 + 1 + 1 + 4 + 1 + len("date:"))


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["search", "dog", "--limit", "0"], "'0' is no number from 1 up"),
        (["search", "dog", "--limit", "many"], "'many' is no number from 1 up"),
        (["search"], "Say what to search for"),
        (["import"], "PATH"),
        (["import", "x", "--jsno"], "--jsno"),
        (["frobnicate"], "frobnicate"),
        ([], "import FOLDER"),
        (["bench", "everything"], "everything"),
    ],
)
def test_wrong_words_are_wrong_usage(say: Say, arguments: list[str], part: str) -> None:
    ran = say(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert part in ran.err.splitlines()[-1]


@pytest.mark.parametrize("name", ["photos.txt", "photos", ".json"])
def test_an_export_needs_a_name_that_says_what_to_write(say: Say, library: Path, tmp_path: Path, name: str) -> None:
    assert_one_sentence(say("export", "-o", tmp_path / name, library=library), 2, ".json, .jsonl, .csv")


@pytest.mark.parametrize("place", ["nowhere/out.json", "file/out.json", "folder.json"])
def test_an_export_that_cannot_be_written_leaves_nothing_behind(
    say: Say, library: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder.json").mkdir()
    assert_one_sentence(say("export", "-o", tmp_path / place, library=library), 1, "could not be written")
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder.json", library.name}
    assert list((tmp_path / "folder.json").iterdir()) == []


def test_show_of_a_file_that_is_not_in_the_library_is_wrong_usage(say: Say, library: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert_one_sentence(say("show", tmp_path / "a.jpg", library=library), 2, "is not in the library; import it first.")
    assert_one_sentence(say("show", tmp_path / "b.jpg", library=library), 2, "There is no file")
    assert_one_sentence(say("show", tmp_path, library=library), 2, "is a folder: name one of its files.")


@pytest.mark.parametrize(
    "arguments", [["status"], ["show", "a.jpg"], ["export", "-o", "a.csv"]], ids=lambda words: words[0]
)
def test_a_wrong_setting_is_told_also_where_it_does_not_matter(say: Say, library: Path, arguments: list[str]) -> None:
    assert_one_sentence(say(*arguments, "--set", "colour=red", library=library), 2, "There is no setting colour")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        (["-dog"], "-dog"),
        (["-has:gps", "--limit", "5"], "-has:gps"),
        (["harbour", "-is:video", "lisbon"], "harbour -is:video lisbon"),
        (["--", "-dog"], "-dog"),
        ([""], ""),
    ],
)
def test_a_query_may_begin_with_a_minus_sign_and_have_many_words(
    say: Say, library: Path, typed: list[str], query: str
) -> None:
    ran = say("search", "--json", *typed, library=library)
    assert (ran.code, ran.json["query"]) == (0, query)


def test_an_export_may_exclude_as_well(say: Say, library: Path, tmp_path: Path) -> None:
    assert say("export", "-is:video", "-o", tmp_path / "a.csv", library=library).code == 0


def test_of_a_long_query_only_the_place_is_shown(say: Say, library: Path) -> None:
    ran = say("search", "name:" + "a" * 1000 + " date:never caption:" + "a" * 1000, library=library)
    _, query, mark = ran.err.splitlines()
    assert len(query) < 200
    assert query[mark.index("^") : mark.rindex("^") + 1] in ("never", "date:never")


READING = [["search", "dog"], ["show", "a.jpg"], ["status"], ["check"], ["export", "-o", "out.json"]]


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_without_a_library_there_is_nothing_to_ask(say: Say, tmp_path: Path, arguments: list[str]) -> None:
    assert_one_sentence(say(*arguments), 1, "Import a folder first")
    assert not (tmp_path / "library").exists(), "and none is made by asking"


@pytest.mark.parametrize("arguments", [*READING, ["import", "."]], ids=lambda arguments: arguments[0])
def test_a_library_of_a_newer_program_is_left_alone(say: Say, library: Path, arguments: list[str]) -> None:
    connection = apsw.Connection(str(library / "library.db"))
    connection.pragma("user_version", 99)
    connection.close()
    before = (library / "library.db").read_bytes()
    assert_one_sentence(say(*arguments, library=library), 1, "newer version of Image Engine")
    assert (library / "library.db").read_bytes() == before


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_a_library_that_is_not_made_yet_answers_nothing(say: Say, tmp_path: Path, arguments: list[str]) -> None:
    """As a process leaves it that is killed in its first moments; an older one has to be brought up to date as well."""
    folder = tmp_path / "begun"
    folder.mkdir()
    (folder / "library.db").write_bytes(b"")
    assert_one_sentence(say(*arguments, library=folder), 1, "Import a folder, which makes it ready")


@pytest.mark.parametrize("arguments", [*READING, ["import", "."]], ids=lambda arguments: arguments[0])
def test_a_file_that_is_no_database_is_no_library(say: Say, tmp_path: Path, arguments: list[str]) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "library.db").write_text("no database " * 1000)
    ran = say(*arguments, library=folder)
    assert ran.code == 1
    assert "is damaged" in (ran.out if arguments[0] == "check" else ran.err)


def test_a_database_of_another_program_is_no_library(say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    connection = apsw.Connection(str(folder / "library.db"))
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    assert_one_sentence(say("import", ".", library=folder), 1, "is not a library of Image Engine")


def test_help_lists_the_commands(say: Say) -> None:
    ran = say("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in ("import", "search", "show", "analyse", "export", "status", "check"))
