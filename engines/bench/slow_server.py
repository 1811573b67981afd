"""A stand-in for a service: answers every question alike after a while, in a process of its own.

`python -m engines.bench.slow_server SECONDS` prints its address and serves until its input ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_ANSWER = json.dumps({"description": "A made picture of blots in many colours.", "tags": ["blots", "colours"]})
_REPLY = json.dumps({"choices": [{"message": {"role": "assistant", "content": _ANSWER}}]}).encode()
_MODELS = json.dumps({"data": [{"id": "made/vision"}]}).encode()


@contextmanager
def serving(seconds: float) -> Iterator[str]:
    """The address of one that takes so long for each answer."""
    line = [sys.executable, "-m", "engines.bench.slow_server", str(seconds)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seconds = 0.0

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        self._send(_MODELS)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.seconds)
        self._send(_REPLY)

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(seconds: float) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"seconds": seconds}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(float(sys.argv[1]))
