"""All of Image Engine that works without a screen: files become pixels and facts, facts a library, queries hits.

A file's bytes are read by `media`, looked at by the phases of `analysis` (in worker processes), kept by `library`
and found by `search`; `command_line` puts the four together. Nothing here starts a thread or knows Qt.
"""

__version__ = "0.1.0"
