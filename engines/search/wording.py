"""Says in words what the parts of a query ask for."""

from __future__ import annotations

from engines.search.dates import day_text
from engines.search.nodes import And, Choice, Field, Interval, Named, Near, Not, Or, Pattern, Phrase, Query, Words

DATES = ("date", "added")

_RELATIONS = {">=": "{} or more", "<=": "{} or less", ">": "more than {}", "<": "less than {}", "=": "{}"}
_TIMES = {">=": "in {} or later", "<=": "in {} or earlier", ">": "after {}", "<": "before {}", "=": "in {}"}
_DAYS = ("yesterday", "today", "tomorrow")
_DAY_S = 86_400


def describe(query: Query) -> str:
    """What the query asks for."""
    match query:
        case And(()):
            return "everything"
        case And(parts):
            return ", and ".join(_nested(part, Or) for part in parts)
        case Or(parts):
            return ", or ".join(_nested(part, And) for part in parts)
        case Not(part):
            return f"not {_nested(part, And, Or)}"
        case Words(words):
            return f"the words {_list(words)}" if len(words) > 1 else f"the word {words[0]}"
        case Phrase(text):
            return f'the words "{text}" in this order'
        case Field():
            return describe_field(query)


def describe_field(field: Field) -> str:
    """What a field asks for: 'date in 2008 or later', 'camera with "canon" in it', 'has gps'."""
    match field.test:
        case Interval() as interval:
            return f"{field.name} {describe_limits(field, interval)}"
        case Choice(value):
            return f"{field.name} {value}"
        case Near(km, latitude, longitude, place):
            return f"within {km:g} km of {place if place is not None else f'{latitude:g}, {longitude:g}'}"
        case Named(name, amount):
            limits = f" {_related(field.written[_amount_start(field.written) :], _RELATIONS)}" if amount else ""
            return f"{field.name} {name}{limits}"
        case Pattern() as pattern:
            return f'{field.name} "{pattern}"' if pattern.whole else f'{field.name} with "{pattern}" in it'


def describe_limits(field: Field, interval: Interval) -> str:
    """What numbers or times a field allows, close to how it was typed: 'more than 4', 'in 2008 or later'."""
    written = field.written.replace('"', "")
    relations = _TIMES if field.name in DATES and written not in _DAYS else _RELATIONS
    low, dots, high = written.partition("..")
    if not dots:
        told = _related(written, relations)
    elif low and high:
        told = f"from {low} to {high}"
    else:
        told = _related(f">={low}" if low else f"<={high}", relations)
    if field.name in DATES and not any(letter.isdigit() for letter in written):
        return f"{told} ({_which_days(interval)})"
    return told


def _related(written: str, relations: dict[str, str]) -> str:
    for sign, words in relations.items():
        if written.startswith(sign):
            return words.format(written[len(sign) :].strip())
    return relations["="].format(written)


def _which_days(interval: Interval) -> str:
    """The days that 'last week' means now."""
    first = day_text(int(interval.low)) if interval.low is not None else ""
    last = day_text(int(interval.high) - (_DAY_S if interval.high_open else 0)) if interval.high is not None else ""
    return first if first == last else f"{first} to {last}" if first and last else first or last


def _amount_start(written: str) -> int:
    """Where the comparison begins in 'person>=3'; names in quotation marks may hold such signs too."""
    after_quotes = written.rfind('"') + 1
    places = [written.find(sign, after_quotes) for sign in "<>="]
    return min(place for place in places if place >= 0)


def _list(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _nested(query: Query, *kinds: type) -> str:
    text = describe(query)
    return f"({text})" if isinstance(query, kinds) else text
