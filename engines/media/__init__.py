"""Turns files into pixels and facts: one reading, one decoding, whatever the format.

A scan lists the files of a folder. open_file reads one of them, hashes it and tells by its content what it is; when
asked it hands out a header (size, rotation, colours, without decoding), or the working frame: upright, sRGB, 1024
pixels long. readers.py says who decodes what; jpeg, pillow_photo, heif, avif, raw and video do it, and share geometry,
colour and the wording of damage. thumbnail makes the small picture for the grid, metadata reads what the file says
about itself.

All but formats and scan belongs into a worker process, which calls prepare_worker first: the bytes are a stranger's,
and the decoders take all the cores they can get.
"""

from __future__ import annotations


def prepare_worker() -> None:
    """Keep OpenCV, which scales what the decoders deliver, to the one core that a worker has. Takes 100 ms once.

    The other libraries are told so where they are used.
    """
    import cv2

    cv2.setNumThreads(1)
