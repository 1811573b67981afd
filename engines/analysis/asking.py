"""What is asked of a service for each phase, and how its answers become findings like any others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engines.analysis.cloud_phases import CLOUD_PHASES, DESCRIPTION, PRODUCTS, SUGGESTED_TAGS
from engines.analysis.sending import Parcel, Stretch, Wish
from engines.cloud.address import PRESETS, Service, is_nvidia, service_at
from engines.cloud.client import Client
from engines.cloud.detections import Detection, Products
from engines.cloud.replies import LONGEST_NAME, LONGEST_TEXT, Description, cleaned, names_in
from engines.cloud.retail import RetailObjectDetector
from engines.cloud.vision_language import Answer, Manner, Memory, VisionLanguageModel
from engines.errors import CloudError
from engines.library.cloud.answers import Author
from engines.library.cloud.queue import Request
from engines.settings import Cloud
from engines.types import Done, Fact, Findings, Kind, Tag

_SURE = 1.0  # what a model writes comes without a number


def chosen_service(settings: Cloud) -> Service:
    """The service that the settings name. Raises CloudError for an address that is none, or not safe."""
    if settings.server == "other" and not settings.address:
        text = "cloud.server is other, so cloud.address has to say where it is, such as http://localhost:8000/v1."
        raise CloudError("cloud_address", text)
    return service_at(settings.address or PRESETS[settings.server])


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is asked about. form: see Wish; requests: how many that makes."""

    form: str
    frames: int
    requests: int


def plan(phase: str, kind: Kind, settings: Cloud, service: Service) -> Plan:
    """What one file costs for a phase, before anything is read."""
    if phase == PRODUCTS.name and product_method(settings, service) == "retail":
        return Plan("clip", 1 if kind is Kind.PHOTO else 4 * settings.video_frames, 1)
    if kind is Kind.PHOTO:
        return Plan("jpegs", 1, 1)
    method = settings.video_method if phase == DESCRIPTION.name else ""
    if phase == PRODUCTS.name or method == "frames":
        return Plan("jpegs", settings.video_frames, settings.video_frames)
    if method == "clip":
        return Plan("small clip", 4 * settings.video_frames, 1)
    return Plan("sheet", settings.video_frames, 1)


def product_method(settings: Cloud, service: Service) -> str:
    """'retail', 'words' or 'model'."""
    if settings.product_detector != "automatic":
        return settings.product_detector
    if not is_nvidia(service.host):
        return "model"
    return "words" if settings.product_words else "retail"


def wish_of(request: Request, settings: Cloud, service: Service) -> Wish:
    """What is to be made of a file, for a sample that a person is shown as well as for sending."""
    how = plan(request.phase, request.kind, settings, service)
    return Wish(
        request.path,
        request.kind,
        how.form,
        how.frames,
        request.start_s,
        request.end_s,
        without_faces=settings.blur_faces,
    )


