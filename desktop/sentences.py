"""Sentences of the engines in the window's language, known by their English shape.

A code stands for many sentences where the engines put them together from what they met, such as 'corrupt' for all that
can be wrong with a file. So those are listed here as they are built; in braces stands what differs, which may be a part
that is listed as well. A test holds them against the sources, so that none goes out of date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# What is said of a file: behind its name, and before a full stop.
_OF_FILES = (
    QT_TRANSLATE_NOOP("Sentences", "is cut short before its picture begins"),
    QT_TRANSLATE_NOOP("Sentences", "is broken off or damaged before its picture begins"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged near its end; hardly anything of the picture is missing"),
    QT_TRANSLATE_NOOP("Sentences", "is cut short: only the upper {percent} % of its picture could be read"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged or cut short: only {percent} % of its picture could be read"),
    QT_TRANSLATE_NOOP("Sentences", "is cut short: its picture is coarse or incomplete"),
    QT_TRANSLATE_NOOP("Sentences", "is cut short: only its first {seconds} seconds can be played"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: parts of its picture are missing or wrong"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: no picture can be made of it"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: none of its pictures can be decoded"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: it has no size"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: this part of it cannot be decoded"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged, or a kind of {kind} that cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is a {kind} of a kind that cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is encoded in a way that cannot be decoded here"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be played: it is damaged, or a kind of {kind} that is not known"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read: {reason}"),
    QT_TRANSLATE_NOOP("Sentences", "holds neither pictures nor sound"),
    QT_TRANSLATE_NOOP("Sentences", "holds sound but no pictures"),
    QT_TRANSLATE_NOOP("Sentences", "holds nothing but zeros, as after a failed copy or recovery"),
    QT_TRANSLATE_NOOP("Sentences", "needs more memory than a file may have"),
    QT_TRANSLATE_NOOP("Sentences", "has {size} GiB, more than a photo may have"),
    QT_TRANSLATE_NOOP("Sentences", "asks for {pixels}; up to {limit} are opened"),
    QT_TRANSLATE_NOOP("Sentences", "was changed while it was read; it will be read again"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be watched beyond {seconds} s: it takes too long to get there"),
    QT_TRANSLATE_NOOP("Sentences", "{what}; it will be tried again when it changes"),
    QT_TRANSLATE_NOOP("Sentences", "is neither a photo nor a video"),
    QT_TRANSLATE_NOOP("Sentences", "is neither a photo nor a video of a known kind"),
    QT_TRANSLATE_NOOP("Sentences", "is a PDF document, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is a ZIP archive or an office document, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is a Photoshop document, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is a JPEG XL picture, which cannot be read yet"),
    QT_TRANSLATE_NOOP("Sentences", "is a JPEG 2000 picture, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is an icon, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is an OpenEXR picture, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is a Radiance HDR picture, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is an SVG drawing, which cannot be read"),
    QT_TRANSLATE_NOOP("Sentences", "is a sound file, not a video"),
    QT_TRANSLATE_NOOP("Sentences", "is a program, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is a packed archive, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is a database, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is a web page, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is an XML document, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "is plain text, not a picture"),
    QT_TRANSLATE_NOOP("Sentences", "has no keyframe there, at which it could be cut"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be cut: the process that worked on it ended unexpectedly"),
)

# What stands for a brace of the others.
_PARTS = (
    QT_TRANSLATE_NOOP("Sentences", "makes the decoder crash"),
    QT_TRANSLATE_NOOP("Sentences", "takes too long to decode"),
    QT_TRANSLATE_NOOP("Sentences", "needs more memory to decode than a file may have"),
    QT_TRANSLATE_NOOP("Sentences", "met a fault of this program"),
    QT_TRANSLATE_NOOP("Sentences", "{count} gigapixels"),
    QT_TRANSLATE_NOOP("Sentences", "{count} megapixels"),
    QT_TRANSLATE_NOOP("Sentences", "you have no permission to read it"),
    QT_TRANSLATE_NOOP("Sentences", "it is no longer there"),
    QT_TRANSLATE_NOOP("Sentences", "it is a folder"),
    QT_TRANSLATE_NOOP("Sentences", "it is no ordinary file"),
    QT_TRANSLATE_NOOP("Sentences", "it has changed since it was examined"),
    QT_TRANSLATE_NOOP("Sentences", "the system did not take it"),
    QT_TRANSLATE_NOOP("Sentences", "a number"),
    QT_TRANSLATE_NOOP("Sentences", "a number of stars"),
    QT_TRANSLATE_NOOP("Sentences", "an f-number"),
    QT_TRANSLATE_NOOP("Sentences", "a time, such as 1/250 or 2s"),
    QT_TRANSLATE_NOOP("Sentences", "a focal length, such as 50mm"),
    QT_TRANSLATE_NOOP("Sentences", "a size, such as 5MB or 800KB"),
    QT_TRANSLATE_NOOP("Sentences", "a duration, such as 1:30, 90s or 2min"),
    QT_TRANSLATE_NOOP("Sentences", 'a date, such as 2008, 2008-10, 2008-10-22, yesterday or "last week"'),
    QT_TRANSLATE_NOOP("Sentences", "Did you mean {name}?"),
    QT_TRANSLATE_NOOP("Sentences", 'For the words themselves write "{name}: …".'),
    QT_TRANSLATE_NOOP("Sentences", "It can be {values}."),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read ({reason})"),
    QT_TRANSLATE_NOOP("Sentences", "is not UTF-8 text at line {line}"),
    QT_TRANSLATE_NOOP("Sentences", "is not valid TOML: {fault}"),
    QT_TRANSLATE_NOOP("Sentences", "is of version {version}, this program knows up to {known}"),
    QT_TRANSLATE_NOOP("Sentences", "loaded"),
    QT_TRANSLATE_NOOP("Sentences", "run"),
    QT_TRANSLATE_NOOP("Sentences", "Get the network"),
    QT_TRANSLATE_NOOP("Sentences", "Install Image Engine"),
)

_OTHERS = (
    # clips
    QT_TRANSLATE_NOOP("Sentences", "{file} could not be written ({reason})."),
    QT_TRANSLATE_NOOP("Sentences", "The clip could not be written ({reason})."),
    # folders
    QT_TRANSLATE_NOOP(
        "Sentences", "The folder {folder} cannot be reached ({reason}); what is known about its files is kept."
    ),
    # the library
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The library {path} was made by a newer version of Image Engine (its form is {version}, this program knows "
        "{known}). Nothing was changed; please update the program.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{path} is not a library of Image Engine. Choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The library {path} is damaged ({fault}). Your photos are not affected; rename that file and import again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The library {path} cannot be used: {fault}."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The library folder {folder} cannot be made ({reason}). Choose another with --library."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The library folder {folder} cannot be written ({reason}). Choose another with --library."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Another Image Engine (process {process}) is using the library {folder}. Close it, or wait until it is done.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "Another Image Engine is using the library {folder}. Close it, or wait until it is done."
    ),
    QT_TRANSLATE_NOOP("Sentences", "A saved search needs a name."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "What the networks found cannot be kept in {folder} ({reason}). Free some space or see to the folder's "
        "permissions, then start again: nothing is lost.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{file} was deleted while it was in use. Start again: it is then made anew."),
    # workers and networks
    QT_TRANSLATE_NOOP("Sentences", "Worker processes cannot start: {fault}"),
    QT_TRANSLATE_NOOP("Sentences", "{needed} MB of shared memory are needed, but {place} has only {free} MB left."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The network {name} cannot be loaded: {file} cannot be read ({reason}). {again} again to mend it."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The network {name} cannot be loaded: {file} is damaged or was changed. {again} again to mend it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The network {name} could not be {done}: {fault}"),
    QT_TRANSLATE_NOOP("Sentences", "{library} could not build {network}: {fault}"),
    QT_TRANSLATE_NOOP("Sentences", "PyTorch cannot run {name}, which is kept as ONNX only."),
    QT_TRANSLATE_NOOP("Sentences", "The process for networks did not answer and was ended."),
    QT_TRANSLATE_NOOP("Sentences", "The process for networks died ({how})."),
    QT_TRANSLATE_NOOP("Sentences", "The process for networks sent nonsense ({fault})."),
    QT_TRANSLATE_NOOP("Sentences", "The networks have not looked at any picture yet; import a folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The networks have not looked at {path} yet; import it again, which goes on where it was stopped.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The networks see nothing in {path} that other pictures could be like."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Other networks than now have looked at this library; import a folder, so that these look as well.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "This step of the analysis is switched off in the settings."),
    # settings
    QT_TRANSLATE_NOOP(
        "Sentences", "The settings file {path} {what}. Correct it, or move it away to start from the defaults."
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is no setting {key}; did you mean {near}?"),
    # what is typed into the search
    QT_TRANSLATE_NOOP("Sentences", "This parenthesis is never closed."),
    QT_TRANSLATE_NOOP("Sentences", "This parenthesis closes nothing: there is no opening one before it."),
    QT_TRANSLATE_NOOP("Sentences", "There is nothing between these parentheses."),
    QT_TRANSLATE_NOOP("Sentences", "There is nothing between these quotation marks."),
    QT_TRANSLATE_NOOP("Sentences", "This quotation mark is never closed."),
    QT_TRANSLATE_NOOP("Sentences", "This query is nested too deeply."),
    QT_TRANSLATE_NOOP("Sentences", "A query can have at most {count} characters."),
    QT_TRANSLATE_NOOP("Sentences", "A query can have at most {count} parts; this one has {parts}."),
    QT_TRANSLATE_NOOP("Sentences", "NOT needs something behind it."),
    QT_TRANSLATE_NOOP("Sentences", "{word} needs something on both sides."),
    QT_TRANSLATE_NOOP(
        "Sentences", "A * can stand only at the end of a word. For parts of file names write name:*part*."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Here a * can stand only at the end of a word."),
    QT_TRANSLATE_NOOP("Sentences", "There can be at most {count} * in one value."),
    QT_TRANSLATE_NOOP("Sentences", "This needs at least one letter or digit."),
    QT_TRANSLATE_NOOP("Sentences", "There is no field '{name}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "{field}: needs a value, such as {example}"),
    QT_TRANSLATE_NOOP("Sentences", "'{value}' is not {expected}."),
    QT_TRANSLATE_NOOP("Sentences", "The range needs {expected} on at least one side."),
    QT_TRANSLATE_NOOP("Sentences", "This range runs backwards: put the smaller value first."),
    QT_TRANSLATE_NOOP("Sentences", "There is no colour '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "There is no type '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "There is no format '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "There is no orientation '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "There is no state '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "Nothing has '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "Nothing can be '{value}'. {advice}"),
    QT_TRANSLATE_NOOP("Sentences", "The distance has to be greater than 0, such as near:38.7,-9.1/20km."),
    QT_TRANSLATE_NOOP("Sentences", "Latitude goes from -90 to 90 and longitude from -180 to 180."),
    QT_TRANSLATE_NOOP("Sentences", "This is neither a point, such as 38.7,-9.1/20km, nor the name of a place."),
    # what is said about an answer
    QT_TRANSLATE_NOOP("Sentences", "No file holds '{word}'. Did you mean {nearest}?"),
    QT_TRANSLATE_NOOP("Sentences", "No file holds all of the words. Weaker matches hold some of them."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{count} that fit are hidden, missing or no media: add is:hidden, is:missing or is:unsupported."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Without {part} there are {count}."),
    QT_TRANSLATE_NOOP("Sentences", "Nothing has been looked for yet: {fields}."),
    QT_TRANSLATE_NOOP("Sentences", "{word} was read as {meant}."),
    QT_TRANSLATE_NOOP("Sentences", "{word} holds no letter or digit, so it was left out."),
    QT_TRANSLATE_NOOP("Sentences", "Where {place} lies is told by the photos that name it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "No photo names {place}, so where it lies is not known: write coordinates, as in near:38.7,-9.1/20km.",
    ),
)

# What the engines say to somebody at a terminal, and the window instead.
_IN_THE_WINDOW = {
    "The folder {folder} is empty; what was in it is kept until it is back. If it is really gone, import the folder "
    "once with --confirm-missing.": QT_TRANSLATE_NOOP(
        "Sentences",
        "The folder {folder} is empty; what was in it is kept until it is back. If it is really gone, say so in the "
        "settings under Folders.",
    ),
    "{lost} of its {total} files were not there at the last look. They are kept as they are until the folder is "
    "complete again; if they are really gone, import the folder once with --confirm-missing.": QT_TRANSLATE_NOOP(
        "Sentences",
        "{lost} of its {total} files were not there at the last look. They are kept as they are until the folder is "
        "complete again; if they are really gone, say so in the settings under Folders.",
    ),
    "{network} is not on this computer, and cloud.offline forbids to fetch it. Set that to off, or name a folder that "
    "holds it with --from.": QT_TRANSLATE_NOOP(
        "Sentences",
        "{network} is not on this computer, and “Stay offline” forbids to fetch it. Switch that off in the settings "
        "under Cloud, or choose a folder that holds it.",
    ),
    "The checkpoint of {network} is not on this computer; get it again with `networks get`.": QT_TRANSLATE_NOOP(
        "Sentences",
        "The checkpoint of {network} is not on this computer; get it again in the settings under Networks.",
    ),
    "{network} was made of another checkpoint than is here; get it again with `networks get`.": QT_TRANSLATE_NOOP(
        "Sentences",
        "{network} was made of another checkpoint than is here; get it again in the settings under Networks.",
    ),
}

# What a person typed, or a name of something of theirs: it is shown as it is, whatever it happens to mean.
_THEIRS = frozenset(
    ("word", "value", "part", "name", "place", "path", "folder", "file", "files", "near", "nearest", "example", "key")
)

# The networks: what runs them, and how they are got.
_OF_NETWORKS = (
    QT_TRANSLATE_NOOP("Sentences", "No NVIDIA driver was found."),
    QT_TRANSLATE_NOOP("Sentences", "There is no NVIDIA graphics card."),
    QT_TRANSLATE_NOOP("Sentences", "No engine can be built: {reason}"),
    QT_TRANSLATE_NOOP("Sentences", "Another back end was chosen."),
    QT_TRANSLATE_NOOP("Sentences", "There are no photos to compare precisions on."),
    QT_TRANSLATE_NOOP("Sentences", "NVIDIA's driver was renewed and the computer was not started again since."),
    QT_TRANSLATE_NOOP("Sentences", "NVIDIA's driver does not answer ({fault})."),
    QT_TRANSLATE_NOOP("Sentences", "NVIDIA's driver is here, but it knows no graphics card."),
    QT_TRANSLATE_NOOP("Sentences", "The graphics card does not answer; its driver may have been restarted."),
    QT_TRANSLATE_NOOP("Sentences", "TensorRT needs a card of the generation Turing or newer; {card} is older."),
    QT_TRANSLATE_NOOP("Sentences", "TensorRT is not installed. This brings it: {command}"),
    QT_TRANSLATE_NOOP("Sentences", "TensorRT needs driver {least} or newer; this computer has {driver}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "TensorRT for RTX does not calculate in fp32 on cards such as {card}; fp16 it does.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{library} {version} does not work here: {fault}."),
    QT_TRANSLATE_NOOP("Sentences", "PyTorch is not installed. This brings it: {command}"),
    QT_TRANSLATE_NOOP("Sentences", "PyTorch cannot use the card: {fault}."),
    QT_TRANSLATE_NOOP("Sentences", "PyTorch was installed without CUDA, or finds no card"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "TensorRT calculates in what a network's file says; that of {network} says {has}, not {wanted}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "inference.back_end={name} cannot be had: {reason} Set it to automatic or {processor}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "inference.device={device} is no graphics card of this computer ({known}). Set it to {automatic}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A network is made of its checkpoint with {packages}, and {lacking} cannot be found. This brings it: {command}",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{network} could not be taken from {folder}: {reason}."),
    QT_TRANSLATE_NOOP("Sentences", "The folder {folder} is no checkpoint of {network}: it lacks {files}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "This is no checkpoint of {network}: its config.json says '{kind}' where '{wanted}' belongs.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{files} of {network} is not the file that this program knows; it is not used."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{files} of {source} is not the file that was there when {network} was got first; it is not used.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{network} could not be got from {hub}. {reasons}"),
    QT_TRANSLATE_NOOP("Sentences", "{file} is damaged or was changed. Get the network again to mend it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{needed} MB are needed in {folder}, and {free} MB are free. Make room and try again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{network} does not say what its original says ({agreement}); it is not used."),
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint in {folder} gives no {network}: {reason}"),
    QT_TRANSLATE_NOOP("Sentences", "{network} could not be exported: {reason}"),
    QT_TRANSLATE_NOOP("Sentences", "The file for {network} is not used: {fault}."),
    QT_TRANSLATE_NOOP("Sentences", "The process for networks failed: {reason}."),
    QT_TRANSLATE_NOOP("Sentences", "A process for networks could not be started: {reason}"),
)

_BRACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """template: as it is listed. of_file: whether a file's name goes before it and a full stop behind."""

    template: str
    of_file: bool
    pattern: re.Pattern[str]


