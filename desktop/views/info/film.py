"""What happens in a film and when: its moments, what was followed through it, what is said; each leads there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop import theme
from desktop.film_hits import FilmHits, Hits
from desktop.icons import icon
from desktop.jobs.stills import Stills
from desktop.session import Session
from desktop.views.info.moments import MomentsList
from desktop.views.menu import stretch_menu
from desktop.words import duration, number, span, thing
from engines.library.library import Library
from engines.library.moments import Moment
from engines.library.transcripts import Transcript
from engines.types import Track

_HIGHEST = 220  # px, of a text; more is scrolled


@dataclass(frozen=True, slots=True)
class Film:
    """What is known of one: each is empty where it was not looked for. hits: by what was asked then."""

    moments: Sequence[Moment] = ()
    tracks: Sequence[Track] = ()
    transcript: Transcript | None = None
    hits: Hits = ()
    asked: FilmHits | None = None

    @classmethod
    def of(cls, library: Library, media_id: int, asked: FilmHits | None = None) -> Film:
        """asked: of the answer that is shown. Raises LibraryError, InferenceError."""
        one = [media_id]
        return cls(
            library.moments(one).get(media_id, ()),
            library.tracks(one).get(media_id, ()),
            library.transcripts(one).get(media_id),
            asked.find(library, one).get(media_id, ()) if asked is not None else (),
            asked,
        )


class FilmPart(QWidget):
    """path: of the file."""

    def __init__(self, session: Session, media_id: int, path: str, film: Film, stills: Stills) -> None:
        super().__init__()
        self._session = session
        self._media_id = media_id
        self._path = path
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.SPACE_XS)
        if film.moments:
            self._add_moments(film, stills)
        if film.tracks:
            self._add_text(self.tr("Followed"), _tracks_as_html(film.tracks))
        if film.transcript is not None:
            self._add_text(self.tr("What is said"), _transcript_as_html(film.transcript))
        self.setVisible(self._rows.count() > 0)

    def _add_head(self, text: str) -> None:
        label = QLabel(text)
        label.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        self._rows.addSpacing(theme.SPACE_S)
        self._rows.addWidget(label)

    def _add_moments(self, film: Film, stills: Stills) -> None:
        self._add_head(self.tr("Moments · {count}").format(count=number(len(film.moments))))
        self.moments = MomentsList(film.moments, stills, [hit.time_s for hit in film.hits])
        self.moments.chosen.connect(lambda moment: self._go_to(moment.start_s))
        self.moments.menu_wanted.connect(self._show_menu)
        self._rows.addWidget(self.moments)

    def _add_text(self, title: str, html: str) -> None:
        self._add_head(title)
        text = _Text(html)
        text.setAccessibleName(title)
        text.anchorClicked.connect(lambda url: self._go_to(float(url.toString())))
        self._rows.addWidget(text)

    def _go_to(self, seconds: float) -> None:
        self._session.moment_requested.emit(self._media_id, seconds)

    @Slot(object, QPoint)
    def _show_menu(self, moment: Moment, where: QPoint) -> None:
        menu = stretch_menu(self._session, self._media_id, (moment.start_s, moment.end_s), self)
        first = menu.actions()[0]
        for name, title, do in self._commands(moment):
            action = QAction(icon(name), title, menu)
            action.triggered.connect(do)
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _commands(self, moment: Moment) -> list[tuple[str, str, Callable[[], object]]]:
        """Icon, title, what it does."""
        similar, copy = (self._session.shortcuts.action(name).text() for name in ("find_similar", "copy_frame"))
        return [
            ("play", self.tr("Open here"), partial(self._go_to, moment.start_s)),
            ("images", similar, partial(self._find_similar, moment)),
            ("clipboard-copy", copy, partial(self._session.frame_requested.emit, self._path, moment.time_s)),
        ]

    def _find_similar(self, moment: Moment) -> None:
        name = f"{os.path.basename(self._path)}, {duration(moment.time_s)}"
        self._session.search.find_similar_moment(self._media_id, moment.time_s, name)


class _Text(QTextBrowser):
    """Lines whose links are seconds; as high as they need, up to a limit."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._html, self._colour = html, ""
        self.setProperty("bare", True)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._colour_links()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour_links()

    def _colour_links(self) -> None:
        """As the theme has them, which may be another one by now."""
        colour = theme.colour("accent_text").name()
        if colour != self._colour:
            self._colour = colour
            self.document().setDefaultStyleSheet(f"a {{ color: {colour}; text-decoration: none }}")
            self.setHtml(self._html)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(min(_HIGHEST, round(self.document().size().height())))


def _tracks_as_html(tracks: Sequence[Track]) -> str:
    """A line a kind of thing: how many there are, and when each is seen; the commonest first."""
    by_label: dict[str, list[Track]] = {}
    for track in tracks:
        by_label.setdefault(track.label, []).append(track)
    lines = []
    for label, found in sorted(by_label.items(), key=lambda item: -len(item[1])):
        links = ", ".join(_link(track.start_s, span((track.start_s, track.end_s))) for track in found)
        lines.append(f"<p>{_counted(label, len(found))}: {links}</p>")
    return "".join(lines)


def _counted(label: str, count: int) -> str:
    return f"{number(count)} × {escape(thing(label))}"  # noqa: RUF001 -- the sign for times


def _transcript_as_html(transcript: Transcript) -> str:
    sentences = transcript.sentences
    return "".join(f"<p>{_link(one.start_s, duration(one.start_s))} {escape(one.text)}</p>" for one in sentences)


def _link(seconds: float, text: str) -> str:
    return f'<a href="{seconds:.3f}">{escape(text)}</a>'
