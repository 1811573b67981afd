"""One setting: what it takes, and how a person's text becomes its value."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass

from engines.errors import SettingError

_LONGEST_TEXT = 1000  # characters

Value = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One setting as a dialog or a help text shows it.

    key: 'section.name'. effect: one sentence. minimum, maximum: of a number, both allowed. choices: of a text, which is
    free without any. zero: what 0, an empty text or an empty list means where it stands for none. A list (default is a
    tuple) takes any texts. advanced: better left alone by whoever does not know what it does. at_start: a change takes
    effect at the next start only.
    """

    key: str
    default: Value
    title: str
    effect: str
    unit: str = ""
    minimum: int = 0
    maximum: int = 0
    choices: tuple[str, ...] = ()
    zero: str = ""
    advanced: bool = False
    at_start: bool = False

    @property
    def allowed(self) -> str:
        """What the setting takes, to go on with 'it takes …'."""
        match self.default:
            case bool():
                return "true or false"
            case int():
                unit = f" {self.unit}" if self.unit else ""
                zero = f" (0: {self.zero})" if self.zero else ""
                return f"a whole number from {self.minimum} to {self.maximum}{unit}{zero}"
            case str():
                empty = f" (empty: {self.zero})" if self.zero else ""
                return "one of " + ", ".join(self.choices) if self.choices else f"a line of text{empty}"
            case tuple():
                return "texts separated by commas"

    def parse(self, text: str) -> Value:
        """The value that a person wrote as text; raises SettingError with what would be allowed."""
        try:
            is_free = isinstance(self.default, str) and not self.choices
            return self.check(text.strip() if is_free else _PARSERS[type(self.default)](text.strip()))
        except (KeyError, ValueError, csv.Error) as error:
            raise self._wrong(text) from error

    def check(self, value: object) -> Value:
        """`value` as this setting holds it; raises SettingError if it has another type or is out of range."""
        if isinstance(value, list):
            value = tuple(value)
        if type(value) is not type(self.default) or not self._is_allowed(value):
            raise self._wrong(value)
        return value

    def _is_allowed(self, value: object) -> bool:
        match value:
            case bool():
                return True
            case int():
                return self.minimum <= value <= self.maximum
            case str():
                return value in self.choices if self.choices else len(value) <= _LONGEST_TEXT and _is_line(value)
            case tuple():
                return all(isinstance(item, str) and item for item in value)
            case _:
                return False

    def _wrong(self, value: object) -> SettingError:
        shown = f"'{value}'" if isinstance(value, str) else value
        text = f"The setting {self.key} cannot be {shown}: it takes {self.allowed}."
        return SettingError("setting_value", text, key=self.key, value=str(value), allowed=self.allowed)


def _is_line(text: str) -> bool:
    return text.isprintable() or not text


def _parse_list(text: str) -> tuple[str, ...]:
    """Items between commas; one that contains a comma stands in double quotes."""
    row = next(csv.reader([text], skipinitialspace=True, strict=True), [])
    return tuple(item.strip() for item in row if item.strip())


_SWITCH = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
_PARSERS: dict[type, Callable[[str], Value]] = {
    bool: lambda text: _SWITCH[text.lower()],
    int: int,
    str: str.lower,
    tuple: _parse_list,
}
