"""Brings the catalogues of translations up to date: `python -m desktop.catalogue` after texts were changed.

It reads the texts from the code, keeps what resources/translations/*.ts says about them, marks what is new as
unfinished and makes the .qm files that the window loads. Needs no more than PySide6 brings along. A code of the engines
is in a catalogue only where it is translated: most are known by their words.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import PySide6

from desktop.translation import FOLDER
from engines.settings import options

ROOT = Path(__file__).resolve().parents[1]
Text = tuple[str, str]  # the context that Qt looks in, and the English text


def texts() -> list[Text]:
    """All texts that the window translates, each once."""
    trees = {_module(file): ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "desktop").rglob("*.py"))}
    shared = {name: _translators(tree) for name, tree in trees.items()}
    found = [text for tree in trees.values() for text in _texts_of(tree, shared)]
    described = [
        ("Settings", text)
        for option in options().values()
        for text in (option.title, option.effect, option.unit, option.zero)
        if text
    ]
    return list(dict.fromkeys([*found, *described, *(("Engine", code) for code in parameters())]))


@cache
def parameters() -> dict[str, set[str]]:
    """The codes of the engine's messages, each with the parameters that all messages of that code have."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "engines").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node).endswith(("Message", "Error")) and len(node.args) > 1:
                code, names = _literal(node.args[0]), _parameters_of(node)
                if code:
                    found[code] = found.get(code, names) & names
    return found


def _parameters_of(call: ast.Call) -> set[str]:
    """Those of an error are keywords, those of a message stand in a dictionary."""
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    if len(call.args) > 2 and isinstance(call.args[2], ast.Dict):
        names |= {name for key in call.args[2].keys if key is not None and (name := _literal(key))}
    return names


def known(language: str) -> dict[Text, str]:
    """What the catalogue of a language says."""
    file = FOLDER / f"{language}.ts"
    if not file.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in ElementTree.parse(file).iter("context")
        for message in context.iter("message")
    }


def write(language: str, translations: dict[Text, str]) -> None:
    """Write the .ts file and make the .qm file of it."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ElementTree.Element] = {}
    for context, source in sorted(texts()):
        if context == "Engine" and not translations.get((context, source)):
            continue  # known by its words, see desktop.sentences, or said by the command line alone
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        translation.text = translations.get((context, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    file = FOLDER / f"{language}.ts"
    ElementTree.ElementTree(root).write(file, "utf-8", xml_declaration=True)
    lrelease = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([lrelease, "-silent", file, "-qm", file.with_suffix(".qm")], check=True)


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def _translators(tree: ast.Module) -> dict[str, str]:
    """Functions of a module that only translate what they are given, with the context they look in."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and len(node.args.args) == 1 and isinstance(node.body[-1], ast.Return):
            call = node.body[-1].value
            if isinstance(call, ast.Call) and _name(call) == "translate" and (context := _literal(call.args[0])):
                found[node.name] = context
    return found


def _texts_of(tree: ast.Module, shared: dict[str, dict[str, str]]) -> Iterator[Text]:
    functions = dict(shared.get("", {}))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in shared:
            functions |= {
                alias.asname or alias.name: shared[node.module][alias.name]
                for alias in node.names
                if alias.name in shared[node.module]
            }
    functions |= _translators(tree)
    yield from _walk(tree, "", functions)


def _walk(node: ast.AST, owner: str, functions: dict[str, str]) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call):
        yield from _of_call(node, owner, functions)
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, owner, functions)


def _of_call(call: ast.Call, owner: str, functions: dict[str, str]) -> Iterator[Text]:
    name, first = _name(call), _literal(call.args[0]) if call.args else None
    if name in ("translate", "QT_TRANSLATE_NOOP") and len(call.args) > 1:
        second = _literal(call.args[1])
        if first and second:
            yield first, second
    elif first and isinstance(call.func, ast.Attribute) and name == "tr":
        yield owner, first
    elif first and isinstance(call.func, ast.Name) and name in functions:
        yield functions[name], first


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def main() -> None:
    for file in sorted(FOLDER.glob("*.ts")):
        write(file.stem, known(file.stem))


if __name__ == "__main__":
    main()
