"""The info panel at the right: what is selected, and what is known about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.elsewhere import show_in_folder
from desktop.film_hits import FilmHits
from desktop.icons import icon
from desktop.jobs.stills import Stills
from desktop.sentences import in_own_words
from desktop.session import Session
from desktop.views.cloud.answers import AnswersPart
from desktop.views.empty_state import EmptyState
from desktop.views.info.film import Film, FilmPart
from desktop.views.info.parts import Caption, Colours, Elided, Preview, Stars, TagChip, WorldMap
from desktop.views.info.wording import emphasised, lines, many, objects_of_film, origin, phase_state
from desktop.views.search.flow import FlowLayout
from desktop.views.tag_dialog import TagLine, split_tags
from desktop.words import moment, number, phase_title, thing
from engines.analysis.phases import all_phases
from engines.library.describe import Record, describe
from engines.library.library import Library
from engines.library.summary import Summary, summary
from engines.library.tags import proposed
from engines.types import Kind

_BURST_MS = 60  # the selection moves faster than anybody reads
_LOADING_MS = 150
_MOST_TAGS = 60
_NARROWEST = 208  # px, of words in a panel that is as narrow as it can be


@dataclass(frozen=True, slots=True)
class _Known:
    """What was looked up: of one item its record and small picture, of several what they share."""

    media_ids: tuple[int, ...]
    tags: list[str]
    record: Record | None = None
    picture: QImage | None = None
    film: Film | None = None
    summary: Summary | None = None


class InfoPanel(QStackedWidget):
    """Shows session.editing.targets; looks them up only while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._session = session
        self._known: _Known | None = None
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._burst.timeout.connect(self._look_up)
        self._stills = Stills(session.library, session.background, self)
        self._patience = QTimer(self, singleShot=True, interval=_LOADING_MS)
        self._patience.timeout.connect(self._show_loading)
        self._empty = EmptyState(
            "info",
            self.tr("Nothing is selected"),
            hint=self.tr("Select photos to see details."),
            width=_NARROWEST,
        )
        self._loading = QLabel(self.tr("Reading…"), alignment=Qt.AlignmentFlag.AlignCenter)
        self._loading.setProperty("role", "secondary")
        self._page = QScrollArea(widgetResizable=True)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._empty, self._loading, self._page):
            self.addWidget(widget)
        session.editing.targets_changed.connect(self._soon)
        session.files_changed.connect(self._refresh)
        session.search.found.connect(self._mark_hits)

    # when

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon()

    @Slot()
    def _soon(self) -> None:
        if self.isVisible():
            self._burst.start()

    @Slot(list)
    def _refresh(self, media_ids: list[int]) -> None:
        if self._known is None or set(media_ids).isdisjoint(self._known.media_ids):
            return
        if not self._is_being_typed():  # what is half typed must not vanish because an analysis brings news
            self._soon()

    @Slot()
    def _mark_hits(self) -> None:
        """Of a film: another answer may have found other moments of it."""
        film = self._known.film if self._known is not None else None
        if self._known is not None and film is not None and film.asked != self._session.search.film_hits:
            self._refresh(list(self._known.media_ids))

    def _is_being_typed(self) -> bool:
        lines = any(line.isModified() and line.hasFocus() for line in self.findChildren(QLineEdit))
        return lines or any(text.is_being_typed for text in self.findChildren(Caption))

    def _look_up(self) -> None:
        targets = tuple(self._session.editing.targets)
        if not targets:
            self._known = None
            self._patience.stop()
            self.setCurrentWidget(self._empty)
            return
        if self._known is None or self._known.media_ids != targets:
            self._patience.start()
        self._session.background.run(
            partial(_look_up, self._session.library, targets, self._session.search.film_hits),
            owner=self,
            then=self._show,
            failed=self._fail,
        )

    @Slot()
    def _show_loading(self) -> None:
        self.setCurrentWidget(self._loading)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self._session.notices.error(error)
        self.setCurrentWidget(self._empty)

    def _show(self, known: _Known | None) -> None:
        self._patience.stop()
        if known is None or known.media_ids != tuple(self._session.editing.targets):
            return
        before = self._page.verticalScrollBar().value() if self._is_same(known) else 0
        self._known = known
        kind = _One if known.record is not None else _Many
        body = kind(self._session, known, self._stills)
        self._page.setWidget(body)
        self.setCurrentWidget(self._page)
        self._page.verticalScrollBar().setValue(before)

    def _is_same(self, known: _Known) -> bool:
        return self._known is not None and self._known.media_ids == known.media_ids


