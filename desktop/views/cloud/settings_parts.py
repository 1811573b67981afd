"""What the page of the settings has beside its options: the key, a test, permissions, kept replies."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.session import Session
from desktop.views.cloud.key_part import KeyPart
from desktop.views.cloud.permissions_part import PermissionsPart, RepliesPart
from desktop.views.cloud.trial_part import TrialPart


def parts_behind(session: Session) -> dict[str, list[QWidget]]:
    """By the key of the option behind which they stand."""
    return {
        "cloud.address": [KeyPart(session)],
        "cloud.models": [TrialPart(session), PermissionsPart(session)],
        "cloud.most_products": [RepliesPart(session)],
    }
