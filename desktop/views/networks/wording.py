"""Networks, sets and how getting them goes, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from desktop.jobs.getting import Progress
from desktop.views.activity.wording import number
from engines.analysis.getting import Step
from engines.inference import sets, speech
from engines.inference.catalogue import Card, Task
from engines.inference.engine_cache import EngineKey
from engines.inference.extras import install_command
from engines.inference.recipes import recipes
from engines.inference.shelf import Offer

_PURPOSES = (  # of the recipes, as resources/recipes says them
    QT_TRANSLATE_NOOP("Networks", "finds pictures by what is meant, and names scenes"),
    QT_TRANSLATE_NOOP("Networks", "finds objects and where they are"),
    QT_TRANSLATE_NOOP("Networks", "writes down what is said in videos"),
)
_TASKS = {
    Task.LABELS: QT_TRANSLATE_NOOP("Networks", "names what a picture shows"),
    Task.OBJECTS: QT_TRANSLATE_NOOP("Networks", "finds objects and where they are"),
    Task.TEXT: QT_TRANSLATE_NOOP("Networks", "understands what is searched for"),
    Task.MEANING: QT_TRANSLATE_NOOP("Networks", "finds pictures by what is meant"),
}
_LEFT_OUT = (
    QT_TRANSLATE_NOOP(
        "Networks", "it runs at NVIDIA, so every photo would leave this computer; CLIP does the same here"
    ),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Networks", text)


def size(count: int) -> str:
    """Bytes; of megabytes nobody wants fractions."""
    digits = 1 if count >= 1_000_000_000 else 0
    return QLocale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def purpose(offer: Offer) -> str:
    return _tr(offer.recipe.purpose)


def task(card: Card) -> str:
    return _tr(str(_TASKS[card.task]))


def left_out(name: str, reason: str) -> str:
    return _tr("{name} is left out: {reason}.").format(name=name, reason=_tr(reason))


def facts(offer: Offer) -> str:
    """Its licence, how large it is, and what was built of it."""
    parts = [offer.recipe.licence]
    if offer.is_ready:
        here = _tr("{size} on this computer").format(size=size(offer.size)) if offer.size else _tr("on this computer")
        parts.append(here)
    else:
        parts.append(_tr("{size} to download").format(size=size(offer.recipe.download_mb * 1_000_000)))
    if offer.begun and not offer.has_checkpoint:
        parts.append(_tr("{size} of it are there").format(size=size(offer.begun)))
    if offer.recipe is speech.recipe() and not speech.has_extra():
        parts.append(_tr("also needs the extra speech: {command}").format(command=install_command("speech")))
    return " · ".join([*parts, *engines(offer.engines)])


def engines(keys: Sequence[EngineKey]) -> list[str]:
    """'engine fp16 for RTX 3060', each once."""
    text = _tr("engine {precision} for {card}")
    return list(dict.fromkeys(text.format(precision=key.precision, card=key.gpu) for key in keys))


def source(offer: Offer) -> str:
    """Where it is fetched from."""
    first = offer.recipe.sources[0]
    return _tr("Downloads {name} from the Hugging Face hub; nothing of yours is sent.").format(name=first.repository)


def progress(now: Progress) -> str:
    match now.step:
        case None:
            return _tr("Waits for the other one")
        case Step.FETCH if now.total:
            return _tr("{done} of {total}").format(done=size(now.done), total=size(now.total))
        case Step.FETCH:
            return _tr("Asking the hub")
        case Step.MAKE:
            return _tr("Making the networks and comparing them with their original")
        case Step.BUILD:
            return _tr("Building engines for the graphics card, {steps} steps done").format(steps=number(now.done))
        case Step.WORDS:
            return _tr("Learning the words for pictures; this takes some minutes, once")


def lacking(name: str) -> str:
    """What has to be got before this set can be used; '' where nothing has."""
    wanted = sets.SETS[name]
    if not wanted.lacking:
        return ""
    made_of = (recipes()[name] for name in wanted.recipes)
    titles = [one.title for one in made_of if any(plan.name in wanted.lacking for plan in one.networks)]
    return _tr("Get {names} first; they are listed on this page.").format(names=_tr(" and ").join(titles))
