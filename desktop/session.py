"""What one window works with: made once, given to every view, torn down in good order."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, Signal, Slot

from desktop.cockpit import Cockpit
from desktop.editing import Editing
from desktop.jobs.analyser import Activity, Analyser
from desktop.jobs.background import Background
from desktop.jobs.getting import Getting
from desktop.jobs.gpu_thread import NetworkThreads
from desktop.jobs.pricing import Pricing
from desktop.jobs.requests import Requests
from desktop.jobs.thumbnails import Thumbnails
from desktop.jobs.tidying import Tidying
from desktop.notices import Notices
from desktop.search import SearchController
from desktop.selection import Selection
from desktop.shortcuts import Shortcuts
from engines.cancel import CancelToken
from engines.inference import sets
from engines.library.library import Library
from engines.library.order import Order, arranged, nothing
from engines.settings import Settings

_WHOLE_BYTES = 128 * 1024 * 1024  # some hundred whole thumbnails


class Session(QObject):
    """The library, what is asked of it, what is shown and selected. All methods are called in the UI thread.

    A controller (search, editing, analyser) takes the session, is made here once, and tells of changes through the
    signals below. A view asks for something that another one does with a signal whose name ends in _requested.
    shown: what the grid shows now. sort: one of engines.library.order.SORTS.
    """

    files_added = Signal(list)  # media ids
    files_changed = Signal(list)  # media ids: their pictures, facts or states are others than before
    library_changed = Signal()  # anything may have changed: folders, many files at once
    settings_changed = Signal(object)  # the new Settings
    shown_changed = Signal()
    selection_changed = Signal()

    import_requested = Signal(list)  # absolute paths of folders and files, to be added to the library
    add_folder_requested = Signal()  # ask the person which
    viewer_requested = Signal(int)  # media id
    moment_requested = Signal(int, float)  # media id of a film, and the second at which the viewer is to open it
    frame_requested = Signal(str, float)  # path of a film, and the second of the frame to be copied
    compare_requested = Signal(list)  # media ids, 1 to 4; one alone is compared with its neighbour
    info_requested = Signal(bool)  # show or hide the info panel
    settings_requested = Signal(str)  # the page to open, or ''
    similar_requested = Signal(int)  # media id
    asking_requested = Signal(str)  # a cloud phase, to be asked for about editing.targets
    stretch_asking_requested = Signal(
        str, int, object
    )  # the same about a video's (start, end) in seconds: phase, media id
    menu_requested = Signal(QPoint)  # on the screen; the menu is about what is selected
    closing = Signal()  # let go of all that runs

    def __init__(self, library: Library, settings: Settings, settings_path: Path | None = None) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.settings_path = settings_path
        self.background = Background(self)
        self.notices = Notices(self)
        self.thumbnails = Thumbnails(library, self)
        self.whole_thumbnails = Thumbnails(library, self, kept=_WHOLE_BYTES)
        self.selection = Selection(self)
        self.shown: Order | None = None
        self.sort = "newest"
        self._answer: tuple[NDArray[np.int64], bool] = (np.empty(0, np.int64), False)
        self._arranging = CancelToken()
        self.search = SearchController(self)
        self.editing = Editing(self)
        self._tidying = Tidying(self)
        self.shortcuts = Shortcuts(settings.shortcuts.keys, self)
        self.network_threads = NetworkThreads()
        self.analyser = self._make_analyser()
        self.requests = self._make_requests()
        self.cockpit = self._make_cockpit()
        self.getting = self._make_getting()
        self.pricing = Pricing(self.library, self)
        self.pricing.failed.connect(self.notices.error)
        self.selection.changed.connect(self.selection_changed)
        self.files_changed.connect(self.whole_thumbnails.forget)
        for signal in (self.files_added, self.files_changed, self.library_changed):
            signal.connect(self.search.refresh)

    def _make_analyser(self) -> Analyser:
        analyser = Analyser(self.library, self.settings, self, make_desk=self.network_threads.start_desk)
        analyser.files_added.connect(self.files_added)
        analyser.files_changed.connect(self.files_changed)
        analyser.finished.connect(lambda report: self.library_changed.emit())
        analyser.failed.connect(self.notices.error)
        analyser.state_changed.connect(self._give_back_networks)
        self.import_requested.connect(analyser.add_paths)
        self.settings_changed.connect(analyser.take_settings)
        return analyser

    @Slot(object)
    def _give_back_networks(self, activity: Activity) -> None:
        """While the analysis is paused, the graphics card is others'."""
        if activity.is_waiting:
            self.network_threads.give_back()

    def _make_requests(self) -> Requests:
        requests = Requests(self.library, self.settings, self)
        requests.files_changed.connect(self.files_changed)
        requests.failed.connect(self.notices.error)
        self.analyser.finished.connect(requests.go_on)  # new files may lie where they are asked about by themselves
        self.settings_changed.connect(requests.take_settings)
        return requests

    def _make_cockpit(self) -> Cockpit:
        cockpit = Cockpit(self.settings, self.background, self.network_threads, self)
        cockpit.failed.connect(self.notices.error)
        self.settings_changed.connect(cockpit.take_settings)
        return cockpit

    def _make_getting(self) -> Getting:
        getting = Getting(self.settings, self)
        getting.failed.connect(self.notices.error)
        getting.got.connect(lambda name: self.analyser.look_again())  # what waited for it can be done
        self.settings_changed.connect(getting.take_settings)
        return getting

    def set_settings(self, settings: Settings) -> None:
        """Use these from now on and keep them for the next start."""
        if settings == self.settings:
            return
        self.settings = settings
        sets.use(settings.analysis.networks, settings.analysis.detector)
        self.shortcuts.take(settings.shortcuts.keys)
        self.settings_changed.emit(settings)
        if self.settings_path is not None:
            self.background.run(
                partial(settings.save, self.settings_path),
                owner=self,
                then=lambda _: None,
                failed=self.notices.error,
            )

    @property
    def is_ranked(self) -> bool:
        """Whether what is shown can be sorted by relevance."""
        return self._answer[1]

    @property
    def has_no_files(self) -> bool:
        """Whether the library is known to hold nothing at all."""
        return self.shown is not None and not len(self.shown.columns.newest)

    def show(self, ids: NDArray[np.int64], *, ranked: bool) -> None:
        """Show these items. ids: newest first, or where `ranked` best first."""
        self._answer = (ids, ranked)
        if self.sort == "relevance" and not ranked:
            self.sort = "newest"
        self._arrange()

    @Slot(str)
    def set_sort(self, sort: str) -> None:
        if sort != self.sort:
            self.sort = sort
            self._arrange()

    def is_at_rest(self) -> bool:
        """Whether nothing is on its way that would change what is shown."""
        return self.background.is_idle and self.thumbnails.is_idle and self.whole_thumbnails.is_idle

    def close(self) -> None:
        """Stop what runs, wait for it, close the library."""
        self.cockpit.close()
        self.getting.close()
        self.pricing.close()
        self.analyser.close()
        self.network_threads.close()
        self.requests.close()
        self.closing.emit()
        self.search.cancel()
        self._arranging.cancel()
        self.background.close()
        self.thumbnails.close()
        self.whole_thumbnails.close()
        self.library.close()

    def _arrange(self) -> None:
        self._arranging.cancel()
        token = self._arranging = CancelToken()
        ids, _ = self._answer
        self.background.run(
            partial(_arranged, self.library, ids, self.sort, token),
            owner=self,
            then=self._take,
            failed=self.notices.error,
        )

    def _take(self, order: Order) -> None:
        self.shown = order
        self.shown_changed.emit()


def _arranged(library: Library, ids: NDArray[np.int64], sort: str, token: CancelToken) -> Order:
    columns = library.index.columns()
    order = arranged(columns, ids, sort, library.index.by_name) if len(ids) else nothing(columns)
    order.prepare()
    token.check()
    return order
