"""Whether a service answers, and with which model: it is shown a grey square, and nothing of the person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from engines.analysis.asking import manner_of
from engines.cancel import CancelToken
from engines.cloud.address import Service, is_nvidia
from engines.cloud.client import Client
from engines.cloud.key import Key, needed_key
from engines.cloud.pace import Pace
from engines.cloud.retail import RETAIL, RetailObjectDetector
from engines.cloud.vision_language import VisionLanguageModel
from engines.errors import CloudError
from engines.settings import Cloud
from engines.types import Message

_GREY_SIDE = 32  # px


@dataclass(frozen=True, slots=True)
class Tried:
    """A model or function with why it does not answer; None if it does."""

    name: str
    fault: Message | None


@dataclass(frozen=True, slots=True)
class Trial:
    """listed: the ids that the service offers. tried: in their order, until one answered. retail: NVIDIA's detector of
    products; None where there is none."""

    listed: Sequence[str]
    tried: Sequence[Tried]
    retail: Tried | None

    @property
    def model(self) -> str | None:
        """The one that answered."""
        return next((one.name for one in self.tried if one.fault is None), None)


@contextmanager
def trial_client(service: Service, key: Key | None, settings: Cloud, token: CancelToken) -> Iterator[Client]:
    """Who asks for a trial: nothing is counted or remembered. Raises CloudError where nobody may be asked."""
    if settings.offline:
        raise CloudError("cloud_offline", "Nothing is sent while cloud.offline is on, not even a test.")
    if key is None and is_nvidia(service.host):
        key = needed_key(service)
    secret = key.secret if key is not None else None
    with closing(Client(service, secret, Pace(settings.requests_per_minute), _Forgetful(), token)) as client:
        yield client


def try_out(client: Client, settings: Cloud) -> Trial:
    """What the service says to a grey picture. Raises CloudError where it says nothing at all."""
    import numpy as np  # with what makes JPEGs and clips, only here

    from engines.cloud.sending import clip_of, jpeg_of

    grey = np.full((_GREY_SIDE, _GREY_SIDE, 3), 128, np.uint8)
    listed = client.models()
    model = VisionLanguageModel(client, _Forgetful(), manner_of(settings), settings.models)
    tried = [Tried(name, error.message if error else None) for name, error in model.probe(jpeg_of(grey))]
    if client.service.functions is None:
        return Trial(listed, tried, None)
    clip, size = clip_of([grey])
    try:
        RetailObjectDetector(client, _Forgetful()).detect_products(clip, size)
    except CloudError as error:
        return Trial(listed, tried, Tried(RETAIL, error.message))
    return Trial(listed, tried, Tried(RETAIL, None))


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
