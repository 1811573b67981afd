"""All of Image Engine that works without a screen: files become pixels and facts, facts a library, queries hits.

A file's bytes are read by `media`, looked at by the phases of `analysis` (in worker processes), kept by `library`
and found by `search`; `command_line` puts the four together. Nothing here starts a thread or knows Qt.
"""

from __future__ import annotations

import os

# NumPy's own threads burn a core while they wait for each other: imports took a third longer for it. Read when NumPy is
# loaded, so it is said here, before any module of ours can do that.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
