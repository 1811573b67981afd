"""Single concepts that photos show or do not show, each list in two halves: one to choose the floor with, the other to
tell how good the choice is.

The absent ones were written down by hand and looked for in all photos with one's own eyes; those held out before any
result for them was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.retrieval.photos import Photos

_LEAST_PHOTOS = 3  # of a concept, as in the queries by name

_CHOOSING = """
violin, piano, guitar, helicopter, tank, submarine, dolphin, whale, shark, octopus, crocodile, snake, spider, butterfly,
penguin, kangaroo, camel, lion, tiger, wolf, monkey, gorilla, panda, squirrel, hedgehog, turtle, frog, goldfish,
lobster, crab, candle, chess, accordion, trumpet, drum, wheelchair, stethoscope, telescope, microscope, lighthouse,
windmill, igloo, volcano, parachute, hot air balloon, roller coaster, ferris wheel, sewing machine, wedding dress,
swimming pool
"""
_HELD_OUT = """
giraffe, zebra, rhinoceros, ostrich, owl, flamingo, jellyfish, scorpion, bee, snail, seal, rabbit, deer, pig, rooster,
donkey, harp, saxophone, bagpipes, tractor, ambulance, fire truck, snowmobile, canoe, aircraft carrier, tram, cannon,
sword, crown, anchor, hammock, tent, Christmas tree, birthday cake, snowman, wedding, surfing, boxing, golf, fireworks,
rainbow, lightning, iceberg, cave, sushi, pancakes, ice cream, doughnut, acorn, pumpkin
"""


@dataclass(frozen=True)
class Half:
    """absent: what no photo shows. present: what at least three show, with these; rare: what one or two do."""

    name: str
    absent: tuple[str, ...]
    present: Mapping[str, set[int]]
    rare: Mapping[str, set[int]]


def halves(photos: Photos) -> tuple[Half, Half]:
    """Of the names of COCO and ImageNet that photos show, in the order of the alphabet, every second is held out."""
    present = sorted(photos.named(_LEAST_PHOTOS).items())
    rare = sorted((name, ids) for name, ids in photos.named(1).items() if len(ids) < _LEAST_PHOTOS)
    return (
        Half("for choosing", _list(_CHOOSING), dict(present[::2]), dict(rare[::2])),
        Half("held out", _list(_HELD_OUT), dict(present[1::2]), dict(rare[1::2])),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(", "))
