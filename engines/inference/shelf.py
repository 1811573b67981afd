"""What there is to get and what of it is here: each recipe with its networks, its checkpoint, and what was begun."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from engines.inference import speech
from engines.inference.catalogue import PARTS, Card, installed_cards, networks_folder
from engines.inference.engine_cache import EngineCache, EngineKey
from engines.inference.recipes import Recipe, recipe_of, recipes
from engines.inference.store import checkpoint, remove


@dataclass(frozen=True, slots=True)
class Offer:
    """cards: those of its networks that are here. has_checkpoint: whether only the networks have to be made. begun:
    bytes of a download that was not finished. engines: that were built of its networks.
    """

    recipe: Recipe
    cards: tuple[Card, ...]
    has_checkpoint: bool
    begun: int
    engines: tuple[EngineKey, ...]

    @property
    def is_ready(self) -> bool:
        """Of a recipe without networks the checkpoint is used as it is."""
        return len(self.cards) == len(self.recipe.networks) and (bool(self.cards) or self.has_checkpoint)

    @property
    def size(self) -> int:
        """Bytes of its networks on this computer; 0 for a checkpoint that is used as it is."""
        return sum(file.size for card in self.cards for file in card.files.values())

    @property
    def state(self) -> str:
        """For the command line."""
        return "ready" if self.is_ready else "downloaded" if self.has_checkpoint else "to get"


def offers() -> tuple[Offer, ...]:
    """One for each recipe, the one for speech last. Looks at folders."""
    here = installed_cards()
    return tuple(_offer(recipe, here) for recipe in (*recipes().values(), speech.recipe()))


def recipe_named(name: str) -> Recipe:
    """Also the one for speech. Raises UsageError if there is none."""
    return speech.recipe() if name == speech.recipe().name else recipe_of(name)


def _offer(recipe: Recipe, here: Mapping[str, Card]) -> Offer:
    cards = tuple(here[plan.name] for plan in recipe.networks if plan.name in here)
    engines = tuple(key for card in cards for key in EngineCache().built(card.name))
    return Offer(recipe, cards, checkpoint(recipe.name) is not None, _begun(recipe), engines)


def _begun(recipe: Recipe) -> int:
    """Also of what others exported."""
    size = 0
    with suppress(OSError):  # a download that is under way may come to its end meanwhile
        for path in (networks_folder() / PARTS).glob(f"hub-{recipe.name}-*/**/*"):
            size += path.stat().st_size if path.is_file() else 0
    return size


def remove_recipe(name: str) -> list[str]:
    """Delete the networks of a recipe, or the network, of this name, with what it was made from and the engines built
    of it. The names of what is gone.
    """
    recipe = recipes().get(name)
    names = [name, *(plan.name for plan in recipe.networks), recipe.ready_name] if recipe is not None else [name]
    gone = [one for one in dict.fromkeys(names) if remove(one)]
    for key in [key for one in gone for key in EngineCache().built(one)]:
        EngineCache().drop(key)
    return gone
