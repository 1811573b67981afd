"""Every command with a key: what it is called, its default keys, where they work, and what a person made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence


class Where(Enum):
    """Where a command's keys work; the value heads its group in the list of keys."""

    WINDOW = QT_TRANSLATE_NOOP("Shortcuts", "Everywhere")
    ITEMS = QT_TRANSLATE_NOOP("Shortcuts", "Photos and videos")  # in every view that shows some
    GRID = QT_TRANSLATE_NOOP("Shortcuts", "Grid")
    VIEWER = QT_TRANSLATE_NOOP("Shortcuts", "Viewer")


_TOGETHER = {  # contexts whose keys are alive at the same time as those of the first
    Where.WINDOW: frozenset(Where),
    Where.ITEMS: frozenset(Where),
    Where.GRID: frozenset({Where.WINDOW, Where.ITEMS, Where.GRID}),
    Where.VIEWER: frozenset({Where.WINDOW, Where.ITEMS, Where.VIEWER}),
}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command. id: its name in the settings. text: English; `title` is in the window's language. keys: portable."""

    id: str
    text: str
    keys: tuple[str, ...]
    where: Where

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Shortcuts", self.text)


def _table() -> Iterator[Shortcut]:
    W, I, G, V = Where.WINDOW, Where.ITEMS, Where.GRID, Where.VIEWER  # noqa: E741, N806 -- columns of a table
    yield _row("add_folder", QT_TRANSLATE_NOOP("Shortcuts", "Add folder…"), ("Ctrl+I",), W)
    yield _row("find", QT_TRANSLATE_NOOP("Shortcuts", "Search"), ("Ctrl+F", "/"), W)
    yield _row("save_search", QT_TRANSLATE_NOOP("Shortcuts", "Save search…"), ("Ctrl+S",), W)
    yield _row("undo", QT_TRANSLATE_NOOP("Shortcuts", "Undo"), ("Ctrl+Z",), W)
    yield _row("redo", QT_TRANSLATE_NOOP("Shortcuts", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), W)
    yield _row("show_sidebar", QT_TRANSLATE_NOOP("Shortcuts", "Show sidebar"), ("F9",), W)
    yield _row("show_info", QT_TRANSLATE_NOOP("Shortcuts", "Show info panel"), ("I",), W)
    yield _row("show_activity", QT_TRANSLATE_NOOP("Shortcuts", "Show activity"), ("Ctrl+J",), W)
    yield _row("show_cockpit", QT_TRANSLATE_NOOP("Shortcuts", "Show cockpit"), ("Ctrl+Shift+J",), W)
    yield _row("full_screen", QT_TRANSLATE_NOOP("Shortcuts", "Full screen"), ("F11", "Shift+F"), W)
    yield _row("rescan", QT_TRANSLATE_NOOP("Shortcuts", "Look for new files"), ("F5",), W)
    yield _row("folders", QT_TRANSLATE_NOOP("Shortcuts", "Folders…"), ("Ctrl+Shift+O",), W)
    yield _row("settings", QT_TRANSLATE_NOOP("Shortcuts", "Settings…"), ("Ctrl+,",), W)
    yield _row("keys", QT_TRANSLATE_NOOP("Shortcuts", "Keys"), ("?", "Ctrl+/"), W)
    yield _row("about", QT_TRANSLATE_NOOP("Shortcuts", "About Image Engine"), (), W)
    yield _row("quit", QT_TRANSLATE_NOOP("Shortcuts", "Quit"), ("Ctrl+Q",), W)

    for stars in range(6):
        yield _row(f"rate_{stars}", _RATINGS[stars], (str(stars),), I)
    yield _row("pick", QT_TRANSLATE_NOOP("Shortcuts", "Pick"), ("P",), I)
    yield _row("reject", QT_TRANSLATE_NOOP("Shortcuts", "Reject"), ("X",), I)
    yield _row("unrate", QT_TRANSLATE_NOOP("Shortcuts", "Take rating and pick back"), ("U",), I)
    yield _row("favourite", QT_TRANSLATE_NOOP("Shortcuts", "Favourite"), ("F",), I)
    for label, (text, key) in _LABELS.items():
        yield _row(f"label_{label}", text, (key,) if key else (), I)
    yield _row("tag", QT_TRANSLATE_NOOP("Shortcuts", "Tag…"), ("T", "Ctrl+T"), I)
    yield _row("find_similar", QT_TRANSLATE_NOOP("Shortcuts", "Find similar"), ("Ctrl+Shift+F",), I)
    yield _row("describe", QT_TRANSLATE_NOOP("Shortcuts", "Describe with VLM…"), ("Ctrl+Shift+D",), I)
    yield _row("detect_products", QT_TRANSLATE_NOOP("Shortcuts", "Detect products…"), (), I)
    yield _row("suggest_tags", QT_TRANSLATE_NOOP("Shortcuts", "Suggest tags…"), (), I)
    yield _row("compare", QT_TRANSLATE_NOOP("Shortcuts", "Compare"), ("C",), I)
    yield _row("show_in_folder", QT_TRANSLATE_NOOP("Shortcuts", "Show in folder"), ("Ctrl+Shift+M",), I)
    yield _row("copy_file", QT_TRANSLATE_NOOP("Shortcuts", "Copy file"), ("Ctrl+C",), I)
    yield _row("copy_path", QT_TRANSLATE_NOOP("Shortcuts", "Copy path"), ("Ctrl+Shift+C",), I)
    yield _row("analyse_again", QT_TRANSLATE_NOOP("Shortcuts", "Analyse again"), ("Ctrl+R",), I)
    yield _row("hide", QT_TRANSLATE_NOOP("Shortcuts", "Hide"), ("H",), I)
    yield _row("remove", QT_TRANSLATE_NOOP("Shortcuts", "Remove from library"), ("Del",), I)
    yield _row("trash", QT_TRANSLATE_NOOP("Shortcuts", "Move to trash…"), (), I)
    yield _row("properties", QT_TRANSLATE_NOOP("Shortcuts", "Properties"), ("Alt+Return",), I)

    yield _row("open", QT_TRANSLATE_NOOP("Shortcuts", "Open in viewer"), ("Return", "Enter", "E"), G)
    yield _row("clear_search", QT_TRANSLATE_NOOP("Shortcuts", "Clear search"), ("Esc",), G)
    yield _row("select_all", QT_TRANSLATE_NOOP("Shortcuts", "Select all"), ("Ctrl+A",), G)
    yield _row("select_none", QT_TRANSLATE_NOOP("Shortcuts", "Select nothing"), ("Ctrl+Shift+A",), G)
    yield _row("larger", QT_TRANSLATE_NOOP("Shortcuts", "Larger tiles"), ("Ctrl++", "Ctrl+=", "+"), G)
    yield _row("smaller", QT_TRANSLATE_NOOP("Shortcuts", "Smaller tiles"), ("Ctrl+-", "-"), G)
    yield _row("next_day", QT_TRANSLATE_NOOP("Shortcuts", "Next day"), ("D",), G)
    yield _row("previous_day", QT_TRANSLATE_NOOP("Shortcuts", "Previous day"), ("Shift+D",), G)
    yield _row("next_month", QT_TRANSLATE_NOOP("Shortcuts", "Next month"), ("M",), G)
    yield _row("previous_month", QT_TRANSLATE_NOOP("Shortcuts", "Previous month"), ("Shift+M",), G)
    yield _row("next_year", QT_TRANSLATE_NOOP("Shortcuts", "Next year"), ("Y",), G)
    yield _row("previous_year", QT_TRANSLATE_NOOP("Shortcuts", "Previous year"), ("Shift+Y",), G)
    yield _row("leaf_on", QT_TRANSLATE_NOOP("Shortcuts", "Next moment of the video"), (".",), G)
    yield _row("leaf_back", QT_TRANSLATE_NOOP("Shortcuts", "Previous moment of the video"), (",",), G)

    yield _row("close_viewer", QT_TRANSLATE_NOOP("Shortcuts", "Back to the grid"), ("Esc", "G"), V)
    yield _row("next", QT_TRANSLATE_NOOP("Shortcuts", "Next"), ("Right", "PgDown"), V)
    yield _row("previous", QT_TRANSLATE_NOOP("Shortcuts", "Previous"), ("Left", "PgUp"), V)
    yield _row("next_beside", QT_TRANSLATE_NOOP("Shortcuts", "Compare with the next"), ("Down",), V)
    yield _row("previous_beside", QT_TRANSLATE_NOOP("Shortcuts", "Compare with the one before"), ("Up",), V)
    yield _row("play", QT_TRANSLATE_NOOP("Shortcuts", "Play or pause, else next"), ("Space",), V)
    yield _row("actual_size", QT_TRANSLATE_NOOP("Shortcuts", "Fit or 100 %"), ("Z", "Ctrl+1"), V)
    yield _row("fit", QT_TRANSLATE_NOOP("Shortcuts", "Fit to window"), ("Ctrl+0",), V)
    yield _row("zoom_in", QT_TRANSLATE_NOOP("Shortcuts", "Zoom in"), ("Ctrl++", "Ctrl+=", "+"), V)
    yield _row("zoom_out", QT_TRANSLATE_NOOP("Shortcuts", "Zoom out"), ("Ctrl+-", "-"), V)
    yield _row("rotate_left", QT_TRANSLATE_NOOP("Shortcuts", "Turn left (view only)"), ("[",), V)
    yield _row("rotate_right", QT_TRANSLATE_NOOP("Shortcuts", "Turn right (view only)"), ("]",), V)
    yield _row("boxes", QT_TRANSLATE_NOOP("Shortcuts", "Show object boxes"), ("B",), V)
    yield _row("filmstrip", QT_TRANSLATE_NOOP("Shortcuts", "Show filmstrip"), ("L",), V)
    yield _row("slide_show", QT_TRANSLATE_NOOP("Shortcuts", "Slide show"), ("S",), V)
    yield from _film_rows()


