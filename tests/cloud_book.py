"""A meter and memory without a library."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Book:
    """calls: model, bytes sent and status of each request. replies, dead: what was remembered."""

    calls: list[tuple[str, int, int]] = field(default_factory=list)
    replies: dict[bytes, bytes] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)

    def begin(self, model: str, sent_bytes: int) -> int:
        self.calls.append((model, sent_bytes, -1))
        return len(self.calls) - 1

    def end(self, call: int, status: int, seconds: float) -> None:
        self.calls[call] = (*self.calls[call][:2], status)

    def reply(self, key: bytes) -> bytes | None:
        return self.replies.get(key)

    def keep_reply(self, key: bytes, body: bytes) -> None:
        self.replies[key] = body

    def dead_models(self) -> frozenset[str]:
        return frozenset(self.dead)

    def bury_model(self, model: str, reason: str) -> None:
        self.dead[model] = reason
