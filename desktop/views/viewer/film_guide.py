"""What the library knows of the film that is shown, on its page: moments, what was found, what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from desktop.film_hits import FilmHits
from desktop.item_models.moments import narrowest
from desktop.jobs.stills import Stills
from desktop.session import Session
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.film_hint import FilmHint
from desktop.views.viewer.film_line import Part
from desktop.words import clock, thing
from engines.library.library import Library
from engines.library.moments import Moment, thumbnail_key
from engines.search.moments import MomentHit
from engines.types import Sentence

_MOST_TAGS = 3


@dataclass(frozen=True, slots=True)
class _Known:
    moments: Sequence[Moment]
    hits: Sequence[MomentHit]
    said: Sequence[Sentence]


class FilmGuide(QObject):
    """Looks things up when another film is shown, another answer is found, or the film was looked at meanwhile."""

    def __init__(self, session: Session, page: FilmPage) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._moments: Sequence[Moment] = ()
        self._stills = Stills(session.library, session.background, self)
        self.hint = FilmHint(page)
        self._pointed_s: float | None = None
        page.item_changed.connect(self._forget)
        page.pointed.connect(self._point)
        self._stills.arrived.connect(self._show_hint)
        session.search.found.connect(lambda _: self._look_up())
        session.files_changed.connect(self._refresh)

    @Slot()
    def _forget(self) -> None:
        self._moments = ()
        self._point(None)
        self._look_up()

    @Slot(list)
    def _refresh(self, media_ids: list[int]) -> None:
        if self._page.item is not None and self._page.item.id in media_ids:
            self._look_up()

    def _look_up(self) -> None:
        item, session = self._page.item, self._session
        if item is not None and item.is_video and self._page.isVisible():
            session.background.run(
                partial(_known, session.library, session.search.film_hits, item.id),
                owner=self,
                then=partial(self._show, item.id),
                failed=session.notices.error,
            )

    def _show(self, media_id: int, known: _Known) -> None:
        if self._page.item is None or self._page.item.id != media_id:
            return
        self._moments = known.moments
        self._page.show_transcript(known.said)
        self._page.show_parts(list(map(_part, known.moments)), sorted(map(_part, known.hits), key=_when))

    # the hint over the line

    @Slot(object)
    def _point(self, second: float | None) -> None:
        self._pointed_s = second
        moment = self._moment()
        if moment is not None:
            self._stills.want([thumbnail_key(moment.digest, moment.time_s)])
        self._show_hint()

    def _moment(self) -> Moment | None:
        """The one that is pointed at; None too while the film is looked up anew: its line has its moments still."""
        second = self._pointed_s
        part = self._page.line.moment_at(second) if second is not None and self._moments else None
        return self._moments[self._page.line.moments.index(part)] if part is not None else None

    @Slot()
    def _show_hint(self) -> None:
        if self._pointed_s is None:
            self.hint.hide()
            return
        moment = self._moment()
        picture = self._stills.picture(thumbnail_key(moment.digest, moment.time_s)) if moment is not None else None
        tags = narrowest(moment.tags)[:_MOST_TAGS] if moment is not None else ()
        words = ", ".join(thing(tag.name) for tag in tags)
        self.hint.show_over(self._page.above(self._pointed_s), clock(self._pointed_s), words, picture)


def _known(library: Library, film_hits: FilmHits | None, media_id: int) -> _Known:
    moments = library.moments([media_id]).get(media_id, ())
    found = film_hits.find(library, [media_id]).get(media_id, ()) if film_hits is not None else ()
    transcript = library.transcripts([media_id]).get(media_id)
    return _Known(moments, found, transcript.sentences if transcript is not None else ())


def _part(of_film: Moment | MomentHit) -> Part:
    return Part(of_film.start_s, of_film.end_s, of_film.time_s)


def _when(part: Part) -> float:
    return part.time_s
