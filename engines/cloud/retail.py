"""Products with their places: asked of NVIDIA's retail detector, or of one that looks for the person's own words."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from engines.cloud.client import FILE_BYTES, Client, as_json
from engines.cloud.detections import Products, products_of
from engines.cloud.vision_language import Answer, Memory
from engines.errors import CloudError, Remedy

RETAIL = "nvidia/retail-object-detection"
OPEN_VOCABULARY = "nvidia/nv-grounding-dino"
INLINE_BYTES = 130_000  # of a JPEG; a larger one would have to be uploaded first
CONFIDENCE = 0.6
MOST = 50  # products of one picture


@dataclass
class RetailObjectDetector:
    """Every method raises CloudError and Cancelled. again: ask, whatever was answered before."""

    client: Client
    memory: Memory

    def detect_products(
        self,
        clip: bytes,
        size: tuple[int, int],
        *,
        confidence: float = CONFIDENCE,
        most: int = MOST,
        again: bool = False,
    ) -> Answer[Products]:
        """What the retail detector finds in an H.264 MP4, which it wants also of a photo. size: of it, in px.

        NVIDIA's function takes a video and nothing else; it was trained on checkout counters.
        """
        key = _key(RETAIL, clip, str(confidence))
        reply = None if again else self.memory.reply(key)
        cached = reply is not None
        if reply is None:
            with self.client.asset(clip, "video/mp4") as asset_id:
                body = {"input_video": asset_id, "threshold": confidence}
                reply = self.client.ask(self._function(RETAIL), body, RETAIL, assets=(asset_id,), most=FILE_BYTES)
        products = products_of(reply, size, RETAIL, confidence=confidence, most=most)
        if not cached:
            self.memory.keep_reply(key, reply)
        return Answer(products, RETAIL, cached)

    def find_products(
        self,
        jpeg: bytes,
        size: tuple[int, int],
        words: Sequence[str],
        *,
        confidence: float = CONFIDENCE,
        most: int = MOST,
        again: bool = False,
    ) -> Answer[Products]:
        """Where a photo shows what these words name. size: of the JPEG, in px."""
        picture = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
        asked = {"type": "text", "text": " ".join(f"{word.strip(' .')}." for word in words)}
        content = [asked, {"type": "media_url", "media_url": {"url": picture}}]
        body = {
            "model": "Grounding-Dino",
            "messages": [{"role": "user", "content": content}],
            "threshold": confidence,
        }
        key = _key(OPEN_VOCABULARY, as_json(body))
        reply = None if again else self.memory.reply(key)
        cached = reply is not None
        if reply is None:
            reply = self.client.ask(self._function(OPEN_VOCABULARY), body, OPEN_VOCABULARY, most=FILE_BYTES)
        products = products_of(reply, size, OPEN_VOCABULARY, confidence=confidence, most=most)
        if not cached:
            self.memory.keep_reply(key, reply)
        return Answer(products, OPEN_VOCABULARY, cached)

    def _function(self, name: str) -> str:
        functions = self.client.service.functions
        if functions is None:
            text = f"{self.client.service.name} has no product detector. Let its model list products instead."
            raise CloudError("cloud_no_detector", text, remedy=Remedy.STOP, about=self.client.service.name)
        return f"{functions}/{name.partition('/')[2]}"


def _key(*parts: bytes | str) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()
