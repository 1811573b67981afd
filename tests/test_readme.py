"""README.md says only what is so: its tables, its map and its commands are held against the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from engines.command_line.arguments import parse
from engines.search import query
from tests import readme

TEXT = readme.README.read_text("utf-8")
COMMANDS = [shlex.split(line, comments=True) for line in re.findall(r"^\./installer/run (.*)$", TEXT, re.MULTILINE)]
SEARCHES = [words[1] for words in COMMANDS if words[0] == "search"]


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def part(name: str, text: str) -> list[str]:
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- end of {name} -->")[0].splitlines()


@pytest.mark.parametrize("name", readme.PARTS)
def test_what_is_made_from_the_code_is_as_the_code_is_now(name: str) -> None:
    """If not: `python -m tests.readme`."""
    assert part(name, TEXT) == part(name, readme.renewed(TEXT))


def test_every_module_says_what_it_is() -> None:
    lines = part("map", readme.renewed(TEXT))
    assert not [line for line in lines if re.fullmatch(r"\s*\S+", line) and "`" not in line]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_that_readme_shows_is_one(command: list[str]) -> None:
    assert parse(command).run


@pytest.mark.parametrize("text", [*SEARCHES, *re.findall(r"`(\S*\w+:[^`…]+)`", section("The search language"))])
def test_a_query_that_readme_shows_can_be_read(text: str) -> None:
    query.parse(text)


@pytest.mark.parametrize("file", re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT))
def test_a_link_leads_somewhere(file: str) -> None:
    assert (readme.ROOT / file).exists()


@pytest.mark.parametrize("file", sorted(set(re.findall(r"`((?:engines|tests|installer)[/\\][^`]+\.\w+)`", TEXT))))
def test_a_file_that_readme_names_exists(file: str) -> None:
    assert Path(readme.ROOT, *re.split(r"[/\\]", file)).exists()


def test_every_command_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    listing = capsys.readouterr().out.partition("commands:")[2]
    offered = set(re.findall(r"^    (\w+)", listing, re.MULTILINE))
    assert offered == {words[0] for words in COMMANDS if words[0].isalpha()}
