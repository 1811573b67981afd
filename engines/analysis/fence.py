"""The one place that decides whether a picture may leave: every way to a service passes here, twice.

Asked when a request is made, so that nothing forbidden waits, and again right before its picture is made ready, because
minutes or days may lie between.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from engines.cloud.address import Service
from engines.library.cloud.permissions import Permission, is_allowed, is_forbidden
from engines.library.cloud.store import CloudStore
from engines.settings import Cloud
from engines.types import Message


@dataclass(frozen=True, slots=True)
class Fence:
    """What holds for one service now. Made anew whenever settings or permissions change; see `fence`."""

    service: Service
    offline: bool
    permissions: Sequence[Permission]

    def refusal(self, places: Sequence[bytes]) -> Message | None:
        """Why a picture may not be sent; None if it may.

        places: all that are known to hold it, absolute and os.fsencode'd, first the one that would be read. One of them
        that is forbidden forbids it; the first one has to be allowed.
        """
        if self.offline:
            return Message("cloud_offline", "Nothing is sent while cloud.offline is on.")
        if not places:
            return Message("cloud_no_file", "No file holds this picture any more, so it was not sent.")
        shown = os.fsdecode(os.path.basename(places[0]))
        if any(is_forbidden(self.permissions, place) for place in places):
            text = f"{shown} lies, or has a copy, in a folder from which nothing may ever be sent."
            return Message("cloud_forbidden_folder", text, {"name": shown})
        if not is_allowed(self.permissions, places[0], self.service.name):
            text = f"{shown} lies in no folder that may be sent to {self.service.name}."
            return Message("cloud_not_allowed", text, {"name": shown, "service": self.service.name})
        return None


def places(store: CloudStore, content_id: int, path: str | None = None) -> list[bytes]:
    """Where a picture lies, for refusal(). path: the file that will be read; else the one that would be.

    Also where that file really is, if it is only linked to: a link must not lead out of a forbidden folder.
    """
    known = store.places_of(content_id)
    read = os.fsencode(path) if path is not None else next(iter(known), None)
    return [read, os.path.realpath(read), *known] if read is not None else []


def fence(store: CloudStore, settings: Cloud, service: Service) -> Fence:
    """As it stands now."""
    return Fence(service, settings.offline, store.permissions())
