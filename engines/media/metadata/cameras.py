"""Names of cameras as people say them."""

from __future__ import annotations

import re

from engines.media.metadata import text

# How makers spell themselves in files: the first words of EXIF's Make, folded, and the name people use.
_MAKERS = {
    "nikon": "Nikon",
    "canon": "Canon",
    "fuji photo film": "Fujifilm",
    "fujifilm": "Fujifilm",
    "olympus": "Olympus",
    "om digital solutions": "OM System",
    "pentax": "Pentax",
    "asahi": "Pentax",
    "ricoh": "Ricoh",
    "sony": "Sony",
    "konica minolta": "Konica Minolta",
    "minolta": "Minolta",
    "panasonic": "Panasonic",
    "leica": "Leica",
    "hasselblad": "Hasselblad",
    "phase one": "Phase One",
    "sigma": "Sigma",
    "eastman kodak": "Kodak",
    "kodak": "Kodak",
    "jk imaging": "Kodak",
    "casio": "Casio",
    "samsung": "Samsung",
    "apple": "Apple",
    "google": "Google",
    "motorola": "Motorola",
    "huawei": "Huawei",
    "honor": "Honor",
    "xiaomi": "Xiaomi",
    "oneplus": "OnePlus",
    "oppo": "Oppo",
    "vivo": "Vivo",
    "realme": "Realme",
    "nokia": "Nokia",
    "hmd global": "Nokia",
    "lg electronics": "LG",
    "lge": "LG",
    "sony ericsson": "Sony Ericsson",
    "sonyericsson": "Sony Ericsson",
    "hewlett-packard": "HP",
    "hewlett packard": "HP",
    "research in motion": "BlackBerry",
    "blackberry": "BlackBerry",
    "htc": "HTC",
    "asus": "Asus",
    "dji": "DJI",
    "gopro": "GoPro",
    "flir": "FLIR",
    "epson": "Epson",
    "seiko epson": "Epson",
    "polaroid": "Polaroid",
    "vivitar": "Vivitar",
    "general imaging": "GE",
}

# Beginnings of a model that name the maker already, though by another name than the maker's own.
_MODEL_SAYS_IT = {
    "HP": ("hp ", "hp-"),
    "LG": ("lg-", "lg "),
    "Huawei": ("honor",),
    "Konica Minolta": ("minolta", "dynax"),
    "GE": ("ge ",),
}

_WORDS = re.compile(r"[^a-z0-9-]+")
_COMPANY = re.compile(
    r"[\s,.]+(?:co|corp|corporation|company|inc|ltd|llc|gmbh|ag|kk|limited|electronics)\b.*", re.IGNORECASE
)


def maker(make: str) -> str:
    """'Nikon' for 'NIKON CORPORATION', 'Jolla' for 'Jolla'; a maker that is not known loses only its 'Co., Ltd.'."""
    make = text.line(make)
    words = f"{_WORDS.sub(' ', make.casefold()).strip()} "
    known = [start for start in _MAKERS if words.startswith(f"{start} ")]
    return _MAKERS[max(known, key=len)] if known else _COMPANY.sub("", make).strip()


def camera(make: str, model: str) -> str:
    """Maker and model, the maker once: 'Nikon D300' for 'NIKON CORPORATION' and 'NIKON D300'."""
    tidy, model = maker(make), text.line(model)
    if not model or not tidy:
        return model or tidy
    for name in (tidy, text.line(make)):
        if model.casefold() == name.casefold():
            return tidy
        if model.casefold().startswith(f"{name.casefold()} "):
            return f"{tidy} {model[len(name) :].strip()}"
    if model.casefold().startswith(_MODEL_SAYS_IT.get(tidy, ())):
        return model
    return f"{tidy} {model}"


def facts(make: str, model: str) -> dict[str, str]:
    """camera_make, camera_model and camera, as far as there is anything to say."""
    values = {"camera_make": maker(make), "camera_model": text.line(model), "camera": camera(make, model)}
    return {name: value for name, value in values.items() if value}
