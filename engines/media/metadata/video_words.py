"""What the named texts in a video mean, whichever container they stand in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from engines.media.metadata import cameras, dates, positions, text
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.positions import Position
from engines.media.metadata.rating import stars

_APPLE = "com.apple.quicktime."

# Keys of QuickTime's 'keys' box, kinds of its own, iTunes' and 3GP's boxes, and FFmpeg's names for the tags of all
# other containers, all folded. The first that is there gives the fact.
_TITLES = (f"{_APPLE}title", f"{_APPLE}displayname", "\xa9nam", "titl", "title")
_CAPTIONS = (
    f"{_APPLE}description", f"{_APPLE}comment", "desc", "\xa9des", "\xa9cmt", "\xa9inf", "dscp",
    "description", "comment", "synopsis", "subject",
)  # fmt: skip
_KEYWORDS = (f"{_APPLE}keywords", "keyw", "\xa9key", "kywd", "keywords")
_CREATORS = (f"{_APPLE}author", f"{_APPLE}artist", "\xa9aut", "\xa9art", "auth", "artist", "author", "director")
_COPYRIGHTS = (f"{_APPLE}copyright", "\xa9cpy", "cprt", "copyright")
_MAKES = (f"{_APPLE}make", "com.android.manufacturer", "\xa9mak", "make")
_MODELS = (f"{_APPLE}model", "com.android.model", "\xa9mod", "model")
_SOFTWARE = (f"{_APPLE}software", "\xa9swr", "\xa9too", "software", "encoder")
_POSITIONS = (f"{_APPLE}location.iso6709", "\xa9xyz", "location")
_DATES = (
    ("QuickTime creationdate", (f"{_APPLE}creationdate", "\xa9day")),
    ("3GPP date", ("3gpp date",)),
    ("container creation_time", ("creation_time", "date_recorded", "date_digitized")),
    ("container date", ("date",)),
)
_RATING, _DIRECTION = f"{_APPLE}rating.user", f"{_APPLE}direction.facing"
_PLACE, _LIVE_ID = f"{_APPLE}location.name", f"{_APPLE}content.identifier"


def claims(words: Mapping[str, str], source: str, place: Position | None = None) -> Claims:
    """What the texts say. words: by folded name. place: from elsewhere in the file, for want of a text that says it."""
    folded = {name.casefold(): value.strip() for name, value in words.items()}

    def first(names: tuple[str, ...]) -> str:
        return next(filter(None, (folded.get(name, "") for name in names)), "")

    direction = _number(first((_DIRECTION,)))
    values = {
        "title": text.title(first(_TITLES)),
        "caption": text.caption(first(_CAPTIONS)),
        "keywords": text.keywords(re.split("[,;]", first(_KEYWORDS))),
        "creator": text.line(first(_CREATORS)),
        "copyright": text.line(first(_COPYRIGHTS)),
        "software": text.line(first(_SOFTWARE)),
        "place": text.line(first((_PLACE,))),
        "live_id": text.line(first((_LIVE_ID,))),
        "rating": stars(_number(first((_RATING,)))),
        "direction_deg": round(direction, 2) if 0 <= direction <= 360 else None,
        **cameras.facts(first(_MAKES), first(_MODELS)),
        **positions.facts(positions.parse_iso6709(first(_POSITIONS)) or place),
    }
    moments = ((field, dates.parse_date(first(names))) for field, names in _DATES)
    found = [dates.DateClaim(field, moment, source) for field, moment in moments if moment and _is_of_recording(moment)]
    return Claims(source, given(values), tuple(found))


def _is_of_recording(moment: dates.Moment) -> bool:
    """A year or month alone is when a video was published, and years before digital videos are unset clocks."""
    return moment.certain_to in ("day", "second") and moment.local.year >= dates.FIRST_DIGITAL_YEAR


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan
