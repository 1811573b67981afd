"""The options of the settings in the window's language, as the dialog says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.views.activity.wording import number
from engines.settings.option import Option, Value

translate = QCoreApplication.translate  # by this name pyside6-lupdate finds the texts


def title(option: Option) -> str:
    return translate("Settings", option.title)


def effect(option: Option) -> str:
    """What it does, and when that begins if not at once."""
    later = " " + translate("SettingsDialog", "Takes effect at the next start.") if option.at_start else ""
    return translate("Settings", option.effect) + later


def unit(option: Option) -> str:
    return translate("Settings", option.unit) if option.unit else ""


def limits(option: Option) -> str:
    """The default, and what is allowed: 'Default: 60 s. From 5 to 3,600 s.'"""
    default = translate("SettingsDialog", "Default: {value}.").format(value=shown(option, option.default))
    if isinstance(option.default, bool) or not isinstance(option.default, int):
        return default
    allowed = translate("SettingsDialog", "From {lowest} to {highest}.").format(
        lowest=number(option.minimum), highest=_with_unit(option, option.maximum)
    )
    return f"{default} {allowed}"


def shown(option: Option, value: Value) -> str:
    """A value as the dialog writes it."""
    match value:
        case bool():
            return translate("SettingsDialog", "on") if value else translate("SettingsDialog", "off")
        case int():
            return zero(option) if value == 0 and option.zero else _with_unit(option, value)
        case str():
            return zero(option) if not value and option.zero else choice(value)
        case tuple():
            return ", ".join(value) or zero(option) or translate("SettingsDialog", "none")


def zero(option: Option) -> str:
    """What the number 0, an empty text or an empty list stands for; '' where for nothing else."""
    return translate("Settings", option.zero) if option.zero else ""


def choice(value: str) -> str:
    """One of several choices; technical ones such as 'fp32' are called the same everywhere."""
    names = {
        "system": translate("SettingsDialog", "Like the system"),
        "dark": translate("SettingsDialog", "Dark"),
        "light": translate("SettingsDialog", "Light"),
        "automatic": translate("SettingsDialog", "Automatic"),
        "full": translate("SettingsDialog", "Full"),
        "half": translate("SettingsDialog", "Half"),
        "adaptive": translate("SettingsDialog", "The best of each shot"),
        "uniform": translate("SettingsDialog", "At equal distances"),
        "keyframes": translate("SettingsDialog", "Keyframes only"),
        "motion": translate("SettingsDialog", "Where much moves"),
        "starter": translate("SettingsDialog", "Starter set"),
        "en": "English",
        "de": "Deutsch",
        "nvidia": translate("SettingsDialog", "NVIDIA's cloud"),
        "ollama": "Ollama",
        "lm-studio": "LM Studio",
        "vllm": "vLLM",
        "nim": translate("SettingsDialog", "NVIDIA NIM of your own"),
        "other": translate("SettingsDialog", "Another server"),
        "sheet": translate("SettingsDialog", "All on one sheet"),
        "moments": translate("SettingsDialog", "On one sheet, moment by moment"),
        "frames": translate("SettingsDialog", "One after the other"),
        "clip": translate("SettingsDialog", "A short clip"),
        "retail": translate("SettingsDialog", "NVIDIA's retail detector"),
        "words": translate("SettingsDialog", "My own words"),
        "model": translate("SettingsDialog", "The model that describes"),
        "tensorrt": "TensorRT",
        "all": translate("SettingsDialog", "All of them"),
        "torch": "PyTorch",
        "openvino": "OpenVINO",
    }
    return names.get(value, value)


def _with_unit(option: Option, value: int) -> str:
    return f"{number(value)} {unit(option)}".strip()
