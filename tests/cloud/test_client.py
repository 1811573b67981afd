"""The client against a server that speaks the protocol as documented, and against every way in which it can fail."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engines.cancel import Cancelled, CancelToken
from engines.cloud.address import Service
from engines.cloud.client import Client
from engines.cloud.vision_language import VisionLanguageModel
from engines.errors import CloudError, Remedy
from tests.cloud.conftest import KEY, MakeClient
from tests.cloud_book import Book
from tests.cloud_server import ASSET_ID, CloudServer

CHAT = "/chat/completions"


def describe(client: Client, book: Book, jpeg: bytes) -> Any:
    return VisionLanguageModel(client, book, chosen=["test/vision", "test/second"]).describe_image(jpeg, again=True)


def refused(client: Client, book: Book, jpeg: bytes) -> CloudError:
    with pytest.raises(CloudError) as caught:
        describe(client, book, jpeg)
    assert KEY not in f"{caught.value!r} {caught.value} {caught.value.message}"
    return caught.value


def test_a_picture_is_described(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    answer = describe(client, book, jpeg)
    assert answer.value.text == "A red bicycle leans against a wall."
    assert answer.value.tags == ("bicycle", "wall", "red")
    (asked,) = server.asked
    body = json.loads(base64.b64decode(asked["body"]))
    picture, text = body["messages"][-1]["content"]  # the picture first, as some models want it
    assert base64.b64decode(picture["image_url"]["url"].removeprefix("data:image/jpeg;base64,")) == jpeg
    assert "JSON" in text["text"]
    assert body["stream"] is False
    assert asked["headers"]["Authorization"] == f"Bearer {KEY}"
    assert [call[2] for call in book.calls] == [200]


# Bodies as they were seen, by layer; the code of the error, what can be done, and how often it is asked.
BODIES = [
    (400, '{"type":"urn:x","title":"Bad Request","status":400,"detail":"bad picture"}', "cloud_refused", 1),
    (400, '{"object":"error","message":"bad picture","type":"BadRequestError","code":400}', "cloud_refused", 1),
    (401, '{"status":401,"title":"Unauthorized","detail":"no"}', "cloud_key_refused", 1),
    (402, '{"status":402,"title":"Payment Required","detail":"Cloud credits expired"}', "cloud_credits", 1),
    (413, "Payload Too Large", "cloud_too_large", 1),
    (415, '{"detail":"Unsupported Media Type"}', "cloud_wrong_type", 1),
    (422, '{"detail":[{"loc":["body","messages",0],"msg":"bad part","type":"x"}]}', "cloud_not_understood", 1),
    (422, '{"detail":"[{\\"loc\\": 1}]"}', "cloud_not_understood", 1),
    (408, "", "cloud_busy", 3),
    (429, '{"status":429,"title":"Too Many Requests"}', "cloud_busy", 3),
    (500, "<html><body>Oops</body></html>", "cloud_busy", 3),
    (502, "", "cloud_busy", 3),
    (503, "loading", "cloud_busy", 3),
    (504, "", "cloud_busy", 3),
    (400, '{"detail":"ResourceExhausted: Worker local total request limit reached (33/32)"}', "cloud_busy", 3),
]


@pytest.mark.parametrize(("status", "body", "code", "tries"), BODIES)
def test_a_refusal_becomes_a_sentence(
    client: Client, book: Book, jpeg: bytes, server: CloudServer, status: int, body: str, code: str, tries: int
) -> None:
    server.order({"match": CHAT, "times": 99, "status": status, "body": body})
    error = refused(client, book, jpeg)
    assert error.message.code == code
    assert str(error).endswith((".", "?", "!", ")", "]")) or "It says: " in str(error)
    assert "<html" not in str(error)
    assert len(server.asked) == tries


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, '{"status":403,"title":"Forbidden","detail":"Authorization failed"}'),
        (404, '{"status":404,"title":"Not Found","detail":"Function \'x\': Not found for account \'y\'"}'),
        (410, '{"type":"about:blank","title":"Gone","status":410,"detail":"reached its end of life"}'),
        (400, '{"detail":"DEGRADED function cannot be invoked"}'),
        (500, '{"error":{"code":500,"message":"image input is not supported - hint: mmproj"}}'),
    ],
)
def test_where_one_model_will_not_another_may(
    client: Client, book: Book, jpeg: bytes, server: CloudServer, status: int, body: str
) -> None:
    server.order({"match": "test/vision", "times": 99, "status": status, "body": body})
    assert describe(client, book, jpeg).model == "test/second"
    assert [one["model"] for one in server.asked] == ["test/vision", "test/second"]
    assert set(book.dead) == ({"test/vision"} if status in (404, 410) else set())
    describe(client, book, jpeg)
    assert len(server.asked) == (3 if book.dead else 4)


def test_a_busy_service_is_asked_again(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    server.order({"match": CHAT, "status": 429}, {"match": CHAT, "then": "drop"})
    assert describe(client, book, jpeg).value.text
    assert [call[2] for call in book.calls] == [429, 0, 200]


def test_it_waits_as_long_as_it_is_told_to(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    server.order({"match": CHAT, "status": 429, "headers": [["Retry-After", "0.4"]]})
    describe(client, book, jpeg)
    first, second = (one["at"] for one in server.asked)
    assert second - first >= 0.4


def test_a_service_that_wants_long_peace_is_left_alone(
    client: Client, book: Book, jpeg: bytes, server: CloudServer
) -> None:
    server.order({"match": CHAT, "status": 429, "headers": [["Retry-After", "120"]]})
    error = refused(client, book, jpeg)
    assert (error.remedy, error.after_s) == (Remedy.LATER, 120)
    assert len(server.asked) == 1


@pytest.mark.parametrize("then", ["drop", "cut"])
def test_a_broken_reply_is_asked_for_again(
    client: Client, book: Book, jpeg: bytes, server: CloudServer, then: str
) -> None:
    server.order({"match": CHAT, "then": then})
    assert describe(client, book, jpeg).value.text
    server.order({"match": CHAT, "times": 99, "then": then})
    assert refused(client, book, jpeg).remedy is Remedy.LATER


@pytest.mark.parametrize("then", ["drip", "drip headers", "slow"])
def test_a_reply_that_never_ends_is_broken_off(
    make_client: MakeClient, book: Book, jpeg: bytes, server: CloudServer, then: str
) -> None:
    server.order({"match": CHAT, "times": 99, "then": then})
    client = make_client(seconds=0.5)
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(0.05):
            client.tick()

    watch = threading.Thread(target=tick)
    watch.start()
    started = time.monotonic()
    error = refused(client, book, jpeg)
    ended.set()
    watch.join()
    assert time.monotonic() - started < 4
    assert error.remedy is Remedy.LATER


@pytest.mark.parametrize("then", ["drip", "slow"])
def test_a_cancel_ends_what_is_under_way(
    make_client: MakeClient, book: Book, jpeg: bytes, server: CloudServer, then: str
) -> None:
    server.order({"match": CHAT, "times": 99, "then": then})
    token = CancelToken()
    client = make_client(token=token, seconds=60)
    outcome: list[str] = []

    def ask() -> None:
        with suppress(Cancelled):
            describe(client, book, jpeg)
        outcome.append("ended")

    asking = threading.Thread(target=ask)
    asking.start()
    while not server.asked:
        time.sleep(0.02)
    time.sleep(0.1)
    token.cancel()
    started = time.monotonic()
    client.tick()
    asking.join(5)
    assert outcome == ["ended"]
    assert time.monotonic() - started < 0.5


def test_a_body_without_end_is_not_read(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    server.order({"match": CHAT, "times": 99, "then": "huge"})
    assert refused(client, book, jpeg).message.code == "cloud_too_much"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        "<html>hello</html>",
        "[" * 100_000,
        '{"choices": []}',
        '{"choices": [{"message": 3}]}',
        '{"choices": {"0": 1}}',
        "3",
        "null",
        '{"choices": [{"message": {"content": null}}]}',
        '{"choices": [{"message": {"content": ""}}]}',
        '{"choices": [{"message": {"content": "<think>hm"}}]}',
        '{"choices": [{"message": {"content": "{}"}}]}',
    ],
)
def test_nonsense_is_no_answer(client: Client, book: Book, jpeg: bytes, server: CloudServer, body: str) -> None:
    server.order({"match": CHAT, "times": 99, "status": 200, "body": body})
    assert refused(client, book, jpeg).message.code in ("cloud_unreadable", "cloud_empty")
    assert not book.replies


def test_a_packed_reply_is_not_unpacked(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    import gzip

    bomb = base64.b64encode(gzip.compress(b" " * 50_000_000)).decode()
    server.order({"match": CHAT, "times": 9, "then": "raw", "body": bomb, "headers": [["Content-Encoding", "gzip"]]})
    assert refused(client, book, jpeg).message.code == "cloud_unreadable"


def test_the_key_is_told_to_nobody_else(client: Client, server: CloudServer) -> None:
    """Large results lie on another host, pictures go to a store: both would be sent the key by a careless client."""
    with client.asset(b"video", "video/mp4") as asset_id:
        assert asset_id == ASSET_ID
        body = {"input_video": asset_id, "threshold": 0.6}
        reply = client.ask(f"{server.host}/v1/cv/nvidia/retail-object-detection", body, "retail", assets=(asset_id,))
    assert reply.startswith(b"PK")
    assert server.deleted == [ASSET_ID]
    second = server.second.removeprefix("http://")
    with_key = {one["host"] for one in server.log if "Authorization" in one["headers"]}
    assert second in {one["host"] for one in server.log}
    assert with_key == {server.host.removeprefix("http://")}


def test_an_upload_is_deleted_whatever_happens(client: Client, server: CloudServer) -> None:
    server.order({"match": "retail", "times": 9, "status": 402})
    with pytest.raises(CloudError, match="no credits"), client.asset(b"video", "video/mp4") as asset_id:
        client.ask(f"{server.host}/v1/cv/nvidia/retail-object-detection", {}, "retail", assets=(asset_id,))
    assert server.deleted == [ASSET_ID]


def test_an_upload_is_deleted_also_after_a_cancel(make_client: MakeClient, server: CloudServer) -> None:
    token = CancelToken()
    client = make_client(token=token)

    def begin() -> None:
        with client.asset(b"video", "video/mp4"):
            token.cancel()
            token.check()

    with pytest.raises(Cancelled):
        begin()
    assert server.deleted == [ASSET_ID]


@pytest.mark.parametrize("request_id", ["../../v2/keys", "no uuid", ""])
def test_a_request_id_that_is_none_is_put_in_no_address(client: Client, server: CloudServer, request_id: str) -> None:
    server.order({"match": "retail", "status": 202, "headers": [["NVCF-REQID", request_id]]})
    with pytest.raises(CloudError, match="no answer"):
        client.ask(f"{server.host}/v1/cv/nvidia/retail-object-detection", {}, "retail")
    assert not [one for one in server.log if "status" in one["path"]]


def test_waiting_for_a_result_ends(client: Client, server: CloudServer) -> None:
    server.order({"match": "retail", "times": 9, "then": "poll"}, {"match": "status", "times": 9999, "then": "poll"})
    with pytest.raises(CloudError) as caught:
        client.ask(f"{server.host}/v1/cv/nvidia/retail-object-detection", {}, "retail")
    assert caught.value.message.code == "cloud_slow"


@pytest.mark.parametrize(
    "place",
    ["https://169.254.169.254/latest", "http://10.0.0.1/", "http://8.8.8.8/", "file:///etc/passwd", "ftp://127.0.0.1/"],
)
def test_a_redirect_to_a_bad_place_is_not_followed(
    client: Client, book: Book, jpeg: bytes, server: CloudServer, place: str
) -> None:
    server.order({"match": CHAT, "times": 9, "status": 302, "headers": [["Location", place]]})
    error = refused(client, book, jpeg)
    assert error.message.code == "cloud_redirect"


def test_redirects_in_circles_end(client: Client, book: Book, jpeg: bytes, server: CloudServer) -> None:
    server.order({"match": "", "times": 99, "status": 302, "headers": [["Location", f"{server.second}/again"]]})
    assert refused(client, book, jpeg).message.code == "cloud_redirect"


def test_a_server_that_repeats_the_key_does_not_spread_it(
    client: Client, book: Book, jpeg: bytes, server: CloudServer
) -> None:
    server.order({"match": CHAT, "times": 9, "status": 400, "body": json.dumps({"detail": f"key {KEY} is odd\x1b[2J"})})
    error = refused(client, book, jpeg)
    assert "[key]" in str(error)
    assert "\x1b" not in str(error)


def test_nobody_there_is_a_sentence(make_client: MakeClient, book: Book, jpeg: bytes) -> None:
    error = refused(make_client(to=Service("http://127.0.0.1:9/v1")), book, jpeg)
    assert (error.message.code, error.remedy) == ("cloud_unreachable", Remedy.LATER)


def test_a_certificate_that_nobody_vouches_for_ends_it(
    make_client: MakeClient, book: Book, jpeg: bytes, tmp_path: Path
) -> None:
    """A service that is not who it says it is gets neither key nor picture."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path))
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            plain, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(plain, server_side=True) as secured:
                received.append(secured.recv(100))

        accepting = threading.Thread(target=accept)
        accepting.start()
        error = refused(make_client(to=Service(f"https://localhost:{listener.getsockname()[1]}/v1")), book, jpeg)
        accepting.join(5)
    assert (error.message.code, error.remedy) == ("cloud_certificate", Remedy.STOP)
    assert received in ([], [b""])


def own_certificate(place: Path) -> Path:
    """A key and a certificate for localhost that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.Encoding.PEM
    private = key.private_bytes(form, serialization.PrivateFormat.PKCS8, plain)
    (place / "own.pem").write_bytes(private + certificate.public_bytes(form))
    return place / "own.pem"
