"""What stands between a click and the queue: who would be asked about what, and what has to be agreed to before."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from engines.analysis.asking import chosen_service
from engines.analysis.cloud_phases import CLOUD_PHASES
from engines.analysis.connecting import start_preparer
from engines.analysis.estimating import Estimate, expected, samples
from engines.analysis.fence import fence, places
from engines.analysis.requests import Added, Preparer, contents_at, request
from engines.analysis.sending import Parcel, Stretch, first_picture
from engines.cloud.address import Service, is_nvidia
from engines.cloud.key import needed_key
from engines.errors import CloudError
from engines.library.library import Library
from engines.settings import Settings
from engines.types import Message

_MOST_SILENT = 20  # files: more are not sent without saying what that comes to


@dataclass(frozen=True, slots=True)
class Subject:
    """What was clicked, looked at.

    contents: to be asked about. answered: so many were before, and are left out. forbidden: so many may never be sent.
    folders: that have to be allowed first, each with how many of the files lie in it. is_first: nothing was sent to
    this service before. stretch: of the one video that is meant. hindrance: why nothing can be asked now; only a person
    can mend it.
    """

    phase: str
    service: Service | None = None
    contents: Sequence[int] = ()
    answered: int = 0
    forbidden: int = 0
    folders: Mapping[str, int] = field(default_factory=dict)
    is_first: bool = False
    again: bool = False
    stretch: Stretch | None = None
    hindrance: Message | None = None

    @property
    def needs_consent(self) -> bool:
        return bool(self.folders) or self.is_first or len(self.contents) > _MOST_SILENT


@dataclass(frozen=True, slots=True)
class Preview:
    """parcels: the very bytes of some of the files. picture: a JPEG of the first one. more: what all else that lies in
    the folders that have to be allowed first would come to."""

    parcels: Sequence[Parcel]
    picture: bytes
    estimate: Estimate
    more: Estimate


def look(
    library: Library,
    settings: Settings,
    media_ids: Sequence[int],
    phase: str,
    *,
    again: bool = False,
    stretch: Stretch | None = None,
) -> Subject:
    """What asking this about these items would mean; nothing is decoded or sent.

    stretch: of one video; it is asked about whatever was answered about the whole before.
    """
    store = library.cloud
    try:
        service = chosen_service(settings.cloud)
        if settings.cloud.offline:
            return Subject(phase, service, hindrance=Message("cloud_offline", "Nothing is sent while offline."))
        if is_nvidia(service.host):
            needed_key(service)
    except CloudError as error:
        return Subject(phase, hindrance=error.message)
    contents = store.contents_of(media_ids)
    wanted = contents if again or stretch else store.unanswered(contents, phase, CLOUD_PHASES[phase].version)
    now = fence(store, settings.cloud, service)
    folders: Counter[str] = Counter()
    passed, forbidden = [], 0
    for content_id in wanted:
        where = places(store, content_id)
        refusal = now.refusal(where)
        if refusal is None or refusal.code == "cloud_not_allowed":
            passed.append(content_id)
        if refusal is not None and refusal.code == "cloud_not_allowed":
            folders[os.fsdecode(os.path.dirname(where[0]))] += 1
        forbidden += refusal is not None and refusal.code == "cloud_forbidden_folder"
    return Subject(
        phase,
        service,
        passed,
        len(contents) - len(wanted),
        forbidden,
        dict(sorted(folders.items())),
        not store.has_asked(service.name),
        again,
        stretch,
    )


def preview(library: Library, settings: Settings, subject: Subject) -> Preview:
    """Make some of the files ready, in worker processes, as they would be for sending."""
    assert subject.service is not None
    store, service = library.cloud, subject.service
    with start_preparer(settings, library) as preparer:
        parcels = samples(
            store, preparer, subject.contents, subject.phase, settings.cloud, service, stretch=subject.stretch
        )
        picture = _picture(preparer, parcels[0]) if parcels else b""
    count = partial(expected, store, phase=subject.phase, settings=settings.cloud, service=service, parcels=parcels)
    folders = [lacking(library, folder, subject.phase) for folder in subject.folders]
    more = {content_id for contents in folders for content_id in contents}.difference(subject.contents)
    return Preview(parcels, picture, count(content_ids=subject.contents), count(content_ids=sorted(more)))


def lacking(library: Library, folder: str, phase: str) -> list[int]:
    """The contents in a folder and below it that were never asked about."""
    contents = contents_at(library, folder)
    return library.cloud.never_asked(contents, phase, CLOUD_PHASES[phase].version)


def rest_of(library: Library, settings: Settings, folder: str, phase: str) -> Estimate:
    """What asking about all that lacks in a folder would come to."""
    store, service = library.cloud, chosen_service(settings.cloud)
    contents = lacking(library, folder, phase)
    with start_preparer(settings, library) as preparer:
        parcels = samples(store, preparer, contents, phase, settings.cloud, service)
    return expected(store, contents, phase, settings.cloud, service, parcels)


def _picture(preparer: Preparer, parcel: Parcel) -> bytes:
    """The JPEG itself, or how a clip begins; nothing where that cannot be shown."""
    if parcel.media == "image/jpeg":
        return parcel.data[0]
    preparer.submit(0, first_picture, parcel.data[0])
    while preparer.busy:
        for outcome in preparer.wait(0.1):
            return outcome.value if outcome.error is None else b""
    return b""


def ask(
    library: Library, settings: Settings, subject: Subject, allowed: Sequence[str] = (), *, always: bool = False
) -> Added:
    """Allow these folders, then put into the queue what the fence lets pass.

    always: the same is asked for every file that comes into the folders.
    """
    assert subject.service is not None
    store, service = library.cloud, subject.service
    for folder in allowed:
        store.allow(folder, service.name, [subject.phase] if always else ())
    now = fence(store, settings.cloud, service)
    return request(store, now, subject.contents, subject.phase, again=subject.again, stretch=subject.stretch)