class _Body(QWidget):
    """What both kinds of page have: sections below each other, stars, tags."""

    def __init__(self, session: Session, known: _Known, stills: Stills) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self._session = session
        self._stills = stills
        self._ids = list(known.media_ids)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_L)
        self._rows.setSpacing(theme.SPACE_S)
        self._fill(known)
        self._rows.addStretch()

    def _fill(self, known: _Known) -> None:
        raise NotImplementedError

    def _add_head(self, text: str) -> None:
        label = QLabel(text)
        label.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        self._rows.addSpacing(theme.SPACE_S)
        self._rows.addWidget(label)

    def _add_form(self, rows: Sequence[tuple[str, str, str]]) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE_M)
        form.setVerticalSpacing(theme.SPACE_XS)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        for title, text, hint in rows:
            name, value = QLabel(title), QLabel(text)
            name.setProperty("role", "secondary")
            name.setMinimumWidth(68)
            name.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setToolTip(hint)
            form.addRow(name, value)
        self._rows.addLayout(form)

    def _add_rating(self, stars: int, *, favourite: bool) -> None:
        rating, heart = Stars(), QToolButton()
        rating.show_stars(stars)
        rating.chosen.connect(self._session.editing.rate)
        heart.setIcon(icon("heart", "favourite" if favourite else None))
        heart.setToolTip(self.tr("Favourite (F)"))
        heart.setAccessibleName(self.tr("Favourite"))
        heart.setCheckable(True)
        heart.setChecked(favourite)
        heart.clicked.connect(self._session.editing.toggle_favourite)
        row = QHBoxLayout()
        row.addWidget(rating)
        row.addStretch()
        row.addWidget(heart)
        self._rows.addLayout(row)

    def _add_tag_line(self, known: Sequence[str]) -> None:
        line = TagLine(known)
        line.setPlaceholderText(self.tr("Add tags, with commas between them"))
        line.returnPressed.connect(lambda: self._take_tags(line))
        self._rows.addWidget(line)

    def _take_tags(self, line: TagLine) -> None:
        self._session.editing.tag(split_tags(line.text()), self._ids)
        line.clear()


