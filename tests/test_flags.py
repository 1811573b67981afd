"""The flags of `installer/test`: each selects one sort of long tests, which by default do not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FLAGS

TESTS = Path(__file__).parent
SORTS = '\nFLAGS.update(long="takes hours", odd="takes courage")\n'
SUITE = """
import pytest

def test_plain(): pass

@pytest.mark.long
def test_long(): pass

@pytest.mark.odd
def test_odd(): pass
"""


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        ((), ["test_plain"]),
        (("--long",), ["test_long"]),
        (("--long", "--odd"), ["test_long", "test_odd"]),
    ],
)
def test_flags_select_their_sort_of_tests(flags: tuple[str, ...], names: list[str], pytester: pytest.Pytester) -> None:
    pytester.makeconftest((TESTS / "conftest.py").read_text("utf-8") + SORTS)
    pytester.makepyfile(SUITE)
    ran = pytester.inline_run(*flags, "--strict-markers").getreports("pytest_runtest_logreport")
    assert [report.nodeid.partition("::")[2] for report in ran if report.when == "call"] == names


def test_every_flag_has_tests() -> None:
    suite = "".join(file.read_text("utf-8") for file in TESTS.rglob("test_*.py"))
    assert not [flag for flag in FLAGS if f"pytest.mark.{flag}" not in suite]
