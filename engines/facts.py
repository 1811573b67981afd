"""The vocabulary of facts: every name that a phase may write, with its type, its unit and what it means.

Readers write these names, the library turns some of them into columns to search by, `show` and `export` print them all.
Where two sources of one file disagree, the first of PRECEDENCE wins.
"""

from __future__ import annotations

from dataclasses import dataclass

# What a person typed comes first, then what they typed in another program, then what the camera wrote, then guesses.
PRECEDENCE = (
    "user", "sidecar", "xmp", "iptc", "exif", "makernote", "quicktime", "png", "heif", "raw", "gif", "container",
    "pixels", "file name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactName:
    """One kind of fact. type: str, int, float, bool, or list (of str, or of dicts where the meaning says so)."""

    name: str
    type: type
    unit: str
    meaning: str


VOCABULARY = (
    # the picture itself
    FactName("width", int, "px", "of the upright picture"),
    FactName("height", int, "px", "of the upright picture"),
    FactName("stored_width", int, "px", "as stored, before any rotation"),
    FactName("stored_height", int, "px", "as stored, before any rotation"),
    FactName("exif_orientation", int, "", "1 to 8 as EXIF stores it, whether or not it has to be obeyed"),
    FactName("bit_depth", int, "bit", "of one colour channel"),
    FactName("has_alpha", bool, "", "the picture has transparent parts or could have them"),
    FactName("frame_count", int, "", "pages or animation frames, when more than one"),
    FactName("colour_profile", str, "", "name of the embedded ICC profile"),
    FactName("projection", str, "", "of a panorama, such as 'equirectangular'"),
    FactName("motion_photo", bool, "", "a short video lies inside the picture's file"),
    FactName("live_id", str, "", "Apple's content identifier, shared by the picture and the video of a live photo"),
    # when
    FactName("taken", str, "", "local date and time, ISO 8601 without zone, such as 2008-10-22T16:28:39 or …39.25"),
    FactName("taken_offset_min", int, "min", "the zone's offset east of UTC, where known"),
    FactName("taken_field", str, "", "the field that gave the date, such as 'EXIF DateTimeOriginal' or 'file name'"),
    # with what
    FactName("camera_make", str, "", "tidied: 'Nikon', not 'NIKON CORPORATION'"),
    FactName("camera_model", str, "", "as stored, without padding"),
    FactName("camera", str, "", "maker and model as people say it, the maker only once: 'Canon EOS 6D'"),
    FactName("lens", str, "", ""),
    FactName("iso", int, "", ""),
    FactName("aperture", float, "f-number", ""),
    FactName("exposure_s", float, "s", "shutter time"),
    FactName("exposure_bias_ev", float, "EV", ""),
    FactName("focal_mm", float, "mm", "real focal length"),
    FactName("focal_35mm", float, "mm", "of a 35 mm camera with the same view"),
    FactName("flash", bool, "", "fired"),
    FactName("software", str, "", "that wrote the file"),
    # where
    FactName("latitude", float, "degrees", "-90 to 90, north is positive, WGS 84"),
    FactName("longitude", float, "degrees", "-180 to 180, east is positive"),
    FactName("altitude_m", float, "m", "above the sea"),
    FactName("direction_deg", float, "degrees", "the camera looked, clockwise from north"),
    FactName("place", str, "", "as written in the file: sublocation, city, state, country, with commas"),
    FactName("town", str, "", "the town at latitude and longitude, or the nearest within 100 km, with its country"),
    # what people wrote
    FactName("title", str, "", ""),
    FactName("caption", str, "", ""),
    FactName("keywords", list, "", "in the order of the file; levels of hierarchical ones joined by '/'"),
    FactName("rating", int, "stars", "0 to 5; -1 is rejected"),
    FactName("colour_label", str, "", "such as 'Red'"),
    FactName("creator", str, "", ""),
    FactName("copyright", str, "", ""),
    # moving pictures
    FactName("duration_s", float, "s", ""),
    FactName("fps", float, "1/s", "mean frames a second"),
    FactName("codec", str, "", "of the video, such as 'h264'"),
    FactName("audio_codec", str, "", ""),
    FactName("rotation_deg", int, "degrees", "the container asks for, clockwise: 0, 90, 180 or 270"),
    # content phase, measured on the working frame (long side 1024 px)
    FactName("sharpness", float, "0 to 1", "of the sharpest part"),
    FactName("exposure", float, "0 to 1", "mean luminance; 0.5 is middle grey as seen"),
    FactName("clipped_dark", float, "share", "of pixels that are black"),
    FactName("clipped_bright", float, "share", "of pixels that are burnt out"),
    FactName("contrast", float, "0 to 1", "spread of luminance"),
    FactName("noise", float, "grey levels", "standard deviation of the noise, of 255"),
    FactName("colourfulness", float, "", "Hasler and Süsstrunk 2003; 0 grey, above 60 very colourful"),
    FactName("colours", list, "", "dicts of name, share and hex, largest share first"),
    FactName("mean_colour", str, "", "of the whole picture, such as '#8a6f52'"),
    FactName("quality", float, "0 to 1", "technical quality"),
    FactName("quality_reasons", list, "", "what costs quality, in words: 'blurred', 'too dark', …"),
    FactName("perceptual_hash", str, "", "64 bits as 16 hex digits; near-duplicates differ in few bits"),
    # networks
    FactName("raw_labels", list, "", "dicts of label, in the network's own words, and score 0 to 1, the best first"),
    FactName("object_count", int, "", "objects that have a box"),
    FactName("watched_by", list, "", "of a film: the steps that looked at its frames"),
    FactName("track_count", int, "", "of a film: things that were followed through it"),
    # speech
    FactName("language", str, "", "in which most is said in a film, ISO 639, such as 'en'"),
    FactName("spoken_words", int, "", "words that are said in a film"),
    # what a service was asked for
    FactName("description", str, "", "sentences about what is to be seen"),
    FactName("described_moments", list, "", "of a video: dicts of time_s, text and, of a stretch, end_s"),
    FactName("products", list, "", "dicts of name, count, confidence, time_s and box (left, top, width, height)"),
    FactName("dominant_product", str, "", "the product that covers most of the picture"),
)  # fmt: skip

NAMES = frozenset(fact.name for fact in VOCABULARY)