class Asker:
    """Asks one service; several threads may, each about another file. Every method raises CloudError and Cancelled."""

    def __init__(self, client: Client, memory: Memory, settings: Cloud) -> None:
        self._settings = settings
        self._service = client.service
        self._client = client
        self._model = VisionLanguageModel(client, memory, manner_of(settings), settings.models)
        self._detector = RetailObjectDetector(client, memory)
        self._phases: Mapping[str, Callable[[Parcel, Kind, bool], _Found]] = {
            DESCRIPTION.name: self._describe,
            PRODUCTS.name: self._products,
            SUGGESTED_TAGS.name: self._tags,
        }

    def tick(self) -> None:
        """See Client.tick."""
        self._client.tick()

    def ask(self, request: Request, parcel: Parcel) -> tuple[Done, Author, bool]:
        """What was found, who found it, and whether nothing had to be sent for it."""
        started = time.perf_counter()
        found = self._phases[request.phase](parcel, request.kind, request.again)
        if request.stretch is not None:
            found = _of_stretch(found, request.stretch)
        phase = CLOUD_PHASES[request.phase]
        done = Done(phase.name, phase.version, time.perf_counter() - started, found.findings)
        return done, Author(found.model, self._service.name, self._service.is_local), found.cached

    def _describe(self, parcel: Parcel, kind: Kind, again: bool) -> _Found:
        if kind is Kind.PHOTO:
            return _described(self._model.describe_image(parcel.data[0], again=again))
        if parcel.media == "video/mp4":
            return _described(self._model.describe_video(parcel.data[0], again=again))
        if len(parcel.data) == 1 and len(parcel.times_s) > 1:
            return self._describe_sheet(parcel.data[0], parcel.times_s, again=again)
        answers = [self._model.analyze_video_frame(jpeg, "video", again=again) for jpeg in parcel.data]
        texts = [one.value.text for one in answers]
        tags = dict.fromkeys(tag for one in answers for tag in one.value.tags)
        cached = all(one.cached for one in answers)
        return _described_moments(parcel.times_s, texts, tags, answers[0].model, cached=cached)

    def _describe_sheet(self, sheet: bytes, times_s: Sequence[float], *, again: bool) -> _Found:
        """Moment by moment if that is wanted and the model keeps to the form, else as a whole."""
        if self._settings.video_method == "moments":
            answer = self._model.describe_moments(sheet, times_s, again=again)
            told = {min(times_s, key=lambda one: abs(one - time_s)): text for time_s, text in answer.value}
            if told:
                texts = [told.get(time_s, "") for time_s in times_s]
                return _described_moments(times_s, texts, (), answer.model, cached=answer.cached)
        return _described(self._model.describe_video_frames(sheet, len(times_s), again=again))

    def _tags(self, parcel: Parcel, kind: Kind, again: bool) -> _Found:
        answer = self._model.generate_searchable_tags(parcel.data[0], again=again)
        return _Found(Findings(tags=_as_tags(answer.value, answer.model)), answer.model, answer.cached)

    def _products(self, parcel: Parcel, kind: Kind, again: bool) -> _Found:
        settings = self._settings
        confidence, most = settings.product_confidence / 100, settings.most_products
        method = product_method(settings, self._service)
        if method == "retail":
            answer = self._detector.detect_products(
                parcel.data[0], parcel.sizes[0], confidence=confidence, most=most, again=again
            )
            return _seen([_in_time(answer.value, parcel.times_s)], answer.model, cached=answer.cached)
        if method == "words":
            if not settings.product_words:
                text = "The detector for own words needs some: set cloud.product_words, such as coke can, cereal box."
                raise CloudError("cloud_no_words", text)
            found = [
                self._detector.find_products(
                    jpeg, size, settings.product_words, confidence=confidence, most=most, again=again
                )
                for jpeg, size in zip(parcel.data, parcel.sizes, strict=True)
            ]
            seen = [_as_facts(one.value.detections, time_s) for one, time_s in _timed(found, parcel.times_s)]
            return _seen(seen, found[0].model, cached=all(one.cached for one in found))
        listed = [self._model.list_products(jpeg, again=again) for jpeg in parcel.data]
        seen = [_listed(one.value, time_s, settings.most_products) for one, time_s in _timed(listed, parcel.times_s)]
        return _seen(seen, listed[0].model, cached=all(one.cached for one in listed))


@dataclass(frozen=True, slots=True)
class _Found:
    findings: Findings
    model: str
    cached: bool


def manner_of(settings: Cloud) -> Manner:
    return Manner(settings.sentences, settings.language, settings.temperature / 100, settings.tokens, settings.prompt)


def _described(answer: Answer[Description]) -> _Found:
    description, model = answer.value, answer.model
    facts = {"description": Fact(description.text, model)} if description.text else {}
    return _Found(Findings(facts, _as_tags(description.tags, model)), model, answer.cached)


