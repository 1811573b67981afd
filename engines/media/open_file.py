"""One file as the phases see it: read once, decoded once, whichever of them asks first."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO, TypeVar

from engines.errors import MediaError
from engines.media.digest import Digest, digest_of
from engines.media.formats import Format
from engines.media.geometry import Sizing
from engines.media.reader import Decoded, Flaw, Header, NoPicture
from engines.media.readers import reader_of
from engines.media.sniff import HEAD_BYTES, sniff
from engines.media.times import mtime_ns
from engines.media.unknown import describe
from engines.types import Content, Frame, Kind, Message, State

__all__ = ["MAX_PHOTO_BYTES", "Header", "OpenFile", "open_file", "peek", "reopen"]

MAX_PHOTO_BYTES = 1024**3  # it is held in memory; the largest medium format raws and panoramas are a third of that
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a named pipe must not hold us up


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells that a file was changed: if any of these differs, it was."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, stream: BinaryIO) -> _Stamp:
        status = os.fstat(stream.fileno())
        return cls(status.st_dev, status.st_ino, status.st_size, mtime_ns(status))


_TOO_MUCH_MEMORY = Flaw(State.REFUSED, "needs more memory than a file may have", "too much memory")
_REASONS = {
    PermissionError: "you have no permission to read it",
    FileNotFoundError: "it is no longer there",
    IsADirectoryError: "it is a folder",
}

_Outcome = TypeVar("_Outcome")
_Found = TypeVar("_Found", bound=Flaw | None)


def open_file(path: str, *, max_bytes: int = MAX_PHOTO_BYTES) -> OpenFile:
    """Read and hash a file; nothing is decoded yet.

    path: as os.fsdecode spells it. max_bytes: of a photo; a larger one is hashed, but refused when its pixels are asked
    for. Raises MediaError (UNREADABLE) if the bytes cannot be had; with the param changed=True if the file was written
    to meanwhile, so that it is worth another try.
    """
    with _faults_of(path), _open(path) as stream:
        stamp = _Stamp.of(stream)
        head = stream.read(HEAD_BYTES)
        form = sniff(head, os.path.basename(path))
        held = form is not None and form.kind is Kind.PHOTO and stamp.size <= max_bytes
        stream.seek(0)
        data = stream.read(stamp.size) if held else b""
        digest = digest_of(io.BytesIO(data) if held else stream, stamp.size)
        unchanged = _Stamp.of(stream) == stamp and digest.complete
    if not unchanged:
        raise _changed(path)
    return OpenFile(path, stamp, head, form, data, digest)


def reopen(path: str, size: int, mtime_ns: int, digest: bytes) -> OpenFile:
    """A video whose digest is known, without reading it for that. Raises as open_file does, also if it was changed."""
    file = glance(path, digest)
    if (file.size, file.mtime_ns) != (size, mtime_ns):
        raise _changed(path)
    return file


def glance(path: str, digest: bytes = b"") -> OpenFile:
    """A video that is only looked at, without reading it for its digest. Raises as open_file does."""
    with _faults_of(path), _open(path) as stream:
        stamp = _Stamp.of(stream)
        head = stream.read(HEAD_BYTES)
    return OpenFile(
        path, stamp, head, sniff(head, os.path.basename(path)), b"", Digest(digest, whole=False, complete=True)
    )


def peek(path: str) -> Format | None:
    """The format of a file by its first bytes; None if it is neither photo nor video. Raises as open_file does."""
    with _faults_of(path), _open(path) as stream:
        return sniff(stream.read(HEAD_BYTES), os.path.basename(path))


def _open(path: str) -> BinaryIO:
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("it is no ordinary file")
    return os.fdopen(descriptor, "rb")


class OpenFile:
    """A file that was read: its digest, its bytes and, when asked for, its header and its picture.

    path: as os.fsdecode spells it. name: its last part. size: bytes. mtime_ns: when it was read. head: its first
    HEAD_BYTES.
    """

    def __init__(self, path: str, stamp: _Stamp, head: bytes, form: Format | None, data: bytes, digest: Digest) -> None:
        self.path = path
        self.name = os.path.basename(path)
        self.size = stamp.size
        self.mtime_ns = stamp.mtime_ns
        self.head = head
        self._stamp = stamp
        self._format = form
        self._data = data
        self._digest = digest
        self._useless = self._flaw_of_bytes()
        self._flaw = self._useless
        self._judged = self._useless is not None

    def _flaw_of_bytes(self) -> Flaw | None:
        if self._format is None:
            return Flaw(State.UNSUPPORTED, describe(self.head), "no media")
        if self._format.kind is Kind.PHOTO and len(self._data) != self.size:
            what = f"has {self.size / 1024**3:.1f} GiB, more than a photo may have"
            return Flaw(State.REFUSED, what, "too many bytes")
        return None

    @property
    def format(self) -> Format:
        """What it is by its content. Raises MediaError (UNSUPPORTED) if it is neither photo nor video."""
        if self._format is None:
            raise self.error(Flaw(State.UNSUPPORTED, describe(self.head), "no media"))
        return self._format

    @property
    def data(self) -> bytes:
        """All bytes of a photo; none of a video, which is read through open(). Raises MediaError if it is too large."""
        if self._useless:
            raise self.error(self._useless)
        return self._data

    @property
    def content(self) -> Content:
        """Digest and format; once the picture was asked for also how far it can be used."""
        return Content(
            digest=self._digest.value,
            whole=self._digest.whole,
            size=self.size,
            format=self._format.name if self._format else None,
            kind=self._format.kind if self._format else None,
            raw=self._format is not None and self._format.reader == "raw",
            state=(self._flaw.state if self._flaw else State.OK) if self._judged else None,
            problem=self._message(self._flaw) if self._flaw else None,
        )

    @property
    def header(self) -> Header:
        """Size, rotation and the like, without decoding. Raises MediaError, the same each time."""
        return self._sound(self._header)

    @property
    def frame(self) -> Frame:
        """The working frame; of a video a representative one. Raises MediaError, the same each time."""
        return self._sound(self._decoded).frame

    def picture(self, sizing: Sizing) -> Frame:
        """The picture at another size than the working frame's, decoded anew each time. Raises MediaError."""
        header = self.header
        try:
            return reader_of(self.format.reader).read_frame(self, header, sizing).frame
        except NoPicture as none:
            raise self.error(none.flaw) from none
        except MemoryError:
            raise self.error(_TOO_MUCH_MEMORY) from None

    @property
    def damage(self) -> Message | None:
        """Why the picture is only partial, or None. Decodes if that was not done yet; raises as frame does."""
        damage = self._sound(self._decoded).damage
        return self._message(damage) if damage else None

    def open(self) -> BinaryIO:
        """A new stream over the same bytes, for the caller to close. Raises MediaError (UNREADABLE) if they changed."""
        if self._data:
            return io.BytesIO(self._data)
        with _faults_of(self.path):
            stream = _open(self.path)
        if _Stamp.of(stream) != self._stamp:
            stream.close()
            raise _changed(self.path)
        return stream

    @cached_property
    def _header(self) -> Header | Flaw:
        if self._useless:
            return self._useless
        try:
            return reader_of(self.format.reader).read_header(self)
        except NoPicture as none:
            return self._judge(none.flaw)

    @cached_property
    def _decoded(self) -> Decoded | Flaw:
        header = self._header
        if isinstance(header, Flaw):
            return header
        try:
            decoded = reader_of(self.format.reader).read_frame(self, header)
        except NoPicture as none:
            return self._judge(none.flaw)
        except MemoryError:
            return self._judge(_TOO_MUCH_MEMORY)
        self._judge(decoded.damage)
        return decoded

    def _judge(self, flaw: _Found) -> _Found:
        """Keep what is now known of the picture. flaw: what is wrong with it, if anything."""
        self._judged = True
        self._flaw = flaw
        return flaw

    def _sound(self, outcome: _Outcome | Flaw) -> _Outcome:
        if isinstance(outcome, Flaw):
            raise self.error(outcome)
        return outcome

    def error(self, flaw: Flaw) -> MediaError:
        """The sentence about this file for what a reader found wrong."""
        message = self._message(flaw)
        return MediaError(flaw.state, message.text, **message.params)

    def _message(self, flaw: Flaw) -> Message:
        return Message(str(flaw.state), f"{self.name} {flaw.what}.", {"name": self.name, "reason": flaw.reason})


@contextmanager
def _faults_of(path: str) -> Iterator[None]:
    """Turn what the operating system says about a file into a sentence for people."""
    try:
        yield
    except OSError as error:
        name = os.path.basename(path)
        reason = _REASONS.get(type(error)) or error.strerror or str(error)
        raise MediaError(State.UNREADABLE, f"{name} cannot be read: {reason}.", name=name, reason=reason) from error


def _changed(path: str) -> MediaError:
    name = os.path.basename(path)
    text = f"{name} was changed while it was read; it will be read again."
    return MediaError(State.UNREADABLE, text, name=name, reason="changed", changed=True)
