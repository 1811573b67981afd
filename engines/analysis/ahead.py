"""What a run makes ready before its first picture, where a person sees how far that is and can stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engines.analysis.phases import of_networks
from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference import sets
from engines.types import Message, Phase


def make_words(due: Sequence[Phase], tell: Callable[[int, int], None], token: CancelToken) -> list[Message]:
    """Have the vectors of names that the full set's phases compare pictures with; the first time they take minutes.

    Returns why they cannot be had; the phases then wait. Raises Cancelled.
    """
    if sets.in_use().name != sets.FULL.name or not of_networks(due):
        return []
    from engines.analysis import zero_shot  # with the back end that it needs, only here

    try:
        zero_shot.words(sets.text_card(sets.FULL), tell, token)
    except InferenceError as error:
        return [error.message]
    return []
