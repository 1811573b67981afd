"""Which networks look at pictures: the starter set that every install has, or the full one, once it was got.

A set is chosen for the whole process by `use`, as the settings want it; worker processes are told at their start. The
results of another set are another version, so that choosing one makes phases pending and loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engines.errors import InferenceError, UsageError
from engines.inference.catalogue import Card, Fit, Task, cards
from engines.versions import split, version_of
from engines.vocabulary import coco

_SAME_LABELS = 70  # of the 80 that have to be called as we know them


@dataclass(frozen=True, slots=True)
class NetworkSet:
    """pictures: the networks that look at pictures. meaning: those that the vectors of pictures depend on. text: the
    one in whose space these lie. detector: the one that finds objects. recipes: what has to be got for it. unrelated,
    related: the cosine of a picture and a text that have nothing to do with each other, and of two that say the same;
    None where texts alone tell. alike: the cosine from which two frames of a film show the same.
    """

    name: str
    pictures: tuple[str, ...]
    meaning: tuple[str, ...]
    text: str
    detector: str
    recipes: tuple[str, ...] = ()
    unrelated: float | None = None
    related: float | None = None
    alike: float = 0.9  # 95 % of neighbours in one shot have more, and 3 % of those in different ones

    @property
    def lacking(self) -> tuple[str, ...]:
        """Its networks that are not there."""
        known = cards()
        return tuple(name for name in dict.fromkeys((*self.meaning, self.text)) if name not in known)

    def owns(self, version: int) -> bool:
        """Whether vectors with this effective version are of its networks as they are now."""
        known = cards()
        if self.lacking:
            return False
        return split(version)[1] == split(version_of(1, [known[name].sha256 for name in self.meaning]))[1]


STARTER = NetworkSet(
    "starter",
    pictures=("efficientnet-lite2", "yolov3-tiny"),
    meaning=("efficientnet-lite2", "yolov3-tiny"),
    text="minilm-l6-v2",
    detector="yolov3-tiny",
)
FULL = NetworkSet(
    "full",
    pictures=("clip-vit-b32", "detr-resnet-50"),
    meaning=("clip-vit-b32", "clip-vit-b32-text", "detr-resnet-50"),
    text="clip-vit-b32-text",
    detector="detr-resnet-50",
    recipes=("clip-vit-b32", "detr-resnet-50"),
    # Pictures and texts lie apart in CLIP's space: what fits has a cosine of some 0.3, what does not one of some 0.2.
    unrelated=0.2,
    related=0.34,
)
SETS = {one.name: one for one in (STARTER, FULL)}

_chosen = STARTER


def use(name: str, detector: str = "") -> None:
    """Let this process work with the set of this name; one that is not whole yet is used as soon as it is.

    detector: a network of the user's own that finds objects in place of the set's; one that does not serve for that,
    see `need`, is passed over.
    """
    global _chosen
    _chosen = SETS[name]
    if detector and _why_no_detector(detector) is None:
        _chosen = with_detector(_chosen, detector)


def with_detector(of: NetworkSet, detector: str) -> NetworkSet:
    """The same set with another network that finds objects."""

    def changed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(detector if name == of.detector else name for name in names)

    return replace(of, pictures=changed(of.pictures), meaning=changed(of.meaning), detector=detector)


def _why_no_detector(name: str) -> str | None:
    """Why this network cannot find the objects that tags and searches know; None if it can."""
    card = cards().get(name)
    if card is None:
        return "there is none of that name"
    if card.task is not Task.OBJECTS or card.picture is None:
        return "it does not find objects"
    if card.picture.fit is Fit.CENTRE_CROP:
        return "it does not see the whole picture"
    takes = ("picture", "extent") if card.picture.fit is Fit.CORNER else ("picture",)
    tensors = [spec.name for spec in card.inputs], sorted(spec.name for spec in card.outputs)
    if tensors != ([*takes], ["boxes", "scores"]):
        return f"it does not take {' and '.join(takes)} and give boxes and scores"
    try:
        labels = card.read_labels()
    except (InferenceError, UnicodeDecodeError) as error:
        return f"its labels cannot be read ({error})"
    return None if _are_coco(labels) else "its labels are not the 80 of COCO in their order"


def _are_coco(labels: tuple[str, ...]) -> bool:
    """In their order; some lists say couch where others say sofa."""
    known = coco()
    same = [_joined(name) in (_joined(one.raw), _joined(one.name)) for name, one in zip(labels, known, strict=False)]
    return len(labels) == len(known) and sum(same) >= _SAME_LABELS


def _joined(name: str) -> str:
    return name.replace(" ", "").lower()


def chosen() -> str:
    """The name of the set that was chosen last, whether it is whole or not."""
    return _chosen.name


def in_use() -> NetworkSet:
    """The set that was chosen, or the starter set while that one lacks a network."""
    return STARTER if _chosen.lacking else _chosen


def need(name: str, detector: str = "") -> None:
    """Raises UsageError if the set of this name cannot be used, or not with this detector, with the ways out."""
    wanted = SETS[name]
    if detector:
        fault = _why_no_detector(detector)
        if fault is not None:
            text = f"analysis.detector={detector} cannot be used: {fault}. See `networks list`, or leave it empty."
            raise UsageError("no_detector", text, detector=detector)
        wanted = with_detector(wanted, detector)
    if wanted.lacking:
        commands = " and ".join(f"`networks get {recipe}`" for recipe in wanted.recipes)
        text = (
            f"analysis.networks={name} cannot be used yet: {' and '.join(wanted.lacking)} cannot be found. "
            f"Get them with {commands}, or set it to {STARTER.name}."
        )
        raise UsageError("set_lacking", text, set=name, lacking=list(wanted.lacking))


def set_of(version: int, dimensions: int) -> NetworkSet | None:
    """Whose vectors have this effective version, so that texts can be compared with them; None: nobody's that is here.

    The starter set's text network is the same whatever its other networks were, so its old vectors still answer.
    """
    for one in (_chosen, *SETS.values()):
        if one.owns(version):
            return one
    return STARTER if text_card(STARTER).outputs[0].shape[-1] == dimensions else None


def text_card(of: NetworkSet) -> Card:
    """The card of its network for texts. Raises KeyError if it is not there."""
    return cards()[of.text]
