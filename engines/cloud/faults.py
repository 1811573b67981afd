"""What a service says when it will not: every body of every layer becomes one sentence and what to do."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from engines.errors import CloudError, Remedy
from engines.secret import Secret, redacted

_MOST = 300  # characters of what a stranger's server says
_DEGRADED = re.compile("degraded", re.IGNORECASE)
_EXHAUSTED = re.compile("resource ?exhausted|request limit reached", re.IGNORECASE)
_NO_PICTURES = re.compile(r"image input is not supported|mmproj|does not support (image|vision)", re.IGNORECASE)

_PASSING = {408, 425, 429, 500, 502, 503, 504}  # states that another try may find gone


def fault_of(status: int, headers: Mapping[str, str], body: bytes, about: str, key: Secret | None) -> CloudError:
    """The error that a reply of 300 and above stands for. about: the model or function that was asked."""
    said = redacted(said_in(body), key)
    after = retry_after_s(headers)
    quoted = f" It says: {said}" if said else ""
    params: dict[str, Any] = {"about": about, "said": said, "status": status}
    if _NO_PICTURES.search(said):
        text = f"{about} cannot look at pictures: choose another.{quoted}"
        return CloudError("cloud_no_pictures", text, remedy=Remedy.NEXT_MODEL, **params)
    if status == 400 and _DEGRADED.search(said):
        text = f"{about} is out of order at the moment.{quoted}"
        return CloudError("cloud_degraded", text, remedy=Remedy.NEXT_MODEL, **params)
    if status in _PASSING or _EXHAUSTED.search(said):
        what = "is asked too often" if status == 429 or _EXHAUSTED.search(said) else f"does not answer now ({status})"
        text = f"{about} {what}; it will be asked again later.{quoted}"
        return CloudError("cloud_busy", text, remedy=Remedy.LATER, after_s=after, **params)
    code, text, remedy = _LASTING.get(status, ("cloud_refused", "{about} refused the request ({status}).", Remedy.NONE))
    return CloudError(code, text.format(about=about, status=status) + quoted, remedy=remedy, **params)


_LASTING = {
    401: (
        "cloud_key_refused",
        "The service does not accept the API key: it is missing, wrong or expired. Set another with "
        "`image-engine cloud key set`.",
        Remedy.STOP,
    ),
    402: (
        "cloud_credits",
        "The account has no credits left, so everything that waits stays waiting. Get more, then go on.",
        Remedy.STOP,
    ),
    403: ("cloud_forbidden", "The API key may not use {about}.", Remedy.NEXT_MODEL),
    404: ("cloud_not_served", "{about} is not served to this account.", Remedy.DEAD_MODEL),
    410: ("cloud_retired", "{about} was retired.", Remedy.DEAD_MODEL),
    413: ("cloud_too_large", "The picture was too large for {about}.", Remedy.NONE),
    415: ("cloud_wrong_type", "{about} does not take this kind of file.", Remedy.NONE),
    422: ("cloud_not_understood", "{about} did not understand the request.", Remedy.NONE),
}  # fmt: skip


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for; dates, which nobody sends here, count as nothing said."""
    text = headers.get("Retry-After", "").strip()
    return min(float(text), 3600.0) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text) else None


def said_in(body: bytes) -> str:
    """What an error body says for people: the first of error.message, message, detail, title; else its beginning."""
    text = body[:65_536].decode("utf-8", "replace")
    try:
        found = _said(json.loads(text))
    except (ValueError, RecursionError):
        found = "" if text.lstrip()[:1] == "<" else text  # a page of HTML says nothing that helps
    return plain(found)[:_MOST]


def _said(value: Any) -> str:
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    error = value.get("error")
    candidates = [error.get("message") if isinstance(error, dict) else error, value.get("message"), value.get("detail")]
    for candidate in [*candidates, value.get("title")]:
        if isinstance(candidate, str) and candidate.strip():
            return candidate
        if isinstance(candidate, list) and candidate:
            return "; ".join(map(_place_and_message, candidate[:5]))
    return ""


def _place_and_message(one: Any) -> str:
    if not isinstance(one, dict):
        return str(one)
    place = one.get("loc")
    where = ".".join(map(str, place)) if isinstance(place, list) else ""
    return f"{where}: {one.get('msg', '')}" if where else str(one.get("msg", ""))


def plain(text: str) -> str:
    """A stranger's text as one line without what moves a cursor, hides, or turns the direction of writing."""
    kept = "".join(one if unicodedata.category(one)[0] != "C" or one in "\n\t\u200c\u200d" else " " for one in text)
    return " ".join(kept.split())
