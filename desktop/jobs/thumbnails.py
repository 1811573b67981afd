"""Small pictures on their way to the screen, off the UI thread: from the library, or in a hurry from the files.

Of a film that a search has found the picture is that of the moment which was found.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from desktop.film_hits import FilmHits, Hits
from desktop.jobs.lane import Lane, Wish
from engines.errors import EngineError
from engines.library.library import Library
from engines.library.moments import thumbnail_key
from engines.library.tiles import Tile
from engines.types import Thumbnail

_KEPT_BYTES = 192 * 1024 * 1024  # a 4K window at 200 % shows some 60 MB
_KEPT_TILES = 20_000  # texts of tiles; some 10 MB
_THREADS = 2
_MOST_KEPT = 200  # of what was wanted before
_IDLE_S = 20  # after the last picture from a file; its process takes 70 MB
_BATCH = 8  # pictures: so many arrive together, some 15 ms of decoding


@dataclass(frozen=True, slots=True)
class Form:
    """What a picture has to fit into. side: of the square, in pixels of the screen. is_cropped: it fills the square."""

    side: int
    is_cropped: bool


WHOLE = Form(512, False)  # as large as the library has it


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What pictures are to be like. answer: the number of the one that `hits` are of."""

    form: Form
    hits: FilmHits | None = None
    answer: int = 0


