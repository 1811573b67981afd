"""Which models look at pictures, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engines.cloud.address import Service, is_nvidia


@dataclass(frozen=True, slots=True)
class VisionModel:
    """system: what keeps it from thinking aloud. video: it takes a clip as it is, as far as is known."""

    id: str
    system: str = ""
    video: bool = False


# NVIDIA's, as third parties saw them served in 2026; what is listed need not be served to an account, and models are
# retired every few months, so all are tried until one answers.
NVIDIA_MODELS = (
    VisionModel("nvidia/nemotron-nano-12b-v2-vl", system="/no_think", video=True),
    VisionModel("nvidia/nemotron-3-nano-omni-30b-a3b-reasoning", system="/no_think", video=True),
    VisionModel("google/gemma-4-31b-it", video=True),
    VisionModel("meta/llama-3.2-90b-vision-instruct"),
    VisionModel("meta/llama-3.2-11b-vision-instruct"),
    VisionModel("nvidia/llama-3.1-nemotron-nano-vl-8b-v1"),
    VisionModel("google/gemma-3n-e4b-it"),
    VisionModel("microsoft/phi-4-multimodal-instruct"),
)
_KNOWN = {model.id: model for model in NVIDIA_MODELS}


def candidates(service: Service, chosen: Sequence[str], listed: Sequence[str]) -> list[VisionModel]:
    """The models to try, best first. chosen: ids by the person, before all others; listed: what the service offers.

    Of NVIDIA only models known to see are tried; another server was started with the one it lists.
    """
    ids = list(chosen)
    if not ids and is_nvidia(service.host):
        ids = [model.id for model in NVIDIA_MODELS if not listed or model.id in listed]
    # Of others nothing is known; who wants clips to be sent has one that takes them.
    return [_KNOWN.get(one, VisionModel(one, video=True)) for one in dict.fromkeys(ids or listed)]