def _film_rows() -> Iterator[Shortcut]:
    V = Where.VIEWER  # noqa: N806 -- column of a table
    yield _row("next_frame", QT_TRANSLATE_NOOP("Shortcuts", "Next frame"), (".",), V)
    yield _row("previous_frame", QT_TRANSLATE_NOOP("Shortcuts", "Previous frame"), (",",), V)
    yield _row("next_moment", QT_TRANSLATE_NOOP("Shortcuts", "Next moment"), ("Ctrl+Right", "J"), V)
    yield _row("previous_moment", QT_TRANSLATE_NOOP("Shortcuts", "Previous moment"), ("Ctrl+Left", "Shift+J"), V)
    yield _row("next_hit", QT_TRANSLATE_NOOP("Shortcuts", "Next place that was found"), ("N",), V)
    yield _row("previous_hit", QT_TRANSLATE_NOOP("Shortcuts", "Previous place that was found"), ("Shift+N",), V)
    yield _row("faster", QT_TRANSLATE_NOOP("Shortcuts", "Play faster"), (">",), V)
    yield _row("slower", QT_TRANSLATE_NOOP("Shortcuts", "Play slower"), ("<",), V)
    yield _row("mute", QT_TRANSLATE_NOOP("Shortcuts", "Mute"), ("M",), V)
    yield _row("set_a", QT_TRANSLATE_NOOP("Shortcuts", "Repeat from here (A)"), ("A",), V)
    yield _row("set_b", QT_TRANSLATE_NOOP("Shortcuts", "Repeat up to here (B)"), ("Shift+A",), V)
    yield _row("clear_stretch", QT_TRANSLATE_NOOP("Shortcuts", "Repeat no longer"), ("Ctrl+Shift+A",), V)
    yield _row("transcript", QT_TRANSLATE_NOOP("Shortcuts", "Show what is said"), ("Shift+T",), V)
    yield _row("copy_frame", QT_TRANSLATE_NOOP("Shortcuts", "Copy frame"), ("Ctrl+Alt+C",), V)
    yield _row("export_clip", QT_TRANSLATE_NOOP("Shortcuts", "Export clip…"), ("Ctrl+E",), V)


