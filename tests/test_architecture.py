"""The rows of the design: who may know whom, and what may happen only in one place. Read from the code, not run.

A rule is a function from a module to what it finds wrong there. Every rule is shown a small breach of itself, so that a
rule that never finds anything cannot pass for one that is kept.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Imports point down: from a row to the rows before it. The parts of the first row may know each other.
ROWS = (
    {
        "name_vectors",
        "types",
        "towns",
        "errors",
        "facts",
        "versions",
        "vocabulary",
        "cancel",
        "inbox",
        "secret",
        "settings",
        "workers",
    },
    {"media", "inference", "cloud", "library"},
    {"analysis", "search"},
    {"bench"},
    {"command_line"},
)
# What the first row may know besides numpy and Python itself.
FIRST_ROW_LIBRARIES = {"settings": {"tomli_w"}}

ONLY_IN = {
    "PySide6": "desktop",
    "apsw": "engines.library",
    "keyring": "engines.cloud",
    "faster_whisper": "engines.inference",
    "huggingface_hub": "engines.inference",
    "onnx": "engines.inference",
    "openvino": "engines.inference",
    "pickle": "engines.workers",  # for the messages between our own processes
    "requests": "engines.cloud",
    "send2trash": "engines.library.trash",  # the one place that touches originals, and only on a person's command
    "tensorrt": "engines.inference",
    "tensorrt_rtx": "engines.inference",
    "torch": "engines.inference",
    "transformers": "engines.inference",
}
# A second SQLite in the process would drop the locks of the first; the others run what they load.
NOWHERE = {"_sqlite3", "sqlite3", "marshal", "shelve", "dill", "cloudpickle", "joblib"}

SQL = re.compile(
    r"\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|pragma\s+\w"
    r"|(create|drop|alter)\s+(table|index|view|trigger|virtual|unique)\s|with\s+\w+.*\sas\s*\()",
    re.IGNORECASE | re.DOTALL,
)

WRITING_CALLS = {
    *(
        f"os.{name}"
        for name in ("chmod", "chown", "link", "makedirs", "mkdir", "remove", "removexattr", "rename", "renames")
    ),
    *(f"os.{name}" for name in ("replace", "rmdir", "setxattr", "symlink", "truncate", "unlink", "utime", "write")),
    *(f"shutil.{name}" for name in ("copy", "copy2", "copyfile", "copymode", "copystat", "copytree", "move", "rmtree")),
}
# What a person exports, into files that were not there before; a test of each shows it.
WRITES_CLIPS = frozenset({"engines.media.clip", "engines.media.clip_packets"})
WRITING_METHODS = {
    *("chmod", "hardlink_to", "imwrite", "mkdir", "rename", "rmdir", "symlink_to", "tofile", "touch", "truncate"),
    *("unlink", "write_bytes", "write_text"),
}
WRITING_FLAGS = {"os.O_WRONLY", "os.O_RDWR", "os.O_CREAT", "os.O_TRUNC", "os.O_APPEND"}


@dataclass(frozen=True)
class Module:
    """One file of the shipped code. name: such as 'engines.media.sniff'; a package has its folder's name."""

    name: str
    is_package: bool
    tree: ast.Module

    @property
    def part(self) -> str:
        """What the rows are made of: 'media' for engines.media.sniff, '' outside engines."""
        return part(self.name)

    @property
    def imports(self) -> set[str]:
        """Dotted names of all that is imported anywhere in it, each with its module: 'engines.types.Frame'."""
        return set(self._imports())

    def _imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{self._absolute(node)}.{alias.name}" for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".")[: None if self.is_package and node.level == 1 else self.is_package - node.level]
        return ".".join([*package, *filter(None, [node.module])])

    @property
    def imported(self) -> set[str]:
        """The names that stand for what was imported: 'np' after import numpy as np."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        return {alias.asname or alias.name.partition(".")[0] for node in nodes for alias in node.names}

    @property
    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the dotted name of what is called, 'os.open', or '….open' on something without a name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield dotted(node.func), node


def part(name: str) -> str:
    top, _, rest = name.partition(".")
    return rest.partition(".")[0] if top == "engines" else ""


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "…"


def modules(root: Path) -> list[Module]:
    files = [root / "main.py", *(root / "engines").rglob("*.py"), *(root / "desktop").rglob("*.py")]
    return [_module(root, file) for file in files if file.exists()]


def _module(root: Path, file: Path) -> Module:
    parts = file.relative_to(root).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, is_package, ast.parse(file.read_text("utf-8"), str(file)))


def imports_point_down(module: Module) -> Iterator[str]:
    rows = {name: row for row, names in enumerate(ROWS) for name in names}
    if module.part and module.part not in rows:
        yield "is in no row of the design"
    for name in module.imports:
        if not module.part or part(name) == module.part or part(name) not in rows:
            continue
        if not (rows[part(name)] < rows.get(module.part, 0) or rows[part(name)] == rows[module.part] == 0):
            yield f"imports {name}, which is not below it"


def engines_do_not_know_the_window(module: Module) -> Iterator[str]:
    if module.name.startswith("engines"):
        yield from (f"imports {name}" for name in module.imports if name.split(".")[0] in {"desktop", "main"})


def libraries_stay_in_their_place(module: Module) -> Iterator[str]:
    for name in module.imports:
        library = name.split(".")[0]
        if library in NOWHERE:
            yield f"imports {library}"
        elif library in ONLY_IN and not f"{module.name}.".startswith(f"{ONLY_IN[library]}."):
            yield f"imports {library}, which belongs into {ONLY_IN[library]}"


def the_first_row_knows_only_numpy(module: Module) -> Iterator[str]:
    if module.part not in ROWS[0]:
        return
    allowed = {"engines", "numpy", *sys.stdlib_module_names, *FIRST_ROW_LIBRARIES.get(module.part, ())}
    yield from (f"imports {name}" for name in module.imports if name.split(".")[0] not in allowed)


def sql_is_in_the_library(module: Module) -> Iterator[str]:
    if module.part == "library":
        return
    described = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield from (f"holds SQL: {node.value[:40]!r}" for _ in [SQL.match(node.value)] if _)


def nothing_runs_what_it_loads(module: Module) -> Iterator[str]:
    for name, call in module.calls:
        keywords = {word.arg: word.value for word in call.keywords}
        if name in {"eval", "exec", "compile", "__import__", "yaml.load", "yaml.unsafe_load"}:
            yield f"calls {name}"
        elif name == "torch.load" and not _is(keywords.get("weights_only"), True):
            yield "calls torch.load without weights_only=True"
        elif "allow_pickle" in keywords and not _is(keywords["allow_pickle"], False):
            yield f"calls {name} with allow_pickle"


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def opencv_opens_no_file(module: Module) -> Iterator[str]:
    """Its readers bring old codecs of their own along, and imread dies of a name that is not UTF-8."""
    if module.name == "engines.bench.opencv_way":  # what is measured against, on our own film
        return
    forbidden = {"cv2.VideoCapture", "cv2.imdecode", "cv2.imread", "cv2.imreadmulti", "cv2.imwrite"}
    yield from (f"calls {name}" for name, _ in module.calls if name in forbidden)


def media_writes_no_file(module: Module) -> Iterator[str]:
    if module.part != "media" or module.name in WRITES_CLIPS:
        return
    for name, call in module.calls:
        if name in WRITING_CALLS or name.rpartition(".")[2] in WRITING_METHODS or _opens_to_write(module, name, call):
            yield f"calls {name}"
    flags = (dotted(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute))
    yield from (f"uses {flag}" for flag in flags if flag in WRITING_FLAGS)


def _opens_to_write(module: Module, name: str, call: ast.Call) -> bool:
    """An open() or x.open() whose mode is anything but a plain text that only reads."""
    owner, _, method = name.rpartition(".")
    if method != "open" or name == "os.open":  # that one is known by its flags
        return False
    first = (
        1 if owner in {"", *module.imported} else 0
    )  # path.open(mode), but open(path, mode) and Image.open(path, mode)
    modes = [word.value for word in call.keywords if word.arg == "mode"] or call.args[first : first + 1]
    return any(not (isinstance(mode, ast.Constant) and set(str(mode.value)) <= set("rbt")) for mode in modes)


def engines_start_no_thread(module: Module) -> Iterator[str]:
    """Except the command line, which drives the pipeline, and a worker process, where one watches its parent."""
    if not module.part or module.part in {"workers", "bench", "command_line"}:
        return
    threads = {"Thread", "ThreadPoolExecutor", "ThreadPool", "Timer"}
    yield from (f"calls {name}" for name, _ in module.calls if name.rpartition(".")[2] in threads)


# What asks about a person's pictures, behind the fence; and what shows a service a grey square to see if it answers.
ASKERS = {"engines.analysis.asking", "engines.analysis.trial"}


def pictures_leave_through_one_door(module: Module) -> Iterator[str]:
    for name in module.imports:
        asks = name.startswith(("engines.cloud.vision_language", "engines.cloud.retail"))
        if asks and module.part != "cloud" and module.name not in ASKERS:
            yield f"imports {name}, so that pictures could leave beside the fence"


Rule = Callable[[Module], Iterator[str]]
BREACHES: tuple[tuple[Rule, str, str], ...] = (
    (imports_point_down, "engines/media/photo.py", "import engines.search.query"),
    (imports_point_down, "engines/media/photo.py", "from engines import search"),
    (imports_point_down, "engines/media/photo.py", "def f():\n    from ..analysis import phases"),
    (imports_point_down, "engines/media/__init__.py", "from ..analysis import phases"),
    (imports_point_down, "engines/media/photo.py", "from engines.library import library"),
    (imports_point_down, "engines/types.py", "from engines.media.photo import Photo"),
    (imports_point_down, "engines/search/find.py", "from engines.command_line import main"),
    (imports_point_down, "engines/search/find.py", "from engines.analysis import phases"),
    (imports_point_down, "engines/helpers.py", "x = 1"),
    (engines_do_not_know_the_window, "engines/types.py", "from desktop.session import Session"),
    (engines_do_not_know_the_window, "engines/types.py", "import main"),
    (libraries_stay_in_their_place, "engines/media/photo.py", "from PySide6.QtGui import QImage"),
    (libraries_stay_in_their_place, "engines/search/find.py", "import apsw"),
    (libraries_stay_in_their_place, "engines/library_tools.py", "import apsw"),
    (libraries_stay_in_their_place, "engines/analysis/scenes.py", "def f():\n    import torch.nn as nn"),
    (libraries_stay_in_their_place, "engines/media/photo.py", "import requests"),
    (libraries_stay_in_their_place, "engines/library/library.py", "import sqlite3"),
    (libraries_stay_in_their_place, "engines/library/library.py", "from send2trash import send2trash"),
    (libraries_stay_in_their_place, "desktop/session.py", "from joblib import load"),
    (libraries_stay_in_their_place, "engines/library/results.py", "from pickle import loads"),
    (the_first_row_knows_only_numpy, "engines/types.py", "from PIL import Image"),
    (the_first_row_knows_only_numpy, "engines/errors.py", "import tomli_w"),
    (sql_is_in_the_library, "engines/search/find.py", "QUERY = 'SELECT id FROM media WHERE id = ?'"),
    (sql_is_in_the_library, "engines/analysis/run.py", "f('pragma user_version')"),
    (sql_is_in_the_library, "desktop/session.py", "f(f'update media set name = {name}')"),
    (nothing_runs_what_it_loads, "engines/search/query.py", "eval('1')"),
    (nothing_runs_what_it_loads, "engines/inference/export.py", "torch.load(path)"),
    (nothing_runs_what_it_loads, "engines/inference/export.py", "torch.load(path, weights_only=False)"),
    (nothing_runs_what_it_loads, "engines/search/vectors.py", "np.load(path, allow_pickle=True)"),
    (nothing_runs_what_it_loads, "engines/settings.py", "yaml.load(text)"),
    (opencv_opens_no_file, "engines/media/video.py", "cv2.VideoCapture(path)"),
    (media_writes_no_file, "engines/media/photo.py", "open(path, 'r+b')"),
    (media_writes_no_file, "engines/media/photo.py", "open(path, mode=mode)"),
    (media_writes_no_file, "engines/media/photo.py", "Path(path).open('wb')"),
    (media_writes_no_file, "engines/media/video.py", "import av\nav.open(path, 'w')"),
    (media_writes_no_file, "engines/media/photo.py", "os.open(path, os.O_RDWR)"),
    (media_writes_no_file, "engines/media/photo.py", "os.utime(path)"),
    (media_writes_no_file, "engines/media/photo.py", "path.write_bytes(data)"),
    (pictures_leave_through_one_door, "desktop/session.py", "from engines.cloud.retail import RetailObjectDetector"),
    (engines_start_no_thread, "engines/analysis/run.py", "threading.Thread(target=f).start()"),
)
RULES = tuple(dict.fromkeys(rule for rule, _, _ in BREACHES))

KEPT = """
from __future__ import annotations
import os, threading
import av
import numpy as np
from PIL import Image
from engines import __version__, types
from engines.types import Frame
from . import scan
'select one from many: a docstring is no SQL'
def read(path, wanted):
    '''Update nothing, delete from nowhere.'''
    with open(path, 'rb') as file, open(path) as again, av.open(file, mode='r') as video, path.open('rb') as fourth:
        os.fdopen(os.open(path, os.O_RDONLY)).name.replace('a', 'b')
        return np.load(again, allow_pickle=False), Image.open(video).save(buffer)
