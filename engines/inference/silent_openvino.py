"""OpenVINO without its telemetry: import it from here, never by its own name.

`import openvino` reports to Google Analytics that it was imported, without asking, and leaves a number in the home
folder by which it knows the computer again (openvino/tools/ovc/__init__.py of 2026.4). That happens in its converter,
which we have no use for and it can do without: with the converter made impossible to import, nothing is sent or
written, and the import takes 0.2 s less.
"""

from __future__ import annotations

import sys

for _converter in ("openvino.tools.ovc", "openvino_telemetry"):
    sys.modules[_converter] = None  # type: ignore[assignment]  # None is how Python is told that a module must not be had

import openvino  # noqa: E402 -- only now

__all__ = ["openvino"]