def _row(command: str, text: object, keys: tuple[str, ...], where: Where) -> Shortcut:
    return Shortcut(command, str(text), keys, where)


_RATINGS = (
    QT_TRANSLATE_NOOP("Shortcuts", "No rating"),
    QT_TRANSLATE_NOOP("Shortcuts", "Rate 1 star"),
    QT_TRANSLATE_NOOP("Shortcuts", "Rate 2 stars"),
    QT_TRANSLATE_NOOP("Shortcuts", "Rate 3 stars"),
    QT_TRANSLATE_NOOP("Shortcuts", "Rate 4 stars"),
    QT_TRANSLATE_NOOP("Shortcuts", "Rate 5 stars"),
)

_LABELS = {
    "red": (QT_TRANSLATE_NOOP("Shortcuts", "Red label"), "6"),
    "yellow": (QT_TRANSLATE_NOOP("Shortcuts", "Yellow label"), "7"),
    "green": (QT_TRANSLATE_NOOP("Shortcuts", "Green label"), "8"),
    "blue": (QT_TRANSLATE_NOOP("Shortcuts", "Blue label"), "9"),
    "purple": (QT_TRANSLATE_NOOP("Shortcuts", "Purple label"), ""),
}

# F is a favourite in the viewer too, where other programs fill the screen with it: one key, one meaning.
TABLE: dict[str, Shortcut] = {shortcut.id: shortcut for shortcut in _table()}