"""


def parsed(name: str, code: str, root: Path) -> Module:
    file = root / name
    file.parent.mkdir(parents=True)
    file.write_text(code, "utf-8")
    (module,) = modules(root)
    return module


@pytest.mark.parametrize("rule", RULES)
def test_the_program_keeps_the_rule(rule: Rule) -> None:
    found = [f"{module.name} {breach}" for module in modules(ROOT) for breach in rule(module)]
    assert not found


@pytest.mark.parametrize(("rule", "name", "code"), BREACHES)
def test_the_rule_finds_a_breach(rule: Rule, name: str, code: str, tmp_path: Path) -> None:
    assert list(rule(parsed(name, code, tmp_path)))


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_finds_nothing_in_sound_code(rule: Rule, tmp_path: Path) -> None:
    assert not list(rule(parsed("engines/media/photo.py", KEPT, tmp_path)))


DECODERS = {"PIL", "av", "cv2", "pillow_heif", "rawpy", "simplejpeg"}
NEED_THE_EXTRA = ("engines.inference.export.", "engines.inference.torch_engine")  # nvidia, which not everybody has
LOAD = f"""
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
        if not module.name.startswith({NEED_THE_EXTRA}):
            importlib.import_module(module.name)
"""
LOAD_PHASES = (
    "from engines.analysis.phases import look_of, of_workers, phases; "
    "[look_of(phase) for phase in of_workers(phases())]"
)


def loaded(code: str, *packages: str) -> set[str]:
    """What a fresh Python has in memory after loading these packages with all their modules, then running the code."""
    command = [sys.executable, "-c", f"{LOAD}\n{code}\nprint(*sys.modules)", *packages]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return set(done.stdout.split())


def test_a_worker_loads_no_database_and_no_window() -> None:
    modules = loaded(LOAD_PHASES, "engines.media", "engines.analysis.examine", "engines.workers")
    assert not modules & {"apsw", "PySide6", "openvino", "torch", "sqlite3", "_sqlite3"}


def test_a_search_waits_for_no_decoder() -> None:
    assert not loaded("", "engines.search", "engines.library", "engines.command_line") & DECODERS


def test_nothing_loads_pythons_own_sqlite() -> None:
    assert not loaded(LOAD_PHASES, "engines", "main") & {"sqlite3", "_sqlite3"}


def test_numpy_calculates_in_the_thread_that_asks() -> None:
    code = (
        "import engines, numpy as np, psutil; np.ones((999, 999)) @ np.ones(999); print(psutil.Process().num_threads())"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout.strip() == b"1"


def declared() -> set[str]:
    return names(project()["dependencies"])


def optional() -> set[str]:
    """What the extras bring, for those who ask for it."""
    return {name for requirements in project()["optional-dependencies"].values() for name in names(requirements)}


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[]", requirement)[0].lower() for requirement in requirements}


def imported() -> set[str]:
    """The distributions that the shipped code imports from; a name that no distribution brings stands for itself."""
    names = {name.split(".")[0] for module in modules(ROOT) for name in module.imports}
    distributions = metadata.packages_distributions()
    libraries = names - sys.stdlib_module_names - {"engines", "desktop", "main"}
    return {re.sub(r"_", "-", distributions.get(name, [name])[0]).lower() for name in libraries}


def test_what_is_imported_is_declared() -> None:
    assert not imported() - declared() - optional()


def test_what_is_declared_is_imported() -> None:
    assert not declared() - imported()
