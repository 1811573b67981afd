"""The moments of one film in order, with what is seen in each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.words import share_of_time, span, thing
from engines.library.moments import Moment, thumbnail_key
from engines.types import Tag
from engines.vocabulary import ancestors

_MOST_TAGS = 4  # that fit into two lines
_ALL_OF_IT = 0.95  # of a moment: more is not worth a number
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

MOMENT = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Told:
    """A moment in words. when: from and to. seen: such as 'elephant, grass 60%'. hint: all of it, a line each.

    is_hit: it is what was looked for.
    """

    moment: Moment
    when: str
    seen: str
    hint: str
    is_hit: bool = False

    @property
    def key(self) -> bytes:
        """Of its small picture."""
        return thumbnail_key(self.moment.digest, self.moment.time_s)


class MomentsModel(QAbstractListModel):
    """MOMENT gives a Told; the roles for text give when and what."""

    def __init__(self, moments: Sequence[Moment], found: Collection[float] = (), parent: QObject | None = None) -> None:
        """found: the seconds of the frames of those that were looked for."""
        super().__init__(parent)
        self._moments = moments
        self._found = frozenset(found)

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._moments)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._moments):
            return None
        moment = self._moments[index.row()]
        told = told_of(moment, is_hit=moment.time_s in self._found)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = QCoreApplication.translate("Moments", "found") if told.is_hit else ""
            return ", ".join(filter(None, (told.when, told.seen, found)))
        return {int(Qt.ItemDataRole.ToolTipRole): told.hint, MOMENT: told}.get(role)

    @property
    def first_hit(self) -> int | None:
        """The row of the first one that was looked for."""
        return next((row for row, moment in enumerate(self._moments) if moment.time_s in self._found), None)


def told_of(moment: Moment, *, is_hit: bool = False) -> Told:
    when = span((moment.start_s, moment.end_s))
    kept = narrowest(moment.tags)
    seen = ", ".join(_seen(tag) for tag in kept[:_MOST_TAGS])
    lines = (f"{_named(tag)}: {tag.score:.0%}, {share_of_time(tag.share)}" for tag in kept)
    return Told(moment, when, seen, "\n".join((when, *lines)), is_hit)


def narrowest(tags: Sequence[Tag]) -> list[Tag]:
    """Each once, and without the wider kinds of others among them: who sees a dog need not be told of an animal."""
    by_name = {tag.name: tag for tag in reversed(tags)}
    wider = {name for tag in tags for name in ancestors(tag.name)}
    return [tag for tag in tags if by_name[tag.name] is tag and tag.name not in wider]


def _seen(tag: Tag) -> str:
    return _named(tag) if tag.share >= _ALL_OF_IT else f"{_named(tag)} {tag.share:.0%}"


def _named(tag: Tag) -> str:
    name = thing(tag.name)
    return f"{tag.count} × {name}" if tag.count > 1 else name  # noqa: RUF001 -- the sign for times