class Shortcuts(QObject):
    """The actions of all commands, one each; they follow when a person gives a command other keys.

    A widget takes `action(id)`, adds it to itself and connects its `triggered`. Keys of WINDOW commands work in the
    whole window, those of others in the widgets that the action was added to.
    """

    changed = Signal()  # commands have other keys now

    def __init__(self, changes: Iterable[str] = (), parent: QObject | None = None) -> None:
        """changes: the setting `shortcuts.keys`; what it says about commands that do not exist is passed over."""
        super().__init__(parent)
        self._changes = _parsed(changes)
        self._actions: dict[str, QAction] = {}

    def action(self, command: str) -> QAction:
        """The one action of a command. Raises KeyError for one that is not in the table."""
        if command not in self._actions:
            self._actions[command] = self._make(TABLE[command])
        return self._actions[command]

    def keys(self, command: str) -> tuple[str, ...]:
        """Its keys now, as portable text: 'Ctrl+,'."""
        return self._changes.get(command, TABLE[command].keys)

    def shown_keys(self, command: str) -> str:
        """Its first key as this system writes it, empty if it has none."""
        keys = self.keys(command)
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def in_the_way(self, command: str, key: str) -> list[Shortcut]:
        """The other commands that have this key where it would work for this one."""
        rivals = _TOGETHER[TABLE[command].where]
        return [
            other
            for other in TABLE.values()
            if other.id != command and other.where in rivals and _canonical(key) in map(_canonical, self.keys(other.id))
        ]

    def changes_with(self, command: str, keys: Sequence[str] | None) -> tuple[str, ...]:
        """The setting `shortcuts.keys` with other keys for a command, or its default ones (None); theirs are freed."""
        changes = dict(self._changes)
        wanted = TABLE[command].keys if keys is None else tuple(keys)
        for key in wanted:
            for other in self.in_the_way(command, key):
                kept = changes.get(other.id, other.keys)
                changes[other.id] = tuple(one for one in kept if _canonical(one) != _canonical(key))
        changes[command] = wanted
        return tuple(f"{name}={' '.join(keys)}" for name, keys in changes.items() if keys != TABLE[name].keys)

    def take(self, changes: Iterable[str]) -> None:
        """Give commands the keys that the setting `shortcuts.keys` says."""
        parsed = _parsed(changes)
        if parsed == self._changes:
            return
        self._changes = parsed
        for command, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in self.keys(command)])
        self.changed.emit()

    def retranslate(self) -> None:
        """Call the actions by their names in the language that is in force now."""
        for command, action in self._actions.items():
            action.setText(TABLE[command].title)

    def _make(self, shortcut: Shortcut) -> QAction:
        action = QAction(shortcut.title, self)
        action.setObjectName(shortcut.id)
        action.setShortcuts([QKeySequence(key) for key in self.keys(shortcut.id)])
        everywhere = shortcut.where is Where.WINDOW
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        return action


def is_key(text: str) -> bool:
    """Whether Qt knows such a key."""
    return bool(_canonical(text))


def _canonical(key: str) -> str:
    return QKeySequence(key).toString()


def _parsed(changes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By command; keys of one command stand between spaces."""
    parsed = {}
    for change in changes:
        command, equals, keys = change.partition("=")
        if equals and command.strip() in TABLE:
            parsed[command.strip()] = tuple(key for key in keys.split() if is_key(key))
    return parsed
