"""How many frames of a film are looked at; known without what decodes films."""

from __future__ import annotations

from types import MappingProxyType

LEAST = 5  # frames that a short film may have, however short
USUAL_PER_MINUTE = MappingProxyType({"adaptive": 12, "uniform": 60, "keyframes": 60, "motion": 12})
