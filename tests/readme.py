"""The parts of README.md that are made from the code. `python -m tests.readme` writes them anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from engines.facts import VOCABULARY
from engines.media.formats import FORMATS
from engines.search.fields import FIELDS, HAS, IS
from engines.settings import options
from engines.settings.option import Option, Value
from tests.conftest import FLAGS

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_NAMES = 28  # columns of the map for the names

_OTHERS = {
    "resources/": "data that the program reads",
    "tests/": "mirrors the packages; test_architecture.py holds the code to its rows",
    "pyproject.toml": "what the program needs, and how it is checked",
}


def formats() -> str:
    """What can be read, as a table."""
    rows = ((form.label, str(form.kind), f"`format:{form.name}`", " ".join(form.suffixes)) for form in FORMATS)
    return _table(("format", "is a", "found by", "usual suffixes"), rows)


def fields() -> str:
    """What a search may ask for in this version, as a table."""
    specs = [spec for name, spec in FIELDS.items() if spec.has_data and name == spec.name and name not in {"has", "is"}]
    rows = [(f"`{spec.name}:{spec.example}`", _quoted(f"{alias}:" for alias in spec.aliases)) for spec in specs]
    return _table(("field", "or"), [*rows, ("`has:…`", _quoted(HAS)), ("`is:…`", _quoted(IS))])


def _quoted(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def facts() -> str:
    """The vocabulary of facts, as a table."""
    rows = ((f"`{fact.name}`", fact.type.__name__, fact.unit, fact.meaning) for fact in VOCABULARY)
    return _table(("fact", "type", "unit", "meaning"), rows)


def settings() -> str:
    """What can be set, as a table."""
    rows = (
        (f"`{option.key}`", _written(option.default), _allowed(option), option.effect) for option in options().values()
    )
    return _table(("setting", "default", "takes", "effect"), rows)


def flags() -> str:
    """The sorts of long tests, as a table."""
    return _table(("flag", "runs only"), ((f"`--{flag}`", meaning) for flag, meaning in FLAGS.items()))


def _allowed(option: Option) -> str:
    return option.allowed.replace("|", "\\|")


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return _quoted(value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def code_map() -> str:
    """Every package and module with the first sentence that it says about itself, as an indented list."""
    lines = [_line(0, "main.py", _docstring(ROOT / "main.py"))]
    for package in ("engines", "desktop"):
        if (ROOT / package).is_dir():
            lines.extend(_package(ROOT / package, 0))
    lines.append(_line(0, "installer/", "what makes the two commands work"))
    lines.extend(_line(1, file.name, _about(file)) for file in _files(ROOT / "installer"))
    lines.extend(_line(0, name, meaning) for name, meaning in _OTHERS.items())
    return "\n".join(["```text", *lines, "```"])


def _package(folder: Path, depth: int) -> Iterator[str]:
    yield _line(depth, f"{folder.name}/", _docstring(folder / "__init__.py"))
    for file in _files(folder):
        if file.name != "__init__.py":
            yield _line(depth + 1, file.name, _about(file))
    for package in sorted(folder.iterdir()):
        if (package / "__init__.py").exists():
            yield from _package(package, depth + 1)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file())


def _line(depth: int, name: str, meaning: str) -> str:
    return f"{'    ' * depth + name:{_NAMES}} {meaning}".rstrip()


def _about(file: Path) -> str:
    return _docstring(file) if file.suffix == ".py" else _comment(file)


def _docstring(file: Path) -> str:
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return _first_sentence(text)


def _comment(file: Path) -> str:
    """What the first comment of a script says."""
    lines = [line for line in file.read_text("utf-8-sig").splitlines() if not line.startswith(("#!", "# shellcheck"))]
    comment = " ".join(line.removeprefix("#").strip() for line in lines[: _length(lines)])
    return _first_sentence(comment)


def _length(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _first_sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", paragraph)[0].removesuffix(".")


PARTS: dict[str, Callable[[], str]] = {
    "facts": facts,
    "fields": fields,
    "flags": flags,
    "formats": formats,
    "map": code_map,
    "settings": settings,
}


def renewed(text: str) -> str:
    """README's text with all parts as they should be, each between its two marks."""
    for name, make in PARTS.items():
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"README.md has no place for the part {name!r}")
        text = f"{before}{start}\n{make()}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
