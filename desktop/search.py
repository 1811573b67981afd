"""What is asked of the library now, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.film_hits import FilmHits
from engines.cancel import CancelToken
from engines.errors import QueryError
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search import chips
from engines.search.alike import Alike, explain_alike, find_alike
from engines.search.alternatives import Alternative, alternatives
from engines.search.chips import Parts
from engines.search.complete import Vocabulary, complete, vocabulary
from engines.search.explain import Reason, explain
from engines.search.facets import Facet, facets, word_facets
from engines.search.find import Results, find
from engines.search.histogram import Histogram, histogram
from engines.search.likeness import Likeness, likeness_of, likeness_of_item, likeness_of_moment
from engines.search.sense import warm_up
from engines.search.suggest import suggestions
from engines.search.while_typing import find_while_typing
from engines.settings import Settings
from engines.types import Done

if TYPE_CHECKING:
    from desktop.session import Session

DUPLICATES = "is:duplicate"
_ANY_WORD = "holiday"

_TYPING_MS = 60  # after the last key, while an answer is on its way; a fast typist needs 100 ms for the next
_REST_MS = 250  # after the last key, before what an answer consists of is looked for: keys take the time of the others
_BURST_MS = 250  # an import tells of files several times a second; the answer is brought up to date once for a burst
_NAMES_MS = 5_000  # names are gathered again after changes at most so often: 0.6 s of a thread at 100,000 items


@dataclass(frozen=True, slots=True)
class Composition:
    """What an answer consists of."""

    dates: Histogram
    facets: tuple[Facet, ...]


class SearchController(QObject):
    """The query as chips and text. One search runs at a time; a new one cancels the one before.

    The answer goes to the session, which shows it; views follow the signals. A query that cannot be read leaves the
    last answer where it is.
    """

    found = Signal(object)  # Results
    asked = Signal()  # other chips, another text or picture, or weaker matches are wanted or not
    failed = Signal(object)  # QueryError: the text cannot be read; None: it can again
    composed = Signal(object)  # Composition of the answer
    suggested = Signal(list)  # Suggestions, where nothing was found
    completed = Signal(object)  # Completions for what is typed
    searches_changed = Signal()  # saved or recent ones

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._token = CancelToken()
        self._burst = self._timer(_BURST_MS, self.run)
        self._typing = self._timer(_TYPING_MS, self.run)
        self._rest = self._timer(_REST_MS, self._look_into)
        self._names_rest = self._timer(_NAMES_MS, self._gather_names)
        self.parts = Parts()
        self.weaker = False
        self.like: Likeness | None = None
        self.results: Results | None = None
        self._alike: Alike | None = None
        self._was_ranked = self._was_about_copies = False
        self._is_typing = False  # the last word may not be whole yet
        self._is_answering = False
        self._answered = ""  # the query that the results are of
        self._names: Vocabulary | None = None
        self._names_stale = True
        self._gathering = False
        self._wanted: tuple[str, int] | None = None

    def _timer(self, interval: int, call: Callable[[], Any]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(call)
        return timer

    # asking

    @property
    def query(self) -> str:
        """The whole query as text."""
        return self.parts.query()

    @query.setter
    def query(self, text: str) -> None:
        self.ask(text)

    @Slot(str)
    def type(self, text: str) -> None:
        """Ask for this text beside the chips: soon, or once the keys rest where they are quicker than the answers."""
        if text != self.parts.text:
            self.parts = replace(self.parts, text=text)
            self._is_typing = True
            self._typing.start(_TYPING_MS if self._is_answering or self._typing.isActive() else 0)

    @Slot()
    def enter(self) -> None:
        """Ask at once; fields in the text become chips, and the query is remembered."""
        self._is_typing = False
        try:
            self._take(chips.split(self.query))
        except QueryError:
            self.run()
            return
        if self.query.strip():
            self._write(partial(self._session.library.searches.remember, self.query))

    @Slot(str)
    def ask(self, query: str) -> None:
        """Ask this instead; a query that cannot be read stays text."""
        try:
            self._take(chips.split(query))
        except QueryError:
            self._take(Parts(text=query))

    @Slot(str)
    def add(self, written: str) -> None:
        """Also ask for this field."""
        self._take(chips.with_chip(self.parts, chips.chip(written)))

    def alternatives(self) -> list[Alternative]:
        """What else words of the text could mean."""
        return alternatives(self.parts.text, self._names)

    def read_as(self, meant: Alternative) -> None:
        """Take words of the text as this."""
        parts = replace(self.parts, text=meant.text)
        self._take(chips.with_chip(parts, chips.chip(meant.field)) if meant.field else parts)

    @Slot(str)
    def exclude(self, written: str) -> None:
        """Leave out what this field finds."""
        self.add(f"-{written}")

    @Slot(str)
    def remove(self, written: str) -> None:
        """Ask no longer for the chip, or the value of a chip, that is written so."""
        self._take(chips.without_chip(self.parts, written))

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        self.like = None
        self._take(Parts())

    @property
    def is_everything(self) -> bool:
        """Whether nothing is asked for."""
        return self.like is None and not self.query.strip()

    @property
    def film_hits(self) -> FilmHits | None:
        """Where in the films of the answer lies what was asked for; None where that is nothing to be seen."""
        return FilmHits.of(self._answered, self.like, self.results) if self.results is not None else None

    @property
    def is_about_copies(self) -> bool:
        """Whether duplicates are asked for."""
        chosen = (field for chip in self.parts.chips if not chip.excluded for field in chip.fields)
        return any(str(field) == DUPLICATES for field in chosen)

    @Slot(int)
    def find_similar(self, media_id: int) -> None:
        """Ask for what looks like this item, best first."""
        self._find_like(partial(_likeness, self._session.library, media_id))

    def find_similar_moment(self, media_id: int, time_s: float, name: str) -> None:
        """The same for the moment of a film whose best frame is at this second. name: what to call it."""
        self._find_like(partial(likeness_of_moment, self._session.library, media_id, time_s, name))

    def find_like(self, path: str) -> None:
        """Ask for what looks like the picture at this path, in the library or outside."""
        self._find_like(partial(likeness_of, self._session.library, path, partial(_look, self._session.settings)))

    def _find_like(self, work: Callable[[], Likeness]) -> None:
        run, failed = self._session.background.run, self._session.notices.error
        run(work, owner=self, then=self._take_like, failed=failed)

    def _take_like(self, like: Likeness) -> None:
        self.like = like
        self._take(Parts())

    @Slot()
    def forget_like(self) -> None:
        """Ask no longer for what looks like a picture."""
        self.like = None
        self._take(self.parts)

    @Slot(bool)
    def set_weaker(self, weaker: bool) -> None:
        """Whether behind the hits also what fits only some of the words is wanted."""
        if weaker != self.weaker:
            self.weaker = weaker
            self.asked.emit()
            self.run()

    def _take(self, parts: Parts) -> None:
        self.parts = parts
        self._is_typing = False
        self.asked.emit()
        self.run()

    @Slot()
    def run(self) -> None:
        """Ask again, now."""
        for timer in (self._burst, self._typing, self._rest):
            timer.stop()
        self._token.cancel()
        token = self._token = CancelToken()
        self._is_answering = True
        self._session.background.run(
            partial(_find, self._session.library, self.query, self.like, self.weaker, self._is_typing, token),
            owner=self,
            then=partial(self._answer, self.query, token),
            failed=partial(self._fail, token),
            priority=2,
        )

    @Slot()
    def warm_up(self) -> None:
        """Load what the first plain words need, and the names that are proposed, while nobody waits for it."""
        self._gather_names()
        self._session.background.run(
            partial(_warm_up, self._session.library),
            owner=self,
            then=lambda _: None,
            failed=lambda _: None,  # whoever types words is told
        )

    @Slot()
    def refresh(self) -> None:
        """Ask again soon, for the library has changed."""
        self._names_stale = True
        if not self._burst.isActive():
            self._burst.start()

    @property
    def is_busy(self) -> bool:
        """Whether keys or changes wait to be asked for."""
        return any(timer.isActive() for timer in (self._typing, self._burst, self._rest))

    def cancel(self) -> None:
        for timer in (self._burst, self._typing, self._rest, self._names_rest):
            timer.stop()
        self._token.cancel()

    # the answer

    def _answer(self, query: str, token: CancelToken, answer: Results | Alike) -> None:
        if token is not self._token:
            return
        self._is_answering = False
        self._alike = answer if isinstance(answer, Alike) else None
        self._answered = "" if self._alike is not None else query
        results = self.results = answer.results if isinstance(answer, Alike) else answer
        is_ranked = self._alike is not None or bool(self.parts.text.strip())
        self._choose_sort(is_ranked=is_ranked)
        self._session.show(results.ids, ranked=is_ranked)
        self.failed.emit(None)
        self.found.emit(results)
        if self._is_typing:
            self._rest.start()
        else:
            self._look_into()

    def _choose_sort(self, *, is_ranked: bool) -> None:
        """Best match where there is one, copies together where they are asked for; a person may choose another."""
        if self.is_about_copies:
            wanted, was_wanted = "copies", self._was_about_copies
        else:
            wanted, was_wanted = "relevance", self._was_ranked or not is_ranked
            if self._session.sort == "copies":
                self._session.sort = "newest"
        if not was_wanted:
            self._session.sort = wanted
        self._was_ranked, self._was_about_copies = is_ranked, self.is_about_copies

    @Slot()
    def _look_into(self) -> None:
        """Look for what the answer consists of, or what else could be asked for."""
        results, token, query = self.results, self._token, self._answered
        if results is None:
            return
        run, library = self._session.background.run, self._session.library
        failed = self._session.notices.error
        then = partial(self._compose, results, token)
        run(partial(_composition, library, query, results, token), owner=self, then=then, failed=failed, priority=1)
        if not results.total:
            run(partial(suggestions, library, results.query), owner=self, then=self.suggested.emit, failed=failed)

    def _compose(self, results: Results, token: CancelToken, composition: Composition) -> None:
        """Tags and objects take longer, so they come after the rest."""
        if token is not self._token:
            return
        if composition.facets and composition.facets[-1].name == "object":
            self.composed.emit(composition)
            return
        self._session.background.run(
            partial(_with_tags, self._session.library, composition, results, token),
            owner=self,
            then=partial(self._compose, results, token),
            failed=self._session.notices.error,
        )

    def _fail(self, token: CancelToken, error: Exception) -> None:
        if token is not self._token:
            return
        self._is_answering = False
        if isinstance(error, QueryError):
            self.failed.emit(error)
        else:
            self._session.notices.error(error)

    def reasons(
        self, media_id: int, then: Callable[[tuple[Reason, ...]], Any], *, owner: QObject | None = None
    ) -> None:
        """Call `then` with why the item is a hit; with nothing if it is none. owner: gone by then? It is not called."""
        results = self.results
        places = np.flatnonzero(results.ids == media_id).tolist() if results is not None else []
        if results is None or not places:
            then(())
            return
        one = slice(places[0], places[0] + 1)
        alone = replace(
            results,
            ids=results.ids[one],
            scores=results.scores[one],
            leaves=[(leaf, truths[one]) for leaf, truths in results.leaves],
        )
        work = partial(_explained, self._session.library, alone, self._alike, places[0], self.like)
        self._session.background.run(work, owner=owner or self, then=then, failed=self._session.notices.error)

    # proposals

    def propose(self, text: str, cursor: int) -> None:
        """Tell `completed` what the word before the cursor may become."""
        self._wanted = (text, cursor)
        if self._names is None or (self._names_stale and not self._names_rest.isActive()):
            self._gather_names()
        if self._names is not None:
            self._session.background.run(
                partial(complete, self._names, self._session.library, text, cursor),
                owner=self,
                then=partial(self._propose, (text, cursor)),
                failed=self._session.notices.error,
                priority=3,
            )

    def stop_proposing(self) -> None:
        """Tell nothing of what was typed before."""
        self._wanted = None

    def _propose(self, wanted: tuple[str, int], found: object) -> None:
        if wanted == self._wanted:
            self.completed.emit(found)

    @Slot()
    def _gather_names(self) -> None:
        if self._gathering or not self._names_stale:
            return
        self._gathering, self._names_stale = True, False
        self._session.background.run(
            partial(vocabulary, self._session.library),
            owner=self,
            then=self._take_names,
            failed=self._miss_names,
        )

    def _miss_names(self, error: Exception) -> None:
        self._gathering, self._names_stale = False, True  # for the next key to try again
        self._names_rest.start()
        self._session.notices.error(error)

    def _take_names(self, names: Vocabulary) -> None:
        is_first = self._names is None
        self._names, self._gathering = names, False
        self._names_rest.start()
        if is_first and self._wanted is not None:
            self.propose(*self._wanted)

    # searches that are kept

    def save(self, name: str) -> None:
        """Keep the query under this name."""
        self._write(partial(self._session.library.searches.save, name, self.query))

    def rename(self, search_id: int, name: str) -> None:
        self._write(partial(self._session.library.searches.rename, search_id, name))

    def delete(self, search_id: int) -> None:
        self._write(partial(self._session.library.searches.delete, search_id))

    def restore(self, name: str, query: str) -> None:
        """Take the deletion of a saved search back."""
        self._write(partial(self._session.library.searches.save, name, query))

    def forget_recent(self) -> None:
        self._write(self._session.library.searches.forget)

    def _write(self, work: Callable[[], Any]) -> None:
        self._session.background.run(
            work, owner=self, then=lambda _: self.searches_changed.emit(), failed=self._session.notices.error
        )


def _warm_up(library: Library) -> None:
    warm_up(library.index)
    find(library, _ANY_WORD, limit=1)  # reads the tables of words and towns: half a second


def _find(
    library: Library, query: str, like: Likeness | None, weaker: bool, typing: bool, token: CancelToken
) -> Results | Alike:
    """typing: the last word may not be whole yet."""
    if like is not None:
        space, vector, own = like.space, like.vector, like.media_id
        return find_alike(library, space, vector, query, without=own, limit=None, weaker=weaker, token=token)
    if typing:
        return find_while_typing(library, query, weaker=weaker, token=token)
    return find(library, query, limit=None, weaker=weaker, token=token)


def _explained(
    library: Library, results: Results, alike: Alike | None, place: int, like: Likeness | None
) -> tuple[Reason, ...]:
    if alike is None or like is None:
        return explain(library, results)[0]
    return explain_alike(library, Alike(results, alike.cosines[place : place + 1]), like.name)[0]


def _look(settings: Settings, path: str, space: Space) -> Done:
    from engines.analysis.look_once import look_alone  # in a thread, and only when a picture is dropped

    return look_alone(settings, path, space.phase, space.version)


def _likeness(library: Library, media_id: int) -> Likeness:
    names = library.index.names([media_id])
    return likeness_of_item(library, media_id, names.get(media_id, ""))


def _composition(library: Library, query: str, results: Results, token: CancelToken) -> Composition:
    dates = histogram(library.index.columns(), results.ids)
    return Composition(dates, tuple(facets(library, query, results.ids, token=token)))


def _with_tags(library: Library, composition: Composition, results: Results, token: CancelToken) -> Composition:
    token.check()
    return replace(composition, facets=(*composition.facets, *word_facets(library, results.ids)))
