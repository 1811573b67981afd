"""What a service can be asked about a file; each becomes pending only when somebody asks for it."""

from __future__ import annotations

from engines.types import Device, Phase

DESCRIPTION = Phase("description", version=1, device=Device.CLOUD)
PRODUCTS = Phase("products", version=1, device=Device.CLOUD)
SUGGESTED_TAGS = Phase("suggested tags", version=1, device=Device.CLOUD)

CLOUD_PHASES = {phase.name: phase for phase in (DESCRIPTION, PRODUCTS, SUGGESTED_TAGS)}
