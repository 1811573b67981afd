"""XMP packets, which are RDF in XML, read into properties within limits and without entities."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_PACKET = 4 << 20  # bytes; Lightroom's with brush strokes reach 2 MB
_MAX_ELEMENTS = 20_000
_MAX_VALUES = 5_000
_MAX_VALUE = 65_536  # characters
_MAX_DEPTH = 32

Properties = Mapping[str, list[str]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xmp/note/": "xmpNote",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://ns.iview-multimedia.com/mediapro/1.0/": "mediapro",
    "http://darktable.sf.net/": "darktable",
    "http://ns.google.com/photos/1.0/panorama/": "GPano",
    "http://ns.google.com/photos/1.0/camera/": "GCamera",
}


def parse(packet: bytes) -> Properties:
    """The properties of a packet, each with its values in order, such as 'dc:subject' or 'exif:Flash/exif:Fired'.

    Of texts in several languages the default one comes first. Properties of other vocabularies are left out. A packet
    that is no XML gives none, one that breaks off gives those before the break, one that declares entities none at all.
    """
    collector = _Collector()
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    try:
        parser.feed(_trimmed(packet))
        parser.close()
    except DefusedXmlException:
        return {}
    except (ParseError, _EnoughError, ValueError, LookupError):  # the last two: encodings that Python has not or cannot
        pass
    return collector.properties


def _trimmed(packet: bytes) -> bytes:
    """Without the padding around the XML, MAX_PACKET at most."""
    return packet[:MAX_PACKET].strip(b"\0 \t\r\n")


class _EnoughError(Exception):
    """The packet is longer than any sound one."""


class _Collector:
    """Gathers values while the parser meets elements: a tree would take a hundred times the packet's memory."""

    def __init__(self) -> None:
        self.properties: dict[str, list[str]] = {}
        self._path: list[str | None] = []  # of the open elements, as _short names them
        self._text: list[str] = []
        self._length = 0
        self._language = ""
        self._elements = 0
        self._values = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MAX_ELEMENTS or len(self._path) >= _MAX_DEPTH:
            raise _EnoughError
        self._path.append(_short(tag))
        self._text.clear()
        self._length = 0
        self._language = attributes.get(_LANGUAGE, "")
        for name, value in attributes.items():
            if short := _short(name):
                self._add(short, value)

    def data(self, text: str) -> None:
        if self._length < _MAX_VALUE:
            self._text.append(text)
            self._length += len(text)

    def end(self, _tag: str) -> None:
        value = "".join(self._text)
        if value.strip():
            self._add("", value)
        self._path.pop()
        self._text.clear()

    def close(self) -> None:
        """Asked for by the parser; nothing is left to do."""

    def _add(self, name: str, value: str) -> None:
        """Keep a value of the open element (name '') or of one of its attributes."""
        path = [*self._path, name]
        if None in path or not (place := "/".join(filter(None, path))):
            return
        self._values += 1
        if self._values > _MAX_VALUES:
            raise _EnoughError
        values = self.properties.setdefault(place, [])
        values.insert(0 if self._language == "x-default" else len(values), value[:_MAX_VALUE])


def _short(name: str) -> str | None:
    """'dc:subject' for '{http://purl.org/dc/elements/1.1/}subject', '' for RDF's and XMP's own wrapping, else None."""
    space, _, local = name.removeprefix("{").partition("}")
    if space in (_RDF, "adobe:ns:meta/"):
        return ""
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else None