class _One(_Body):
    """All about one item."""

    def _fill(self, known: _Known) -> None:
        record = known.record
        assert record is not None
        self._add_picture(record, known.picture)
        facts = record["facts"]
        self._add_rating(facts.get("rating", 0), favourite=bool(record["typed"].get("favourite")))
        self._add_title(facts.get("title", ""))
        self._add_caption(facts.get("caption", ""))
        self._rows.addWidget(AnswersPart(self._session, record, self._ids))
        if record["problem"] is not None:
            problem = QLabel(in_own_words(record["problem"]["text"]))
            problem.setProperty("role", "warning")
            problem.setWordWrap(True)
            self._rows.addWidget(problem)
        self._add_reasons()
        self._add_form([(line.title, line.text, line.hint) for line in lines(record)])
        if known.film is not None:
            path = record["files"][0]["path"]
            self._rows.addWidget(FilmPart(self._session, self._ids[0], path, known.film, self._stills))
        if "town" in facts or "latitude" in facts:
            self._rows.addWidget(WorldMap(facts["latitude"], facts["longitude"]))
        if facts.get("colours"):
            colours = Colours()
            colours.show_colours(facts["colours"])
            self._rows.addWidget(colours)
        self._add_tags(record)
        self._add_tag_line(known.tags)
        self._add_objects(record)
        self._add_files(record)
        self._add_phases(record)

    def _add_picture(self, record: Record, picture: QImage | None) -> None:
        preview = Preview()
        preview.show_image(picture or QImage())
        preview.opened.connect(lambda: self._session.viewer_requested.emit(self._ids[0]))
        name = Elided(record["files"][0]["path"].replace("\\", "/").rpartition("/")[2])
        name.setFont(theme.font(theme.HEAD_PX, semibold=True))
        self._rows.addWidget(preview)
        self._rows.addWidget(name)

    def _add_title(self, title: str) -> None:
        line = QLineEdit(title)
        line.setPlaceholderText(self.tr("Add a title"))
        line.setAccessibleName(self.tr("Title"))
        line.setCursorPosition(0)
        line.editingFinished.connect(partial(self._entitle, line, title))
        self._rows.addWidget(line)

    def _entitle(self, line: QLineEdit, before: str) -> None:
        if line.text().strip() != before:
            line.setModified(False)
            line.blockSignals(True)  # the panel is made anew with what is then known
            self._session.editing.entitle(line.text(), self._ids)

    def _add_caption(self, text: str) -> None:
        caption = Caption(text)
        caption.typed.connect(lambda typed: self._session.editing.caption(typed, self._ids))
        self._rows.addWidget(caption)

    def _add_reasons(self) -> None:
        """Why it is a hit, once that is known."""
        self._why = QLabel()
        self._why.setProperty("role", "secondary")
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.RichText)
        self._why.hide()
        self._rows.addWidget(self._why)
        if self._session.search.query:
            self._session.search.reasons(self._ids[0], self._show_reasons, owner=self)

    def _show_reasons(self, reasons: Sequence[object]) -> None:
        texts = [emphasised(str(getattr(reason, "detail", ""))) for reason in reasons]
        self._why.setText(self.tr("Found by {reasons}").format(reasons=" · ".join(texts)))
        self._why.setVisible(bool(texts))

    def _add_tags(self, record: Record) -> None:
        by_name: defaultdict[str, list[Record]] = defaultdict(list)
        for tag in record["tags"][:_MOST_TAGS]:
            by_name[tag["name"]].append(tag)
        wrong = [name for name, holds in record["typed"].get("tags", {}).items() if not holds]
        self._add_head(self.tr("Tags"))
        if by_name:
            self._rows.addWidget(self._chips(by_name, record["facts"].get("duration_s")))
        for name in wrong:
            back = QPushButton(self.tr("“{name}” was wrong · take back").format(name=name))
            back.setProperty("link", True)
            back.clicked.connect(partial(self._take_back, name))
            self._rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)

    def _chips(self, by_name: dict[str, list[Record]], duration_s: float | None) -> QWidget:
        """duration_s: of a film."""
        box = QWidget()
        flow = FlowLayout(box, theme.SPACE_XS)
        for name, tags in by_name.items():
            sources = [tag["origin"]["source"] for tag in tags]
            mine = "user" in sources
            seen = [tag["score"] for tag in tags if tag["origin"]["source"] not in ("user", "file", "sidecar")]
            score = None if mine or not seen else max(seen)
            seconds = duration_s * max(tag["share"] for tag in tags) if duration_s else None
            chip = TagChip(name, score, origin(tags), mine=mine, seconds=seconds)
            chip.judged.connect(partial(self._judge, only_mine=set(sources) == {"user"}))
            flow.addWidget(chip)
        return box

    def _judge(self, name: str, right: bool, *, only_mine: bool) -> None:
        """A tag that nobody but the person gave is taken away; any other is called right or wrong."""
        said = None if only_mine and not right else right
        self._session.editing.judge(name, right=said, targets=self._ids)

    def _take_back(self, name: str, checked: bool = False) -> None:
        self._session.editing.judge(name, right=None, targets=self._ids)

    def _add_objects(self, record: Record) -> None:
        counts: defaultdict[str, list[float]] = defaultdict(list)
        for seen in record["objects"]:
            counts[seen["label"]].append(seen["score"])
        rows = [(thing(label), f"{len(scores)} · {max(scores):.0%}", "") for label, scores in counts.items()]
        if record["kind"] == Kind.VIDEO:
            rows = objects_of_film(record)
        if rows:
            self._add_head(self.tr("Objects"))
            self._add_form(rows)

    def _add_files(self, record: Record) -> None:
        self._add_head(self.tr("File") if len(record["files"]) == 1 else self.tr("Files"))
        for file in record["files"]:
            path = Elided(file["path"].encode("utf-8", "replace").decode())
            show = QToolButton()
            show.setIcon(icon("folder-open"))
            show.setToolTip(self.tr("Show in folder"))
            show.setAccessibleName(self.tr("Show in folder"))
            show.clicked.connect(partial(self._show_in_folder, file["path"]))
            row = QHBoxLayout()
            row.addWidget(path, 1)
            row.addWidget(show)
            self._rows.addLayout(row)

    def _show_in_folder(self, path: str, checked: bool = False) -> None:
        show_in_folder(path, self._session.notices.show)

    def _add_phases(self, record: Record) -> None:
        self._add_head(self.tr("Analysis"))
        self._add_form(
            [(phase_title(phase["name"]), phase_state(phase), phase["at"] or "") for phase in record["phases"]]
        )
        again = QPushButton(self.tr("Analyse again"))
        again.setProperty("link", True)
        again.clicked.connect(lambda: self._session.analyser.analyse_again(self._ids))
        self._rows.addWidget(again, 0, Qt.AlignmentFlag.AlignLeading)


