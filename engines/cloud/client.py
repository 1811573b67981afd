"""Asks one service: in its pace, again where that helps, through waiting, redirects and uploads."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

from engines.cancel import CancelToken
from engines.cloud import faults
from engines.cloud.address import Service, check_redirect, takes_key
from engines.cloud.pace import Pace
from engines.cloud.transport import Reply, Transport
from engines.errors import CloudError, Remedy
from engines.secret import Secret

JSON_BYTES = 4_000_000  # of a reply; a description has 4 KB
FILE_BYTES = 64_000_000  # of a reply that is an archive
_TRIES = 3
_FIRST_WAIT_S = 1.0  # doubled after each try, half to one and a half times
_LONGEST_WAIT_S = 30.0  # for whoever wants to be left alone longer, others go first
_POLLING_S = 600.0
_POLL_EVERY_S = 1.0
_REDIRECTS = 3
_ASSET_NOTE = "picture"
_Outcome = TypeVar("_Outcome")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Meter(Protocol):
    """Counts requests: begun before they leave, so that one that never ends counts as well."""

    def begin(self, model: str, sent_bytes: int) -> int: ...

    def end(self, call: int, status: int, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """How waiting is done, and for how long each thing is waited for; tests wait otherwise."""

    sleep: Callable[[float], None] = time.sleep
    first_s: float = _FIRST_WAIT_S
    poll_s: float = _POLL_EVERY_S
    polling_s: float = _POLLING_S


class Client:
    """Speaks to one service; several threads may ask at once.

    key: shown to the service and to nobody else. Every method raises CloudError and Cancelled.
    """

    def __init__(
        self,
        service: Service,
        key: Secret | None,
        pace: Pace,
        meter: Meter,
        token: CancelToken,
        *,
        transport: Transport | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        self.service = service
        self._key = key
        self._pace = pace
        self._meter = meter
        self._token = token
        self._transport = transport or Transport(local=service.is_local, token=token)
        self._waiting = waiting or Waiting()

    def tick(self) -> None:
        """See Transport.tick."""
        self._transport.tick()

    def close(self) -> None:
        self._transport.close()

    def models(self) -> list[str]:
        """The ids that the service lists; more than it lets this account use."""
        reply = self._once("GET", f"{self.service.base}/models", None, {}, self.service.name, JSON_BYTES)
        listed = read_json(self._sound(reply, self.service.name), self.service.name)
        entries = listed.get("data") if isinstance(listed, dict) else None
        ids = [one.get("id") for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
        return [faults.plain(one)[:200] for one in ids if isinstance(one, str)]

    def ask(
        self, url: str, body: Mapping[str, Any], about: str, *, assets: tuple[str, ...] = (), most: int = JSON_BYTES
    ) -> bytes:
        """The body of the answer, waited for where it takes long. about: the model, for errors and the meter."""
        headers = {}
        if assets:
            listed = ",".join(assets)
            headers = {"NVCF-INPUT-ASSET-REFERENCES": listed, "NVCF-FUNCTION-ASSET-IDS": listed}
        data = as_json(body)
        return self._again_where_it_helps(lambda: self._asked(url, data, headers, about, most))

    @contextmanager
    def asset(self, data: bytes, content_type: str) -> Iterator[str]:
        """The id of these bytes at the service, for as long as the block lasts: then they are deleted there."""
        place = f"{self.service.assets}/assets"
        about = f"{self.service.name}'s storage"
        request = as_json({"contentType": content_type, "description": _ASSET_NOTE})
        asset_id, upload = self._again_where_it_helps(lambda: self._new_asset(place, request, about))
        try:
            self._again_where_it_helps(lambda: self._upload(upload, data, content_type, about))
            yield asset_id
        finally:
            self._delete(f"{place}/{asset_id}", about)

    def _delete(self, url: str, about: str) -> None:
        """What was uploaded is the person's picture: a refusal to delete it is no reason to lose the answer, yet every
        effort is made, also after a cancel."""
        transport = Transport(local=self.service.is_local, token=CancelToken(), seconds=10.0)
        with suppress(CloudError):
            transport.send("DELETE", url, self._headers(url), None, most_bytes=JSON_BYTES, about=about)
        transport.close()

    def _new_asset(self, url: str, request: bytes, about: str) -> tuple[str, str]:
        reply = self._once("POST", url, request, {}, about, JSON_BYTES)
        answer = read_json(self._sound(reply, about), about)
        asset_id, upload = (answer.get(name) if isinstance(answer, dict) else None for name in ("assetId", "uploadUrl"))
        if not isinstance(asset_id, str) or not _UUID.fullmatch(asset_id) or not isinstance(upload, str):
            raise unreadable(about)
        check_redirect(self.service, upload)
        return asset_id, upload

    def _upload(self, url: str, data: bytes, content_type: str, about: str) -> None:
        """To storage that is not the service's own: without the key, which it must not see and would refuse."""
        headers = {"Content-Type": content_type, "x-amz-meta-nvcf-asset-description": _ASSET_NOTE}
        reply = self._transport.send("PUT", url, headers, data, most_bytes=JSON_BYTES, about=about)
        self._sound(reply, about)

    def _asked(self, url: str, data: bytes, headers: Mapping[str, str], about: str, most: int) -> bytes:
        self._pace.wait(self._token)
        call, started, status = self._meter.begin(about, len(data)), time.monotonic(), 0
        try:
            reply = self._once("POST", url, data, headers, about, most)
            reply = self._followed(self._awaited(url, reply, about, most), url, about, most)
            status = reply.status
        except CloudError as error:
            status = int(error.message.params.get("status", 0))
            raise
        finally:
            self._meter.end(call, status, time.monotonic() - started)
        return self._sound(reply, about)

    def _awaited(self, url: str, reply: Reply, about: str, most: int) -> Reply:
        """The reply once it is ready; 202 says that it is not."""
        until = time.monotonic() + self._waiting.polling_s
        status_url, request_id = f"{self.service.assets or self.service.base}/pexec/status", ""
        while reply.status == 202:
            request_id = _request_id(reply) or request_id
            if not request_id:
                raise unreadable(about)
            if time.monotonic() > until:
                text = f"{about} did not finish in time; it will be asked again later."
                raise CloudError("cloud_slow", text, remedy=Remedy.LATER, about=about)
            self._nap(self._waiting.poll_s)
            reply = self._once("GET", f"{status_url}/{request_id}", None, {}, about, most)
            if reply.status == 404 and url.startswith(self.service.base) and "/pexec/" in status_url:
                status_url = f"{self.service.base}/status"
                reply = self._once("GET", f"{status_url}/{request_id}", None, {}, about, most)
        return reply

    def _followed(self, reply: Reply, url: str, about: str, most: int) -> Reply:
        """The reply where a large result was put elsewhere; the key goes along only to the service's own hosts."""
        for _ in range(_REDIRECTS):
            if reply.status not in (301, 302, 303, 307, 308):
                return reply
            url = urljoin(url, reply.headers.get("Location", ""))
            check_redirect(self.service, url)
            reply = self._once("GET", url, None, {}, about, most)
        text = f"{about} leads in circles; its answer was not found."
        raise CloudError("cloud_redirect", text, about=about)

    def _once(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str], about: str, most: int
    ) -> Reply:
        sent = {"Accept": "application/json, application/zip", **self._headers(url), **headers}
        if data is not None:
            sent["Content-Type"] = "application/json"
        return self._transport.send(method, url, sent, data, most_bytes=most, about=about)

    def _headers(self, url: str) -> dict[str, str]:
        parts = urlsplit(url)
        if self._key is None or not takes_key(self.service, parts.hostname or "", parts.port):
            return {}
        return {"Authorization": f"Bearer {self._key.reveal()}"}

    def _sound(self, reply: Reply, about: str) -> bytes:
        if reply.status >= 300:
            raise faults.fault_of(reply.status, reply.headers, reply.body, about, self._key)
        return reply.body

    def _again_where_it_helps(self, ask: Callable[[], _Outcome]) -> _Outcome:
        wait_s = self._waiting.first_s
        for left in reversed(range(_TRIES)):
            try:
                return ask()
            except CloudError as error:
                wanted_s = max(error.after_s or 0.0, wait_s * random.uniform(0.5, 1.5))
                if error.remedy is not Remedy.LATER or not left or wanted_s > _LONGEST_WAIT_S:
                    raise
                self._nap(wanted_s)
                wait_s *= 2
        raise AssertionError("the last try returns or raises")

    def _nap(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._token.check()
            self._waiting.sleep(min(left, 0.1))
        self._token.check()


def as_json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def read_json(body: bytes, about: str) -> Any:
    """Raises CloudError for what is no JSON, or is nested too deeply to be an answer."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise unreadable(about) from None


def unreadable(about: str) -> CloudError:
    text = f"{about} sent something that is no answer. Try again later, or choose another model."
    return CloudError("cloud_unreadable", text, about=about)


def _request_id(reply: Reply) -> str | None:
    found: Any = reply.headers.get("NVCF-REQID")
    if not found and reply.body:
        with suppress(ValueError, RecursionError):
            answer = json.loads(reply.body)
            found = answer.get("requestId") if isinstance(answer, dict) else None
    return found if isinstance(found, str) and _UUID.fullmatch(found) else None
