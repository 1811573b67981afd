"""What a text means, as a vector: texts of like meaning have vectors of like direction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card
from engines.inference.runner import Runner

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER = "tokenizer.json"
# Texts are brought to the length of the longest among them, so few at a time, sorted, waste little.
_BATCH = 32


def known_words(card: Card) -> frozenset[str]:
    """The words that the network's tokenizer takes as a whole, in small letters: 20,000 common ones. 50 ms."""
    vocabulary = json.loads(card.read(TOKENIZER))["model"]["vocab"]
    return frozenset(word for word in vocabulary if word.isalpha() and len(word) > 1)


class TextTower:
    """A loaded text network with the tokenizer that belongs to it. One thread at a time.

    Raises InferenceError if the tokenizer's file is not the one on the card.
    """

    def __init__(self, runner: Runner) -> None:
        from tokenizers import Tokenizer  # only here: the window is painted before anything heavy is loaded

        self._runner = runner
        self._tokenizer: Tokenizer = Tokenizer.from_str(runner.card.read(TOKENIZER).decode())
        self._tokenizer.enable_truncation(max_length=runner.card.max_tokens or 0)
        length = runner.card.inputs[0].shape[1]  # a name where any will do
        self._tokenizer.enable_padding(length=length if isinstance(length, int) else None)

    @property
    def dimensions(self) -> int:
        return int(self._runner.card.outputs[0].shape[-1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector of length 1 for each text, (n, dimensions); what goes beyond the network's tokens has no effect.

        Raises InferenceError if the network fails.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            vectors[chosen] = self._encode([texts[at] for at in chosen])
        return vectors

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(texts)
        tokens = np.array([text.ids for text in encoded], np.int64)
        mask = np.array([text.attention_mask for text in encoded], np.int64)
        return self._runner.run({"tokens": tokens, "mask": mask})["vectors"]
