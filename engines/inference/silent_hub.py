"""The Hugging Face hub's client without its telemetry: import it from here, never by its own name.

It tells the hub with each request what else is installed, and would fetch large files through a helper of its own that
can be neither cancelled nor gone on with. Both are settled by variables that it reads while it is imported.
"""

from __future__ import annotations

import os

os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_XET"] = "1"
os.environ.setdefault("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")  # a token is not sent because one lies in the home folder

from huggingface_hub import HfApi, errors, hf_hub_url
from huggingface_hub.errors import HFValidationError
from huggingface_hub.file_download import http_get

HTTPError: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]  # of the library that it speaks HTTP with

__all__ = ["HFValidationError", "HTTPError", "HfApi", "hf_hub_url", "http_get"]
