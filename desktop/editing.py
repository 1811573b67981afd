"""What a person changes in the library: one command after the other, each told in a notice and undone by one key."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.elsewhere import open_trash
from desktop.notices import Action
from desktop.words import number
from engines.library import trash
from engines.library.edits import TRASH, Edit, Patch
from engines.library.trash import Trashed

if TYPE_CHECKING:
    from desktop.session import Session

REJECTED = -1  # stars

_Work = Callable[[], Any]


class Editing(QObject):
    """The commands on items, for every view. Work runs in the background, in the order it was asked for.

    Commands are for `targets`: all that is selected, or where a view shows a single item, that one. The stack mirrors
    the library's own log, which is what lasts.
    """

    changed = Signal(list)  # media ids
    targets_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._single: int | None = None
        self._steps: deque[Callable[[], None]] = deque()
        self._is_busy = False
        self._is_replaying = False
        self.stack = QUndoStack(self)
        self.changed.connect(session.files_changed)
        session.selection_changed.connect(self.targets_changed)
        self._enqueue(self._load)

    # whom it concerns

    @property
    def targets(self) -> list[int]:
        """Ids of the items that commands are for."""
        if self._single is not None:
            return [self._single]
        ids: list[int] = self._session.selection.ids.tolist()  # of a million: 20 ms; one by one it would take 160
        return ids

    def concentrate(self, media_id: int | None) -> None:
        """Let commands be for this item alone, as in the viewer; None: for what is selected."""
        if media_id != self._single:
            self._single = media_id
            self.targets_changed.emit()

    # commands

    def rate(self, stars: int | None) -> None:
        """0 to 5 stars, REJECTED, or None for what the file says. What is rejected or taken back is picked no more."""
        unpicked = {"picked": None} if stars is None or stars == REJECTED else {}
        self._type({"rating": stars, **unpicked}, "rate")

    @Slot()
    def pick(self) -> None:
        """All of them are picked; what was rejected is so no more, in the same step. If all are picked, none is."""
        self._judge_by_standing(self._pick)

    def _pick(self, targets: list[int], standing: _Standing) -> None:
        rejected = set(standing.rejected)
        others = [media_id for media_id in targets if media_id not in rejected]
        self._type({"picked": True, "rating": None}, "pick", standing.rejected)
        self._type({"picked": None if standing.all_picked else True}, "pick", others)

    def favour(self, *, favourite: bool) -> None:
        self._type({"favourite": favourite or None}, "favour")

    @Slot()
    def toggle_favourite(self) -> None:
        """All of them become favourites, unless all are: then none is."""
        self._judge_by_standing(
            lambda targets, are: self._type({"favourite": None if are.all_favourites else True}, "favour", targets)
        )

    def label(self, colour: str | None) -> None:
        """colour: such as 'Red', as other programs write it; None takes it away, and so does the one that all have."""
        self._judge_by_standing(
            lambda targets, are: self._type(
                {"colour_label": "" if colour is None or are.labels == {colour} else colour}, "label", targets
            )
        )

    def entitle(self, title: str, targets: list[int] | None = None) -> None:
        self._type({"title": title.strip()}, "entitle", targets)

    def caption(self, text: str, targets: list[int] | None = None) -> None:
        self._type({"caption": text.strip()}, "caption", targets)

    def describe(self, text: str | None, targets: list[int] | None = None) -> None:
        """In the person's words, which no service replaces; None takes them back."""
        self._type({"description": text}, "describe", targets)

    def name_products(self, products: Sequence[Mapping[str, Any]] | None, targets: list[int] | None = None) -> None:
        """products: as the fact `products` has them; None takes back what the person said."""
        self._type({"products": products}, "products", targets)

    def tag(self, names: Sequence[str], targets: list[int] | None = None) -> None:
        """Add these tags."""
        wanted = {name.strip(): True for name in names if name.strip()}
        if wanted:
            self._type({"tags": wanted}, "tag", targets)

    def judge(self, name: str, *, right: bool | None, targets: list[int] | None = None) -> None:
        """Say of a tag that it is right or wrong, for good; None takes that back."""
        self._type({"tags": {name: right}}, "judge", targets)

    def hide(self, *, hidden: bool = True) -> None:
        self._type({"hidden": hidden or None}, "hide")

    def remove(self, *, removed: bool = True) -> None:
        """Out of the library, or back into it. Files stay where they are."""
        self._type({"removed": removed or None}, "remove")

    def move_to_trash(self, targets: list[int]) -> None:
        """Move the files of these items to the system's trash; a person has agreed to that."""
        if targets:
            self._enqueue(partial(self._run, partial(trash.move, self._session.library, targets), self._tell_trashed))

    def _tell_trashed(self, outcome: Trashed) -> None:
        notices = self._session.notices
        if outcome.edit.items:
            self._push(outcome.edit)
            self.changed.emit(outcome.changed)
            notices.show(worded(outcome.edit, outcome.edit.items), Action(self.tr("Open trash"), open_trash))
        if outcome.problem is not None:
            notices.error(outcome.problem)

    @Slot()
    def undo(self) -> None:
        self._enqueue(self._undo)

    @Slot()
    def redo(self) -> None:
        self._enqueue(self._redo)

    # one after the other

    def _type(self, patch: Patch, command: str, targets: list[int] | None = None) -> None:
        wanted = self.targets if targets is None else targets
        if wanted:
            work = partial(self._session.library.type_in, wanted, patch, command)
            self._enqueue(partial(self._run, work, partial(self._done, len(wanted))))

    def _judge_by_standing(self, then: Callable[[list[int], _Standing], None]) -> None:
        """Look how the targets of now stand once all before is done; the commands of `then` come before all behind."""
        targets = self.targets

        def judge(standing: _Standing) -> None:
            behind, self._steps = self._steps, deque()
            then(targets, standing)
            self._steps.extend(behind)

        if targets:
            self._enqueue(partial(self._run, partial(_standing, self._session, targets), judge))

    def _done(self, asked: int, outcome: tuple[Edit, list[int]]) -> None:
        edit, changed = outcome
        if changed:
            self._push(edit)
            self.changed.emit(changed)
        action = Action(self.tr("Undo"), self.undo) if changed else None
        self._session.notices.show(worded(edit, asked), action)

    def _undo(self) -> None:
        if self.stack.canUndo():
            self.stack.undo()
        else:
            self._continue()

    def _redo(self) -> None:
        if self.stack.canRedo():
            self.stack.redo()
        else:
            self._continue()

    def _load(self) -> None:
        self._run(self._session.library.edits, self._replay)

    def _replay(self, edits: Sequence[Edit]) -> None:
        """Make the stack say what the log says, without doing anything."""
        self._is_replaying = True
        self.stack.clear()
        for edit in edits:
            self._push(edit)
        for _ in [edit for edit in edits if edit.undone]:
            self.stack.undo()
        self._is_replaying = False

    def _push(self, edit: Edit) -> None:
        """The stack calls redo() of what is pushed; it was done already."""
        before, self._is_replaying = self._is_replaying, True
        self.stack.push(_Command(edit, self._repeat))
        self._is_replaying = before

    def _repeat(self, edit: Edit, *, back: bool) -> None:
        """Called by the stack: undo or redo a command in the library."""
        if self._is_replaying:
            return
        library = self._session.library
        work = partial(library.undo if back else library.redo, edit.id)
        self._run(work, partial(self._repeated, edit, back=back))

    def _repeated(self, edit: Edit, changed: list[int], *, back: bool) -> None:
        if edit.is_note:
            text = self.tr("Files are taken back from the system's trash: restore them there, and they are here again")
            self._session.notices.show(text, Action(self.tr("Open trash"), open_trash))
            return
        self.changed.emit(changed)
        text = worded(edit, edit.items)
        if back:
            undone = self.tr("Undone: {what}").format(what=text)
            self._session.notices.show(undone, Action(self.tr("Redo"), self.redo))
        else:
            self._session.notices.show(text, Action(self.tr("Undo"), self.undo))

    def _enqueue(self, step: Callable[[], None]) -> None:
        self._steps.append(step)
        if not self._is_busy:
            self._continue()

    def _continue(self) -> None:
        self._is_busy = bool(self._steps)
        if self._steps:
            self._steps.popleft()()

    def _run(self, work: _Work, then: Callable[[Any], None]) -> None:
        def finish(outcome: Any) -> None:
            then(outcome)
            self._continue()

        self._session.background.run(work, owner=self, then=finish, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        """What failed was not done: the stack is made to say so."""
        self._session.notices.error(error)
        self._steps.appendleft(self._load)
        self._continue()


class _Command(QUndoCommand):
    def __init__(self, edit: Edit, repeat: Callable[..., None]) -> None:
        super().__init__(worded(edit, edit.items))
        self._edit = edit
        self._repeat = repeat

    def undo(self) -> None:
        self.setObsolete(self._edit.is_note)
        self._repeat(self._edit, back=True)

    def redo(self) -> None:
        self._repeat(self._edit, back=False)


def worded(edit: Edit, count: int) -> str:
    """What a command did, as a notice says it. count: of items that it was for."""
    one, many = _words(edit)
    return (one if count == 1 else many).replace("{count}", number(count))


def _words(edit: Edit) -> tuple[str, str]:
    patch = edit.patch
    match edit.command:
        case "rate":
            return _rated(patch["rating"])
        case "favour" if patch["favourite"]:
            return _tr("Made 1 item a favourite"), _tr("Made {count} items favourites")
        case "favour":
            return _tr("1 item is no favourite any more"), _tr("{count} items are no favourites any more")
        case "pick" if patch["picked"]:
            return _tr("Picked 1 item; is:picked finds it"), _tr("Picked {count} items; is:picked finds them")
        case "pick":
            return _tr("1 item is picked no more"), _tr("{count} items are picked no more")
        case "label" if not patch["colour_label"]:
            return _tr("Took the label of 1 item away"), _tr("Took the labels of {count} items away")
        case "label":
            return _tr("Labelled 1 item"), _tr("Labelled {count} items")
        case "entitle":
            return _tr("Changed the title of 1 item"), _tr("Changed the title of {count} items")
        case "caption":
            return _tr("Changed the caption of 1 item"), _tr("Changed the caption of {count} items")
        case "describe":
            return _tr("Changed the description of 1 item"), _tr("Changed the description of {count} items")
        case "products":
            return _tr("Changed the products of 1 item"), _tr("Changed the products of {count} items")
        case "tag":
            names = ", ".join(patch["tags"])
            return (
                _tr("Tagged 1 item “{names}”").format(names=names),
                _tr("Tagged {count} items “{names}”").replace("{names}", names),
            )
        case "judge":
            return _judged(*next(iter(patch["tags"].items())))
        case "hide" if patch["hidden"]:
            return _tr("Hid 1 item; is:hidden finds it"), _tr("Hid {count} items; is:hidden finds them")
        case "hide":
            return _tr("1 item is shown again"), _tr("{count} items are shown again")
        case "remove" if patch["removed"]:
            return (
                _tr("Removed 1 item from the library; its file stays on disk"),
                _tr("Removed {count} items from the library; their files stay on disk"),
            )
        case "remove":
            return _tr("1 item is in the library again"), _tr("{count} items are in the library again")
        case command if command == TRASH:
            return (
                _tr("Moved the file of 1 item to the trash; it can be restored there"),
                _tr("Moved the files of {count} items to the trash; they can be restored there"),
            )
        case _:
            return _tr("Changed 1 item"), _tr("Changed {count} items")


def _rated(stars: int | None) -> tuple[str, str]:
    if stars is None or stars == 0:
        return _tr("Took the rating of 1 item away"), _tr("Took the rating of {count} items away")
    if stars == REJECTED:
        return _tr("Rejected 1 item"), _tr("Rejected {count} items")
    return (
        _tr("Rated 1 item ★{stars}").format(stars=stars),
        _tr("Rated {count} items ★{stars}").replace("{stars}", str(stars)),
    )


def _judged(name: str, right: bool | None) -> tuple[str, str]:
    text = {
        True: _tr("“{name}” is right, for good"),
        False: _tr("“{name}” is wrong: it will not be found by it any more"),
        None: _tr("What you said of “{name}” is taken back"),
    }[right].replace("{name}", name)
    return text, text


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editing", text)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How some items stand now. labels: each once, as they are spelled; '' of an item without one."""

    all_favourites: bool
    all_picked: bool
    rejected: list[int]
    labels: set[str]


def _standing(session: Session, media_ids: list[int]) -> _Standing:
    columns = session.library.index.columns()
    labels = columns.terms["label"]
    return _Standing(
        bool(columns.flag("is_favourite")[media_ids].all()),
        bool(columns.flag("is_picked")[media_ids].all()),
        [media_id for media_id in media_ids if columns["rating"][media_id] == REJECTED],
        {labels.get(int(term), "") for term in columns["label"][media_ids]},
    )
