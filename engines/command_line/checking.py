"""`check`: is everything as the library says it is?"""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import asdict

from engines.analysis.integrity import Finding, check_library, check_originals
from engines.analysis.pool import start_pool
from engines.command_line.output import ProgressLine, files, print_json, say
from engines.command_line.session import open_library
from engines.errors import LibraryError
from engines.settings import Settings


def check(command: argparse.Namespace) -> int:
    """Exit code 1 when something is not whole."""
    try:
        findings = _findings(command)
    except LibraryError as error:
        if error.message.code != "damaged_library":
            raise
        findings = [Finding("library_damaged", str(error))]
    if command.json:
        print_json({"whole": not findings, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(finding.text)
        count = f"{len(findings):,} finding{'' if len(findings) == 1 else 's'}."
        say(count if findings else "Everything is whole.")
    return 1 if findings else 0


def _findings(command: argparse.Namespace) -> list[Finding]:
    settings: Settings = command.settings
    line = ProgressLine()
    with open_library(command, writable=False) as library:
        findings = check_library(library)
        if not command.quick:
            with closing(check_originals(library, lambda: start_pool(settings))) as checks:
                for done, found in enumerate(checks, start=1):
                    line.tell(f"Reading originals: {files(done)}")
                    findings += found
        line.clear()
    return findings
