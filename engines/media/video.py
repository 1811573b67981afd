"""Reads videos."""

from __future__ import annotations
import av
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source
from engines.types import State

def read_header(source: Source) -> Header:
    try:
        with source.open() as stream, av.open(stream, format=source.format.codec) as container:
            video = container.streams.video[0]
            return Header(video.width, video.height)
    except av.FFmpegError as error:
        raise NoPicture(State.CORRUPT, f"is damaged", "damaged") from error


def read_frame(source: Source, header: Header) -> Decoded:
    raise NotImplementedError
