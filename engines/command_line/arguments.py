"""What can be typed after the program's name. The commands themselves are imported when they run."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from importlib import import_module

from engines import __version__

DESCRIPTION = "Makes your own photos and videos findable. Files are read where they lie and never changed."
_EXPORT_FORMATS = ".json, .jsonl or .csv, or .srt or .vtt for the subtitles of one video"
_SETS = ("starter", "full")  # of networks, as `bench pipeline --set full` names them
_ASKING = ("search", "analyse", "export")  # the commands that take a query
_EXCLUSION = re.compile(r"-(?!-|[ho]?$)")  # '-dog', '-is:video'; not '--json', '-h', '-o', nor '-' itself


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether these are for the window: they name no command, or its measurement. Exits with 2 on wrong usage."""
    command = _parsed(arguments)
    if command.name is None:
        return not bool(command.self_test)
    return bool(command.name == "bench" and command.what == "desktop")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command with its options; `run` is the function to call with it. Exits with 2 on wrong usage."""
    command = _parsed(arguments)
    if isinstance(getattr(command, "query", None), list):
        command.query = " ".join(command.query) if command.query else None
    if command.name == "bench":
        _take_set(command)
    if command.self_test:
        command.run = _lazily("self_test")
    return command


def _take_set(command: argparse.Namespace) -> None:
    """`--set full` names the networks that `bench pipeline` measures; with a key and a value it is a setting."""
    named = [word for word in command.assignments or () if word in _SETS and command.what == "pipeline"]
    command.assignments = [word for word in command.assignments or () if word not in named]
    command.of_set = named[-1] if named else None


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    return _parser().parse_args(_with_exclusions(arguments))


def _with_exclusions(arguments: Sequence[str]) -> list[str]:
    """With a space before words such as '-dog', which a query excludes and argparse would take for options."""
    start = next((place for place, argument in enumerate(arguments) if argument in _ASKING), len(arguments))
    return [
        f" {argument}" if place > start and _EXCLUSION.match(argument) else argument
        for place, argument in enumerate(arguments)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="image-engine", description=DESCRIPTION, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Image Engine {__version__}")
    parser.add_argument("--self-test", action="store_true", help="see whether this installation works, then stop")
    _add_common(parser, default=None)
    _add_window(parser)
    commands = parser.add_subparsers(dest="name", metavar="COMMAND", title="commands")
    for add in (_add_import, _add_search, _add_show, _add_analyse, _add_export, _add_status, _add_check):
        add(commands)
    for name, sentence in _ASKING_A_SERVICE.items():
        _add_asking(commands, name, sentence)
    _add_cloud(commands)
    _add_networks(commands)
    _add_bench(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers() returns


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    """The options that may stand before or after the command; the later place wins."""
    parser.add_argument("--library", metavar="DIR", default=default, help="the folder that holds the library")
    parser.add_argument("--config", metavar="FILE", default=default, help="the settings file to use")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=default,
        dest="assignments",
        help="change one setting for this run",
    )


def _add_window(parser: argparse.ArgumentParser) -> None:
    """What the window understands, which opens when no command is given."""
    window = parser.add_argument_group("the window, which opens without a command")
    window.add_argument("--view", metavar="NAME", help="what it shows first, such as grid, viewer or settings")
    window.add_argument("--search", metavar="QUERY", dest="asked", help="what it looks for first")
    window.add_argument("--size", type=_size, metavar="WxH", help="how large it is, such as 1280x800")
    window.add_argument("--theme", choices=("system", "dark", "light"), help="its colours, for this run")
    window.add_argument("--language", metavar="CODE", help="its language, for this run, such as de")
    window.add_argument("--scale", type=_scale, metavar="PERCENT", help="how large a pixel is, such as 200")
    window.add_argument("--screenshot", metavar="FILE", help="write a picture of it and stop")


def _add(
    commands: Commands[argparse.ArgumentParser], name: str, sentence: str, *, json: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
    _add_common(parser, default=argparse.SUPPRESS)
    if json:
        parser.add_argument("--json", action="store_true", help="answer with JSON and nothing else on stdout")
    parser.set_defaults(run=_lazily(name))
    return parser


def _add_import(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "import", "Scan files and folders and examine what is new; can be stopped and resumed.")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument(
        "--confirm-missing", action="store_true", help="files that are no longer there are really gone, however many"
    )


def _add_search(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "search", "List what fits a query, best first, each with the reasons.")
    parser.add_argument(
        "query",
        nargs="*",
        type=str.strip,
        metavar="QUERY",
        help="such as 'harbour date:2019..2021 -rating:<3'; '-' reads one a line",
    )
    parser.add_argument("--like", metavar="FILE", help="what looks like this picture, of all or of what fits the query")
    parser.add_argument("--limit", type=_positive, metavar="N", help="at most so many hits")
    parser.add_argument("--order", choices=("relevance", "date"), default="relevance")
    parser.add_argument("--weaker", action="store_true", help="also what fits only a part of the words")
    parser.add_argument("--explain", action="store_true", help="also show how the query was understood")


def _add_show(commands: Commands[argparse.ArgumentParser]) -> None:
    _add(commands, "show", "All that is known about one file.").add_argument("path", metavar="PATH")


def _add_analyse(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "analyse", "Examine again; old results stay until they are replaced.")
    parser.add_argument("query", nargs="*", type=str.strip, metavar="QUERY", help="only what fits this query")
    parser.add_argument("--phase", action="append", default=[], metavar="P", help="only this phase; may be repeated")


def _add_export(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "export", "Write every known fact with its origin to a file.", json=False)
    parser.add_argument("query", nargs="*", type=str.strip, metavar="QUERY", help="only what fits this query")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help=f"its suffix decides: {_EXPORT_FORMATS}")


def _add_status(commands: Commands[argparse.ArgumentParser]) -> None:
    _add(commands, "status", "How many files are known, how far each phase is, and the last runs.")


def _add_check(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "check", "See whether library, thumbnails and originals are whole.")
    parser.add_argument("--quick", action="store_true", help="do not read the originals again")


_ASKING_A_SERVICE = {
    "describe": "Have a service write descriptions and tags; nothing is sent without --allow or an earlier one.",
    "products": "Have a service look for retail products; nothing is sent without --allow or an earlier one.",
    "tags": "Have a service suggest tags; nothing is sent without --allow or an earlier one.",
}


def _add_asking(commands: Commands[argparse.ArgumentParser], name: str, sentence: str) -> None:
    parser = _add(commands, name, sentence)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders that were imported")
    parser.add_argument("--allow", action="store_true", help="these may be sent to the service, now and later")
    parser.add_argument("--always", action="store_true", help="with --allow: ask about files that come later as well")
    parser.add_argument("--again", action="store_true", help="ask also about what was answered before")
    parser.add_argument("--from", dest="start", metavar="TIME", help="of one video, ask about a stretch: 10, 0:10")
    parser.add_argument("--to", dest="end", metavar="TIME", help="where the stretch ends: 1:02:03")


def _add_cloud(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "cloud", "The service that describes pictures: check it, its key, what waits, what was sent."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    for name, sentence in _CLOUD_ACTIONS.items():
        action = actions.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
        _add_common(action, default=argparse.SUPPRESS)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer with JSON")
        if name in ("never", "forget"):
            action.add_argument("paths", nargs="+", metavar="PATH")
        if name == "key":
            action.add_argument("do", choices=("set", "delete"), help="set asks for it without showing it")


_CLOUD_ACTIONS = {
    "check": "See where the key comes from, whether the service answers, and with which model.",
    "key": "Put the API key into the system's keyring, or delete it there.",
    "status": "What was sent today and this month, what waits, what failed, what is allowed.",
    "pause": "Ask nothing of what waits until `cloud resume`; what is asked for meanwhile waits as well.",
    "resume": "Take the pause back.",
    "retry": "Let what failed wait again.",
    "cancel": "Ask nothing of what waits.",
    "clear": "Delete the replies that are kept so that the same is not asked twice.",
    "never": "Never send anything from these folders or files.",
    "forget": "Take back what was allowed or forbidden for these.",
}


def _add_networks(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "networks", "The networks that look at pictures: which there are, get more, export one.")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    for name, sentence in _NETWORK_ACTIONS.items():
        action = actions.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
        _add_common(action, default=argparse.SUPPRESS)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer with JSON")
        if name != "list":
            action.add_argument("network", metavar="NAME", help="such as clip-vit-b32")
        if name in ("get", "export"):
            action.add_argument(
                "--from",
                dest="origin",
                metavar="ID|DIR",
                help="a folder with the checkpoint, or a repository of the hub",
            )
        if name == "get":
            action.add_argument(
                "--ready", action="store_true", help="take ONNX that others exported, as without PyTorch"
            )
        if name in ("calibrate", "compare"):
            action.add_argument("--from", dest="origin", metavar="DIR", help="a folder with photos; else the library's")
        if name == "build":
            action.add_argument(
                "--max-batch", type=_positive, metavar="N", help="with --output: pictures at once, at most"
            )
            action.add_argument("--workspace", type=_positive, metavar="MB", help="with --output: memory for the build")
            action.add_argument(
                "--for", dest="capability", metavar="SM", help="such as sm86, for a card that is not here"
            )
            action.add_argument(
                "--output", metavar="FILE", help="where the engine is put; by default the program's own"
            )
        if name == "export":
            action.add_argument("--precision", choices=("fp16", "fp32"), default="fp16", help="what it is stored in")
            action.add_argument("--image-size", type=_positive, metavar="PX", help="side of the square that it takes")
            action.add_argument("--output", metavar="DIR", required=True, help="where card and network are put")


_NETWORK_ACTIONS = {
    "list": "Which networks there are, where they are from, and which can be got.",
    "get": "Fetch a network's checkpoint, make the network of it and prove it; what was begun is gone on with.",
    "export": "Write a network with its card into a folder of yours.",
    "build": "Build a network's TensorRT engine now; otherwise it is built when it is first needed.",
    "calibrate": "Give a network an INT8 form, made with 200 of your own photos and proved on others.",
    "compare": "See what each precision costs and gains on your own photos.",
    "remove": "Delete a network that was got, with its checkpoint.",
}


def _add_bench(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "bench", "Measure this program on this computer.")
    parser.add_argument("what", choices=("pipeline", "search", "networks", "desktop", "video", "cloud"))
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="real photos, or videos, to measure with")
    parser.add_argument("--batch", metavar="N,N,…", help="bench networks: how many pictures at once, such as 1,8,16")
    parser.add_argument("--sizes", metavar="N,N,…", help="bench search, desktop: how many files, such as 10000,100000")


# Modules by command; two that share their session share a module.
_PLACES = {
    "import": ("importing", "import_paths"),
    "analyse": ("importing", "analyse"),
    "search": ("finding", "search"),
    "show": ("inspecting", "show"),
    "status": ("inspecting", "status"),
    "check": ("checking", "check"),
    "export": ("exporting", "export"),
    "bench": ("measuring", "bench"),
    "describe": ("asking", "describe"),
    "products": ("asking", "products"),
    "tags": ("asking", "tags"),
    "cloud": ("cloud", "cloud"),
    "networks": ("networks", "networks"),
    "self_test": ("self_test", "self_test"),
}


def _lazily(name: str) -> Callable[[argparse.Namespace], int]:
    """The command's function, which gets the settings as well, so that a wrong one is told whether it matters or not.

    Modules are imported only when it is called: `search` must not wait for decoders.
    """

    def run(command: argparse.Namespace) -> int:
        command.settings = import_module("engines.command_line.session").settings_of(command)
        module, function = _PLACES[name]
        return int(getattr(import_module(f"engines.command_line.{module}"), function)(command))

    return run


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return _positive(width), _positive(height)


def _scale(text: str) -> int:
    percent = _positive(text.removesuffix("%"))
    if not 50 <= percent <= 400:
        raise argparse.ArgumentTypeError(f"{percent} % is not between 50 and 400")
    return percent


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 up")
    return int(text)
