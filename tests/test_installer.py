"""The installer, run for real on a small checkout whose pyproject.toml needs nothing from the network."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import psutil
import pytest

from installer import desktop_entry, install

ROOT = Path(__file__).resolve().parents[1]
GLIBC = re.compile(r"linux-vdso|ld-linux|lib(c|dl|m|mvec|pthread|rt|util)\.so")
# OpenVINO's part for GPUs of Intel, which needs OpenCL and is loaded only when that device is asked for.
UNUSED = {"libopenvino_intel_gpu_plugin.so"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="run.ps1 is for Windows")

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "image-engine"
version = "0.1"
[project.optional-dependencies]
dev = []
"""

# Stops in the middle of the installation if asked to: until somebody opens the other end of the pipe.
BACKEND = """
import os, pathlib, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    if "STOP_AT" in os.environ:
        open(os.environ["STOP_AT"]).read()
    name = "image_engine-0.1-py3-none-any.whl"
    files = {
        "METADATA": "Metadata-Version: 2.1\\nName: image-engine\\nVersion: 0.1\\nProvides-Extra: dev\\n",
        "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        for file, text in files.items():
            wheel.writestr("image_engine-0.1.dist-info/" + file, text)
    return name
"""

# Prints its arguments and its input, and ends with the code that the last argument says.
MAIN = """
import json, os, sys
print(json.dumps([*map(os.fsencode, sys.argv[1:])], default=list), sys.stdin.read(), end="")
sys.exit(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 0)
"""


