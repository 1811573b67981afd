"""What the page about networks has beside its options."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.session import Session
from desktop.views.networks.price_part import PricePart
from desktop.views.networks.sets_part import SetsPart


def parts_behind(session: Session) -> dict[str, list[QWidget]]:
    """By the key of the option behind which they stand."""
    return {"analysis.networks": [SetsPart(session)], "analysis.precision": [PricePart(session)]}