def _described_moments(
    times_s: Sequence[float], texts: Sequence[str], tags: Iterable[str], model: str, *, cached: bool
) -> _Found:
    """The whole is what its moments say, each once, as far as there is room. texts: '' where nothing is said."""
    told = [(time_s, text) for time_s, text in zip(times_s, texts, strict=True) if text]
    moments = [{"time_s": round(time_s, 3), "text": text} for time_s, text in told]
    whole = cleaned(" ".join(dict.fromkeys(text for _, text in told)), LONGEST_TEXT)
    facts = {"description": Fact(whole, model), "described_moments": Fact(moments, model)} if whole else {}
    return _Found(Findings(facts, _as_tags(tags, model)), model, cached)


def _of_stretch(found: _Found, stretch: Stretch) -> _Found:
    """A description of a stretch is one of its moments."""
    facts = dict(found.findings.facts)
    if "description" not in facts or "described_moments" in facts:
        return found
    start_s, end_s = (round(one, 3) for one in stretch)
    moment = {"time_s": start_s, "end_s": end_s, "text": facts["description"].value}
    facts["described_moments"] = replace(facts["description"], value=[moment])
    return replace(found, findings=replace(found.findings, facts=facts))


def _as_tags(names: Iterable[str], model: str) -> tuple[Tag, ...]:
    return tuple(Tag(name, _SURE, model) for name in names)


def _timed(found: Sequence[Any], times_s: Sequence[float]) -> Iterable[tuple[Any, float | None]]:
    times: Sequence[float | None] = times_s or [None] * len(found)
    return zip(found, times, strict=True)


def _in_time(products: Products, times_s: Sequence[float]) -> list[dict[str, Any]]:
    """Detections of a clip: a photo's clip shows the same all the time, so the frame that is surest stands for it."""
    if times_s:
        last = len(times_s) - 1
        timed = ((one, times_s[min(max(one.frame, 0), last)]) for one in products.detections)
        return [fact for one, time_s in timed for fact in _as_facts([one], time_s)]
    sure: Counter[int] = Counter()
    for one in products.detections:
        sure[one.frame] += round(1000 * one.confidence)
    best = max(sure, key=lambda frame: sure[frame], default=0)
    return _as_facts([one for one in products.detections if one.frame == best], None)


def _as_facts(detections: Iterable[Detection], time_s: float | None) -> list[dict[str, Any]]:
    return [
        {"name": one.product, "confidence": round(one.confidence, 4)}
        | ({"box": [round(side, 4) for side in one.box]} if one.box is not None else {})
        | ({"time_s": round(time_s, 3)} if time_s is not None else {})
        for one in detections
    ]


def _listed(products: Sequence[Mapping[str, Any]], time_s: float | None, most: int) -> list[dict[str, Any]]:
    """What a model listed: it names things and counts them, and may claim any number."""
    facts = []
    for one in products[:most]:
        name = cleaned(str(one.get("name", "")), LONGEST_NAME)
        names = names_in([name])
        if names:
            count = one.get("count", 1)
            is_count = isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= 1000
            facts.append({"name": names[0], "count": count if is_count else 1})
            if time_s is not None:
                facts[-1]["time_s"] = round(time_s, 3)
    return facts


def _seen(products: Iterable[Sequence[dict[str, Any]]], model: str, *, cached: bool) -> _Found:
    listed = [one for some in products for one in some]
    facts = {"products": Fact(listed, model)}
    dominant = _dominant(listed)
    if dominant is not None:
        facts["dominant_product"] = Fact(dominant, model)
    return _Found(Findings(facts), model, cached)


def _dominant(products: Sequence[Mapping[str, Any]]) -> str | None:
    """The product that covers most; where no place is told, the one there is most of."""
    weight: Counter[str] = Counter()
    for one in products:
        box = one.get("box")
        weight[one["name"]] += 1 + round(1e6 * box[2] * box[3]) if box else one.get("count", 1)
    return max(weight, key=lambda name: weight[name], default=None)