class _Many(_Body):
    """What several items share, and what can be changed of all of them."""

    def _fill(self, known: _Known) -> None:
        found = known.summary
        assert found is not None
        title = QLabel(many(found.count))
        title.setProperty("role", "head")
        self._rows.addWidget(title)
        self._add_rating(found.rating or 0, favourite=0 < found.count == found.favourites)
        self._add_form([(name, text, "") for name, text in self._lines(found) if text])
        self._add_head(self.tr("Tags"))
        self._add_tag_line(known.tags)

    def _lines(self, found: Summary) -> list[tuple[str, str]]:
        size = QLocale().formattedDataSize(found.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        ratings = self.tr("different") if found.rating is None else ""
        return [
            (self.tr("Photos"), number(found.photos) if found.photos else ""),
            (self.tr("Videos"), number(found.videos) if found.videos else ""),
            (self.tr("Size"), size),
            (self.tr("First"), moment(found.first_s) if found.first_s is not None else ""),
            (self.tr("Last"), moment(found.last_s) if found.last_s is not None else ""),
            (self.tr("Ratings"), ratings),
            (self.tr("Cameras"), "\n".join(f"{name} ({number(uses)})" for name, uses in found.cameras[:5])),
        ]


def _look_up(library: Library, media_ids: tuple[int, ...], hits: FilmHits | None) -> _Known | None:
    tags = proposed(library.database)
    if len(media_ids) > 1:
        return _Known(media_ids, tags, summary=summary(library.index.columns(), media_ids))
    item = library.items(media_ids).get(media_ids[0])
    if item is None:
        return None
    with library.database.read() as connection:
        record = describe(connection, media_ids[0], all_phases())
    small = library.thumbnails.get(item.digest) if item.digest is not None else None
    picture = QImage.fromData(small.data) if small is not None else QImage()
    film = Film.of(library, media_ids[0], hits) if item.is_video else None
    return _Known(media_ids, tags, record, picture, film)
