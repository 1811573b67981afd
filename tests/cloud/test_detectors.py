"""The product detectors and the other questions, from bytes to answers."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engines import secret
from engines.cloud.address import Service
from engines.cloud.client import Client
from engines.cloud.retail import RetailObjectDetector
from engines.cloud.vision_language import VisionLanguageModel
from engines.errors import CloudError
from tests.cloud.conftest import MakeClient
from tests.cloud_book import Book
from tests.cloud_server import ASSET_ID, CloudServer
from tests.product_score import score


def test_the_retail_detector_is_sent_a_clip(client: Client, book: Book, server: CloudServer) -> None:
    """Upload, 202 twice, 302 to another host, an archive; then the same again from memory."""
    detector = RetailObjectDetector(client, book)
    answer = detector.detect_products(b"clip", (1280, 720))
    assert [(one.product, one.confidence) for one in answer.value.detections] == [
        ("cereal box", 0.95),
        ("coke can", 0.7),
    ]
    assert not answer.cached
    assert server.deleted == [ASSET_ID]
    uploaded = next(one for one in server.log if one["method"] == "PUT")
    assert base64.b64decode(uploaded["body"]) == b"clip"
    asked = next(one for one in server.log if "retail" in one["path"])
    assert json.loads(base64.b64decode(asked["body"])) == {"input_video": ASSET_ID, "threshold": 0.6}
    assert asked["headers"]["NVCF-INPUT-ASSET-REFERENCES"] == ASSET_ID
    requests = len(server.log)
    assert detector.detect_products(b"clip", (1280, 720)).cached
    assert len(server.log) == requests
    assert not detector.detect_products(b"clip", (1280, 720), again=True).cached


def test_own_words_are_looked_for_in_a_photo(client: Client, book: Book, server: CloudServer, jpeg: bytes) -> None:
    answer = RetailObjectDetector(client, book).find_products(jpeg, (64, 48), ["bottle", "coke can."])
    (one,) = answer.value.detections
    assert (one.product, one.box) == ("bottle", (0.5, 0.5, 0.25, 0.25))
    asked = json.loads(base64.b64decode(server.log[-1]["body"]))
    assert asked["messages"][0]["content"][0]["text"] == "bottle. coke can."
    assert not server.deleted


def test_a_server_at_home_has_no_detector(make_client: MakeClient, server: CloudServer, book: Book) -> None:
    client = make_client(to=Service(server.base))
    with pytest.raises(CloudError, match="list products instead"):
        RetailObjectDetector(client, book).find_products(b"x", (1, 1), ["a"])


@pytest.mark.parametrize("again", [True, False])
def test_the_same_is_not_asked_twice(client: Client, book: Book, jpeg: bytes, server: CloudServer, again: bool) -> None:
    model = VisionLanguageModel(client, book)
    assert not model.describe_image(jpeg).cached
    assert model.describe_image(jpeg, again=again).cached is not again
    assert not model.generate_searchable_tags(jpeg).cached  # other words, other question
    assert len(server.asked) == 2 + again


def test_every_question_has_its_answer(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    model = VisionLanguageModel(client, book)
    for context in ("video", "action", "scene"):
        assert model.analyze_video_frame(jpeg, context).value.text
    assert model.describe_video_frames(jpeg, 5).value.text
    assert model.generate_searchable_tags(jpeg).value == ("bicycle", "city")
    assert model.list_products(jpeg).value == [{"name": "Coke can", "count": 2}, {"name": "Oat milk"}]
    server.order({"match": "/chat/", "status": 200, "body": _chat("0:01 A man enters.\n0:05 He leaves.")})
    assert model.describe_moments(jpeg, [1.0, 5.0]).value == [(1.0, "A man enters."), (5.0, "He leaves.")]
    assert model.probe(jpeg) == [("test/vision", None)]


def _chat(text: str) -> str:
    from tests.cloud_server import chat

    return json.dumps(chat(text))


def test_a_clip_goes_to_a_model_that_takes_one(make_client: MakeClient, book: Book, server: CloudServer) -> None:
    client = make_client()
    with pytest.raises(CloudError, match="no model that takes videos"):
        VisionLanguageModel(client, book, chosen=["google/gemma-3n-e4b-it"]).describe_video(b"clip")
    answer: Any = VisionLanguageModel(client, book, chosen=["nvidia/nemotron-nano-12b-v2-vl"]).describe_video(b"clip")
    assert answer.value.text
    body = json.loads(base64.b64decode(server.asked[-1]["body"]))
    assert body["messages"][0] == {"role": "system", "content": "/no_think"}
    assert body["messages"][1]["content"][0]["video_url"]["url"].startswith("data:video/mp4;base64,")


def test_finds_are_rated_against_labels(tmp_path: Path, server: CloudServer) -> None:
    """By the program itself, with a server at home that always sees two coke cans and oat milk."""
    for number in range(2):
        Image.effect_noise((64 + number, 48), 60).convert("RGB").save(tmp_path / f"{number}.jpg")
    (tmp_path / "labels.csv").write_text("file,labels\n0.jpg,Coke cans;Tea\n1.jpg,Oat milk\n2.txt,\n")
    found = score(tmp_path, None, "--set", "cloud.server=other", "--set", f"cloud.address={server.base}")
    assert found == {"precision": 0.5, "recall": 0.667, "pictures": 2, "finds": 4, "labels": 3}


def test_without_a_key_nothing_is_rated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "_held", {})
    monkeypatch.delenv("NVIDIA_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert score(tmp_path)["precision"] is None