def make_checkout(folder: Path) -> Path:
    shutil.copytree(ROOT / "installer", folder / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources" / "icon", folder / "resources" / "icon")
    for name, text in {"pyproject.toml": PYPROJECT, "backend.py": BACKEND, "main.py": MAIN}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def start(checkout: Path, *arguments: str | bytes, **environment: str) -> subprocess.Popen[str]:
    """Start the program as a person would, in a process group of its own."""
    return subprocess.Popen(
        [checkout / "installer" / "run", *arguments],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(checkout: Path, *arguments: str | bytes, **environment: str) -> tuple[str, str]:
    """What the program said, on stdout and on stderr."""
    output, errors = start(checkout, *arguments, **environment).communicate()
    return output, errors


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str]]:
    """A checkout after its first start, in a folder whose name has spaces; and what that start said."""
    checkout = make_checkout(tmp_path_factory.mktemp("my photos") / "a [new] checkout")
    return checkout, run(checkout, "search", "--json", XDG_DATA_HOME=str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def checkout(installed: tuple[Path, tuple[str, str]]) -> Path:
    return installed[0]


@pytest.fixture
def new_checkout(tmp_path: Path) -> Path:
    return make_checkout(tmp_path / "checkout")


@pytest.fixture
def moved_checkout(checkout: Path, tmp_path: Path) -> Path:
    """A checkout that was whole in another place: its environment is sound, but has to be installed into again."""
    return shutil.copytree(checkout, tmp_path / "checkout", symlinks=True)


class Stop:
    """A place in the middle of an installation where it waits for go_on()."""

    def __init__(self, pipe: Path) -> None:
        self.pipe = pipe
        os.mkfifo(pipe)

    def reached(self) -> None:
        """Return when the installation is there."""
        self._end = self.pipe.open("w")

    def go_on(self) -> None:
        self._end.close()


@pytest.fixture
def stop(tmp_path: Path) -> Stop:
    return Stop(tmp_path / "pipe")


def test_the_first_start_prints_on_stdout_only_what_the_program_prints(
    installed: tuple[Path, tuple[str, str]],
) -> None:
    output, errors = installed[1]
    assert bytes_of(output) == [b"search", b"--json"], errors


def bytes_of(output: str) -> list[bytes]:
    return [bytes(argument) for argument in json.loads(output)]


def test_a_second_start_installs_nothing(checkout: Path) -> None:
    assert run(checkout)[1] == ""


def test_arguments_arrive_untouched(checkout: Path) -> None:
    arguments = [b"two words", b"*", b"", b'it\'s "quoted"', b"$HOME", b"a\nb\\n", b"caf\xe9"]
    assert bytes_of(run(checkout, *arguments)[0]) == arguments


def test_standard_input_goes_to_the_program(checkout: Path) -> None:
    done = subprocess.run([checkout / "installer" / "run"], input=b"a query", capture_output=True, check=True)
    assert done.stdout == b"[] a query"


def test_the_exit_code_is_the_programs(checkout: Path) -> None:
    assert subprocess.run([checkout / "installer" / "run", "2"], stdin=subprocess.DEVNULL, check=False).returncode == 2


def test_a_link_to_it_works_from_any_folder(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(checkout / "installer" / "run")
    (tmp_path / "image-engine").symlink_to("link")
    monkeypatch.chdir("/")
    assert subprocess.run([tmp_path / "image-engine", "0"], stdin=subprocess.DEVNULL, check=False).returncode == 0


def test_a_changed_recipe_is_installed_once(checkout: Path) -> None:
    with (checkout / "installer" / "constraints.txt").open("a") as constraints:
        constraints.write("# changed\n")
    first, second = run(checkout)[1], run(checkout)[1]
    assert ("Installing" in first, second) == (True, "")


def test_an_extra_that_was_added_counts_as_the_basic_install_too(checkout: Path) -> None:
    subprocess.run(
        [sys.executable, checkout / "installer" / "install.py", checkout / ".venv", "--extra", "dev"],
        capture_output=True,
        check=True,
    )
    assert (checkout / ".venv" / "installed-dev").read_bytes() == (checkout / ".venv" / "installed").read_bytes()


def test_two_starts_at_once_install_once(moved_checkout: Path, stop: Stop) -> None:
    first = start(moved_checkout, "first", STOP_AT=str(stop.pipe))
    stop.reached()
    second = start(moved_checkout, "second")
    assert second.stderr is not None
    waiting = second.stderr.readline()
    stop.go_on()
    first_output, _ = first.communicate()
    second_output, errors = second.communicate()
    assert "waiting" in waiting
    assert (bytes_of(first_output), bytes_of(second_output), errors) == ([b"first"], [b"second"], "")


def test_an_interrupted_installation_is_not_taken_for_a_whole_one(moved_checkout: Path, stop: Stop) -> None:
    first = start(moved_checkout, STOP_AT=str(stop.pipe))
    stop.reached()
    os.killpg(first.pid, signal.SIGINT)
    _, errors = first.communicate()
    stop.go_on()
    assert first.returncode
    assert "the next start begins it again" in errors
    assert not list((moved_checkout / ".venv").glob("installed*"))


def test_after_a_kill_the_next_start_waits_for_pip_and_begins_anew(moved_checkout: Path, stop: Stop) -> None:
    first = start(moved_checkout, STOP_AT=str(stop.pipe))
    stop.reached()
    os.kill(installer_process(first.pid), signal.SIGKILL)
    (moved_checkout / ".venv" / "left over").touch()
    second = start(moved_checkout, "second")
    assert second.stderr is not None
    waiting = second.stderr.readline()
    stop.go_on()
    output, _ = second.communicate()
    first.communicate()
    assert "waiting" in waiting
    assert (bytes_of(output), (moved_checkout / ".venv" / "left over").exists()) == ([b"second"], False)


def installer_process(shell: int) -> int:
    """The process id of install.py, the one child of the shell."""
    (child,) = psutil.Process(shell).children()
    return int(child.pid)


def test_a_folder_that_somebody_else_made_is_left_alone(new_checkout: Path) -> None:
    (new_checkout / ".venv").mkdir()
    (new_checkout / ".venv" / "precious").touch()
    errors = run(new_checkout)[1]
    assert "was not made by this installer" in errors
    assert (new_checkout / ".venv" / "precious").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the menu's entries are Linux's")
def test_the_program_is_in_the_menu_until_it_is_uninstalled(moved_checkout: Path, home: Path) -> None:
    run(moved_checkout)
    entry = home / ".local" / "share" / "applications" / "image-engine.desktop"
    icon = home / ".local" / "share" / "icons" / "hicolor" / "scalable" / "apps" / "image-engine.svg"
    assert f'Exec="{moved_checkout / "installer" / "run"}"' in entry.read_text("utf-8").splitlines()
    assert icon.read_bytes() == (ROOT / "resources" / "icon" / "image-engine.svg").read_bytes()
    (home / ".local" / "share" / "image-engine").mkdir()
    removed = subprocess.run([moved_checkout / "installer" / "uninstall"], capture_output=True, text=True, check=True)
    assert f"{home / '.local' / 'share' / 'image-engine'} stays" in removed.stdout
    assert not entry.exists()
    assert not icon.exists()
    assert not (moved_checkout / ".venv").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the menu's entries are Linux's")
def test_whoever_only_tests_keeps_the_menu_as_it_is(moved_checkout: Path, home: Path) -> None:
    script, folder = moved_checkout / "installer" / "install.py", moved_checkout / ".venv"
    subprocess.run([sys.executable, script, folder, "--extra", "dev"], capture_output=True, check=True)
    assert (moved_checkout / ".venv" / "installed-dev").exists()
    assert not list(home.rglob("*.desktop"))


@pytest.mark.parametrize("name", ["my photos", "100%", 'a "b"', "$HOME", "a\\b", "`x`"])
def test_the_menu_starts_a_checkout_whatever_its_folder_is_called(name: str, home: Path, tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / name)
    desktop_entry.put(checkout)
    entry = home / ".local" / "share" / "applications" / "image-engine.desktop"
    (line,) = [line for line in entry.read_text("utf-8").splitlines() if line.startswith("Exec=")]
    quoted = line.removeprefix("Exec=").replace("\\\\", "\\")  # what is left is quoted as a shell does it
    unquoted = subprocess.run(["sh", "-c", f"printf %s {quoted}"], capture_output=True, text=True, check=True).stdout
    assert unquoted.replace("%%", "%") == str(checkout / "installer" / "run")


def test_the_entry_of_another_checkout_stays(home: Path, tmp_path: Path) -> None:
    desktop_entry.put(ROOT)
    assert not desktop_entry.remove(tmp_path)
    assert desktop_entry.remove(ROOT)


@pytest.fixture
def bare_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system without Python whose apt-get finds nothing, but notes what it was asked for. Returns the note."""
    commands = tmp_path / "commands"
    commands.mkdir()
    note = tmp_path / "asked for"
    note.touch()
    scripts = {name: "exit 1" for name in ("python3", *(f"python3.{minor}" for minor in range(11, 15)), "sudo")}
    scripts |= {"apt-get": f'echo "$*" >> "{note}"; exit 100', "id": "echo 0"}
    for name, script in scripts.items():
        (commands / name).write_text(f"#!/bin/sh\n{script}\n")
        (commands / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    return note


def test_without_python_one_sentence_says_what_to_install(new_checkout: Path, bare_system: Path) -> None:
    errors = run(new_checkout)[1]
    assert errors.splitlines()[-1].startswith(
        "Image Engine needs Python 3.11 or newer, which was not found: install it"
    )


def test_root_lets_apt_install_python(new_checkout: Path, bare_system: Path) -> None:
    run(new_checkout)
    assert "-qq install --yes --no-install-recommends python3 python3-venv" in bare_system.read_text().splitlines()


def test_who_may_not_install_calls_no_apt(new_checkout: Path, bare_system: Path) -> None:
    (bare_system.parent / "commands" / "id").write_text("#!/bin/sh\necho 1000\n")
    run(new_checkout)
    assert bare_system.read_text() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries to the system")
def test_a_missing_library_is_named_with_its_package(
    new_checkout: Path, bare_system: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "SYSTEM_LIBRARIES", {"libnone.so.1": "libnone1"})
    assert install.main([str(new_checkout / ".venv")]) == 1
    assert "needs libnone.so.1, which this system lacks: install them with 'sudo apt-get install libnone1'" in (
        capsys.readouterr().err
    )


@pytest.mark.skipif(not shutil.which("ldd"), reason="needs ldd, which comes with glibc")
def test_the_wheels_need_no_other_library_of_the_system() -> None:
    needed = {
        line.split()[0] for line in linked_libraries() if "=>" in line and str(Path(sys.prefix).resolve()) not in line
    }
    assert {name for name in needed if not GLIBC.match(name)} <= set(install.SYSTEM_LIBRARIES)


def linked_libraries() -> Iterator[str]:
    """Lines of ldd about every native part of the basic install, such as 'libz.so.1 => /lib/libz.so.1 (0x…)'."""
    every = (file for name in declared() for file in metadata.files(name) or () if ".so" in file.name)
    files = [file.locate() for file in every if file.name not in UNUSED]
    listing = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return (line.strip() for line in listing.splitlines())


def declared(extra: str = "") -> list[str]:
    """The names of what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in requirements]


def test_the_constraints_pin_everything_that_is_installed() -> None:
    pins = (ROOT / "installer" / "constraints.txt").read_text("utf-8")
    pinned = {canonical(name) for name in re.findall(r"^([\w-]+)==", pins, re.MULTILINE)}
    assert {canonical(name) for name in (*declared(), *declared("dev"))} <= pinned


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
