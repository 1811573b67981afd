"""Whether a service answers, and with which model: it is shown a grey square, and nothing of the person's."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from engines.analysis.asking import manner_of
from engines.cancel import CancelToken
from engines.cloud.address import Service, is_nvidia
from engines.cloud.client import Client
from engines.cloud.key import Key, needed_key
from engines.cloud.pace import Pace
from engines.cloud.retail import RetailObjectDetector
from engines.cloud.vision_language import VisionLanguageModel
from engines.errors import CloudError
from engines.settings import Cloud

_GREY_SIDE = 32  # px


@dataclass(frozen=True, slots=True)
class Tried:
    """A model with why it does not answer; '' if it does."""

    model: str
    fault: str


@dataclass(frozen=True, slots=True)
class Trial:
    """listed: the ids that the service offers. tried: in their order, until one answered. retail: why NVIDIA's detector
    of products does not answer, '' if it does, None where there is none."""

    listed: Sequence[str]
    tried: Sequence[Tried]
    retail: str | None

    @property
    def model(self) -> str | None:
        """The one that answered."""
        return next((one.model for one in self.tried if not one.fault), None)


def try_out(service: Service, key: Key | None, settings: Cloud, token: CancelToken | None = None) -> Trial:
    """What the service says to a grey picture. Raises CloudError where it says nothing at all."""
    if settings.offline:
        raise CloudError("cloud_offline", "Nothing is sent while cloud.offline is on, not even a test.")
    if key is None and is_nvidia(service.host):
        key = needed_key(service)
    import numpy as np  # with what makes JPEGs and clips, only here

    from engines.cloud.sending import clip_of, jpeg_of

    grey = np.full((_GREY_SIDE, _GREY_SIDE, 3), 128, np.uint8)
    memory = _Forgetful()
    secret = key.secret if key is not None else None
    pace = Pace(settings.requests_per_minute)
    with closing(Client(service, secret, pace, memory, token or CancelToken())) as client:
        listed = client.models()
        model = VisionLanguageModel(client, memory, manner_of(settings), settings.models)
        tried = [Tried(name, fault) for name, fault in model.probe(jpeg_of(grey))]
        if service.functions is None:
            return Trial(listed, tried, None)
        clip, size = clip_of([grey])
        try:
            RetailObjectDetector(client, memory).detect_products(clip, size)
        except CloudError as error:
            return Trial(listed, tried, str(error))
        return Trial(listed, tried, "")


class _Forgetful:
    """Counts and remembers nothing."""

    def begin(self, model: str, sent_bytes: int) -> int:
        return 0

    def end(self, call: int, status: int, seconds: float) -> None: ...

    def reply(self, key: bytes) -> bytes | None:
        return None

    def keep_reply(self, key: bytes, body: bytes) -> None: ...

    def dead_models(self) -> frozenset[str]:
        return frozenset()

    def bury_model(self, model: str, reason: str) -> None: ...