@dataclass(frozen=True, slots=True)
class _Loaded:
    tiles: dict[int, Tile]
    pictures: dict[int, QImage]
    wanted: _Wanted
    hits: Mapping[int, Hits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    """hits: in a film, of which the picture shows the first one."""

    picture: QPixmap
    form: Form
    hits: Hits = ()


class Thumbnails(QObject):
    """What one view shows. Asked for pictures in the UI thread with want(); arrived tells which came.

    Keeps the ones last used, up to `kept` bytes. What is not examined yet has no thumbnail: a small picture that the
    file holds ready stands in for it.
    """

    arrived = Signal(list)  # media ids whose tile or picture is here now
    _loaded = Signal(object)  # _Loaded

    def __init__(self, library: Library, parent: QObject | None = None, *, kept: int = _KEPT_BYTES) -> None:
        super().__init__(parent)
        self._library = library
        self._kept = kept
        self._pictures: OrderedDict[int, _Kept] = OrderedDict()
        self._bytes = 0
        self._tiles: OrderedDict[int, Tile] = OrderedDict()
        self._without: dict[int, Form] = {}  # what has no thumbnail
        self._hopeless: set[int] = set()  # whose file gave no picture, either
        self._stale: set[int] = set()
        self._wanted: dict[int, None] = {}  # in the order they are wanted
        self._now = _Wanted(Form(1, False))
        self._queue: deque[int] = deque()
        self._turn = Lock()
        self._working = 0
        self._undelivered = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._loaded.connect(self._take)
        self._hurried = Lane(self, idle_s=_IDLE_S)
        self._hurried.decoded.connect(self._take_hurried)
        self._hurried.failed.connect(self._miss_hurried)

    # asked while painting

    def picture(self, media_id: int) -> QPixmap | None:
        """What is here of this item, maybe of another form than is wanted now."""
        found = self._pictures.get(media_id)
        if found is None:
            return None
        self._pictures.move_to_end(media_id)
        return found.picture

    def hits(self, media_id: int) -> Hits:
        """What was found in this film, if the picture that is here shows the first of it."""
        found = self._pictures.get(media_id)
        return found.hits if found is not None else ()

    def image(self, media_id: int) -> QImage:
        """The same; null where nothing is here."""
        found = self.picture(media_id)
        return found.toImage() if found is not None else QImage()

    def tile(self, media_id: int) -> Tile | None:
        return self._tiles.get(media_id)

    def tile_now(self, media_id: int) -> Tile | None:
        """The same, read from the library if need be: for tooltips and for a screen reader, which cannot wait."""
        if media_id not in self._tiles:
            self._keep_tiles(self._library.tiles([media_id]))
        return self._tiles.get(media_id)

    def tiles_now(self, media_ids: Sequence[int]) -> dict[int, Tile]:
        """The same of many, in their order, with one reading; without those that have no file any more."""
        missing = [media_id for media_id in media_ids if media_id not in self._tiles]
        read = self._library.tiles(missing) if missing else {}
        found = {media_id: self._tiles.get(media_id) or read.get(media_id) for media_id in media_ids}
        return {media_id: tile for media_id, tile in found.items() if tile is not None}

    # what is to be loaded

    def want(self, media_ids: Sequence[int], form: Form, *, keeps: bool = False) -> None:
        """Load these, in this order, and nothing that was wanted before. media_ids: the nearest to the view first.

        keeps: what was wanted last stays wanted, behind these.
        """
        if keeps:
            media_ids = list(dict.fromkeys([*media_ids, *self._wanted]))[:_MOST_KEPT]
        if form != self._now.form:
            self._now, self._without = replace(self._now, form=form), {}
        self._wanted = dict.fromkeys(media_ids)
        missing = [media_id for media_id in media_ids if not self._is_here(media_id, form)]
        with self._turn:
            self._queue = deque(missing)
            starting = min(_THREADS, len(missing)) - self._working
            self._working += max(0, starting)
        for _ in range(starting):
            self._pool.start(self._work)
        self._hurry()

    def show_hits(self, hits: FilmHits | None) -> None:
        """Of films show from now on the moment that was found; None: their own picture.

        What is here stays until the new arrives, which it does once it is wanted again.
        """
        before = self._now
        answer = before.answer if hits == before.hits else before.answer + 1
        self._now = replace(before, hits=hits, answer=answer)
        if answer != before.answer:
            tiles = map(self._tiles.get, self._pictures)
            self._stale.update(tile.media_id for tile in tiles if tile is not None and tile.is_video)

    @Slot(list)
    def forget(self, media_ids: Iterable[int]) -> None:
        """These have changed: what is here stays until the new arrives, which it does once it is wanted again."""
        for media_id in media_ids:
            self._stale.add(media_id)
            self._tiles.pop(media_id, None)
            self._without.pop(media_id, None)
            self._hopeless.discard(media_id)

    @property
    def is_idle(self) -> bool:
        with self._turn:
            is_loaded = not (self._queue or self._working or self._undelivered)
        return is_loaded and not self._hoped_for()

    def close(self) -> None:
        with self._turn:
            self._queue.clear()
        self._hurried.close()
        self._pool.waitForDone()

    def _is_here(self, media_id: int, form: Form) -> bool:
        if media_id in self._stale:
            return False
        found = self._pictures.get(media_id)
        return (found is not None and found.form == form) or self._without.get(media_id) == form

    # in a thread of the pool

    def _work(self) -> None:
        while True:
            with self._turn:
                batch = [self._queue.popleft() for _ in range(min(_BATCH, len(self._queue)))]
                if not batch:
                    self._working -= 1
                    return
                wanted = self._now
                self._undelivered += 1
            self._loaded.emit(self._load(batch, wanted))

    def _load(self, media_ids: Sequence[int], wanted: _Wanted) -> _Loaded:
        try:
            tiles = self._library.tiles(media_ids)
            films = [media_id for media_id, tile in tiles.items() if tile.is_video]
            hits = wanted.hits.find(self._library, films) if wanted.hits is not None and films else {}
            pictures = {}
            for media_id, tile in tiles.items():
                small = self._small(tile, hits.get(media_id, ()))
                image = decode(small, wanted.form) if small is not None else None
                if image is not None:
                    pictures[media_id] = image
        except EngineError:  # the library is told of where it matters; here a tile stays without its picture
            return _Loaded({}, {}, wanted)
        return _Loaded(tiles, pictures, wanted, hits)

    def _small(self, tile: Tile, hits: Hits) -> Thumbnail | None:
        if tile.digest is None:
            return None
        found = self._library.thumbnails.get(thumbnail_key(tile.digest, hits[0].time_s)) if hits else None
        return found or self._library.thumbnails.get(tile.digest)

    # back in the UI thread

    @Slot(object)
    def _take(self, loaded: _Loaded) -> None:
        with self._turn:
            self._undelivered -= 1
        self._keep_tiles(loaded.tiles)
        form = loaded.wanted.form
        wanted = [tile.media_id for tile in loaded.tiles.values() if self._is_wanted(tile, loaded)]
        for media_id in wanted:  # a late one, which is no longer shown, is dropped
            self._stale.discard(media_id)
            image = loaded.pictures.get(media_id)
            if image is not None and not image.isNull():
                self._keep(media_id, _Kept(QPixmap.fromImage(image), form, loaded.hits.get(media_id, ())))
            elif form == self._now.form:
                self._without[media_id] = form
        if wanted:
            self._hurry()
            self.arrived.emit(wanted)

    def _is_wanted(self, tile: Tile, loaded: _Loaded) -> bool:
        is_late = tile.is_video and loaded.wanted.answer != self._now.answer
        return tile.media_id in self._wanted and not is_late

    def _hurry(self) -> None:
        """Ask the files themselves for pictures of what waits to be examined."""
        side = self._now.form.side
        self._hurried.want([Wish(tile.media_id, tile.path, side, is_hurried=True) for tile in self._hoped_for()])

    def _hoped_for(self) -> list[Tile]:
        """Of what is wanted, what has no thumbnail yet and a file that may have a picture."""
        hoped = self._without.keys() - self._hopeless
        tiles = map(self._tiles.get, (media_id for media_id in self._wanted if media_id in hoped))
        return [tile for tile in tiles if tile is not None and tile.digest is None]

    @Slot(object, QImage, QSize)
    def _take_hurried(self, wish: Wish, image: QImage, full: QSize) -> None:
        if self._without.pop(wish.media_id, None) is not None:  # else it is examined by now, or of another size
            fitting = fitted(image, Form(wish.side, self._now.form.is_cropped))
            self._keep(wish.media_id, _Kept(QPixmap.fromImage(fitting), self._now.form))
            self.arrived.emit([wish.media_id])

    @Slot(object, object)
    def _miss_hurried(self, wish: Wish, error: Exception) -> None:
        """The examination will say what is wrong; nobody asks the file again before."""
        self._hopeless.add(wish.media_id)

    def _keep_tiles(self, tiles: dict[int, Tile]) -> None:
        self._tiles.update(tiles)
        while len(self._tiles) > _KEPT_TILES:
            self._tiles.popitem(last=False)

    def _keep(self, media_id: int, kept: _Kept) -> None:
        self._drop(media_id)
        self._pictures[media_id] = kept
        self._bytes += _size(kept.picture)
        while self._bytes > self._kept and len(self._pictures) > 1:
            self._drop(next(iter(self._pictures)))

    def _drop(self, media_id: int) -> None:
        found = self._pictures.pop(media_id, None)
        if found is not None:
            self._bytes -= _size(found.picture)


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


def decode(small: Thumbnail, form: Form) -> QImage | None:
    """The picture in this form; None if the bytes are no picture."""
    image = QImage.fromData(small.data)  # a device of Python's could lock out the UI thread, which reads icons
    return None if image.isNull() else fitted(image, form)


def fitted(image: QImage, form: Form) -> QImage:
    """No larger than the form, cut to it if that says so. Never enlarged: the screen does that, from less memory."""
    fitting = Qt.AspectRatioMode.KeepAspectRatioByExpanding if form.is_cropped else Qt.AspectRatioMode.KeepAspectRatio
    wanted = image.size().scaled(form.side, form.side, fitting).expandedTo(QSize(1, 1))  # a panorama may be a thread
    if wanted.width() < image.width() or wanted.height() < image.height():
        image = image.scaled(wanted, mode=Qt.TransformationMode.SmoothTransformation)
    if form.is_cropped:
        side = min(image.width(), image.height())
        image = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    return image.convertToFormat(QImage.Format.Format_RGB32 if not image.hasAlphaChannel() else _WITH_ALPHA)


_WITH_ALPHA = QImage.Format.Format_ARGB32_Premultiplied
