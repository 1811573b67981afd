"""What asking a service about files comes to, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engines.analysis.asking import plan, wish_of
from engines.analysis.requests import Preparer
from engines.analysis.sending import Parcel, Stretch, make_parcel
from engines.cloud.address import Service
from engines.library.cloud.store import CloudStore
from engines.settings import Cloud
from engines.types import Kind

_SAMPLES = 4  # files that are made ready to guess how much will be sent


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking about files comes to. sent_bytes: of pictures, guessed from some of them. minutes: at the limit."""

    files: int
    frames: int
    requests: int
    sent_bytes: int
    minutes: float


def estimate(
    photos: int, videos: int, phases: Sequence[str], settings: Cloud, service: Service, bytes_each: float = 0.0
) -> Estimate:
    """bytes_each: of one file's parcel, on average."""
    frames = requests = 0
    for phase in phases:
        for count, kind in ((photos, Kind.PHOTO), (videos, Kind.VIDEO)):
            how = plan(phase, kind, settings, service)
            frames += count * (how.frames if kind is Kind.VIDEO else 0)
            requests += count * how.requests
    files = photos + videos
    sent = round(files * bytes_each * len(phases))
    return Estimate(files, frames, requests, sent, requests / settings.requests_per_minute)


def samples(
    store: CloudStore,
    preparer: Preparer,
    content_ids: Sequence[int],
    phase: str,
    settings: Cloud,
    service: Service,
    most: int = _SAMPLES,
    *,
    stretch: Stretch | None = None,
) -> list[Parcel]:
    """The very bytes that would leave of some of these contents, which lie as far apart as can be."""
    each = content_ids[:: max(1, len(content_ids) // most)][:most]
    found = [store.of_content(content_id, phase, stretch) for content_id in each]
    waiting = [one for one in reversed(found) if one is not None]
    made: dict[int, Parcel] = {}
    while waiting or preparer.busy:
        while waiting and preparer.has_room:
            sample = waiting.pop()
            preparer.submit(sample.content_id, make_parcel, wish_of(sample, settings, service))
        made |= {outcome.key: outcome.value for outcome in preparer.wait(0.1) if outcome.error is None}
    return [made[content_id] for content_id in each if content_id in made]


def expected(
    store: CloudStore,
    content_ids: Sequence[int],
    phase: str,
    settings: Cloud,
    service: Service,
    parcels: Sequence[Parcel] = (),
) -> Estimate:
    """What asking about these contents will come to. parcels: samples of them, from which sizes are guessed."""
    subject = store.subject(content_ids)
    mean = sum(one.bytes for one in parcels) / len(parcels) if parcels else 0.0
    return estimate(subject.photos, subject.videos, [phase], settings, service, mean)