def in_own_words(text: str) -> str:
    """A sentence of the engines in the window's language; as it is where that has no words for it."""
    for shape in _shapes() if _is_translated() else _shapes_of_the_window():
        if found := shape.pattern.fullmatch(text):
            return _filled(shape, found.groupdict())
    return text


def templates() -> tuple[str, ...]:
    """All that is listed, as the engines say it."""
    return tuple(map(str, (*_OF_FILES, *_PARTS, *_OTHERS, *_OF_NETWORKS, *_IN_THE_WINDOW)))


def shown_for(template: str) -> str:
    """What the window says, in English, where the engines say this."""
    return str(_IN_THE_WINDOW.get(template, template))


def _is_translated() -> bool:
    probe = str(_OTHERS[-1])
    return QCoreApplication.translate("Sentences", probe) != probe


def _filled(shape: _Shape, values: dict[str, str]) -> str:
    name = values.pop("_file", "")
    parts = {key: value if key in _THEIRS else in_own_words(value) for key, value in values.items()}
    told = QCoreApplication.translate("Sentences", shown_for(shape.template)).format_map(parts)
    return f"{name} {told}." if shape.of_file else told


@cache
def _shapes_of_the_window() -> tuple[_Shape, ...]:
    return tuple(_shape(template, of_file=False) for template in _IN_THE_WINDOW)


@cache
def _shapes() -> tuple[_Shape, ...]:
    """Those that say most come first, lest one fits that is mostly braces."""
    shapes = [_shape(str(one), of_file=True) for one in _OF_FILES]
    shapes += [_shape(str(one), of_file=False) for one in (*_PARTS, *_OTHERS, *_OF_NETWORKS, *_IN_THE_WINDOW)]
    return tuple(sorted(shapes, key=lambda shape: -len(_BRACE.sub("", shape.template))))


def _shape(template: str, *, of_file: bool) -> _Shape:
    words = _BRACE.split(template)
    pattern = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(words))
    whole = rf"(?P<_file>.+?) {pattern}\." if of_file else pattern
    return _Shape(template, of_file, re.compile(whole, re.DOTALL))
