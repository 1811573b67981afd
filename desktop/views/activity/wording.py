"""What the analyser is at, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.jobs.analyser import Activity, Stage
from engines.analysis.watch_cost import WatchCost

translate = QCoreApplication.translate  # by this name pyside6-lupdate finds the texts

_MINUTE_S, _HOUR_S = 60, 3600


def in_short(activity: Activity) -> str:
    """One line for the status bar; empty where nothing is to be said."""
    match activity.stage:
        case Stage.IDLE:
            return ""
        case Stage.SCAN:
            return translate("Activity", "Looking for files · {found}").format(found=number(activity.done))
        case Stage.EXAMINE:
            return " · ".join(
                [translate("Activity", "Examining {progress}").format(progress=_progress(activity)), *_speed(activity)]
            )
        case Stage.INFER:
            return translate("Activity", "Recognising {progress}").format(progress=_progress(activity))
        case Stage.WATCH:
            return translate("Activity", "Watching videos {progress}").format(progress=_progress(activity))
        case Stage.FOLLOW:
            return translate("Activity", "Following things through videos {progress}").format(
                progress=_progress(activity)
            )
        case Stage.LISTEN:
            return translate("Activity", "Listening to videos {progress}").format(progress=_progress(activity))
        case Stage.PAUSED:
            return translate("Activity", "Paused")
        case Stage.ON_BATTERY:
            return translate("Activity", "Paused on battery")
        case Stage.FAULT:
            return translate("Activity", "Stopped by a fault")


def in_detail(activity: Activity) -> str:
    """The line below a job's title."""
    match activity.stage:
        case Stage.IDLE:
            return translate("Activity", "Nothing to do. New and changed files are looked for by themselves.")
        case Stage.SCAN:
            return translate("Activity", "{found} files found").format(found=number(activity.done))
        case Stage.EXAMINE | Stage.INFER | Stage.WATCH | Stage.FOLLOW | Stage.LISTEN:
            return " · ".join([_progress(activity), *_speed(activity)])
        case Stage.PAUSED:
            return translate("Activity", "Paused, also after a restart. What is done so far is kept.")
        case Stage.ON_BATTERY:
            return translate("Activity", "Waits until the computer is plugged in.")
        case Stage.FAULT:
            return translate("Activity", "Stopped by a fault. Put it right, then go on; nothing is lost.")


def cost_in_words(cost: WatchCost) -> str:
    """What looking into films comes to: '412 videos of 6 h 10 min: at most 4,400 frames, about 1 h 20 min here'."""
    text = translate("Activity", "{videos} of {length}: at most {frames} frames are looked at, about {time} here")
    if not cost.is_measured:
        text = translate("Activity", "{videos} of {length}: at most {frames} frames are looked at, roughly {time} here")
    one, many = translate("Activity", "1 video"), translate("Activity", "{count} videos")
    return text.format(
        videos=one if cost.films == 1 else many.format(count=number(cost.films)),
        length=duration(cost.film_s),
        frames=number(cost.frames),
        time=duration(cost.seconds),
    )


def number(value: int) -> str:
    """With the separators of the user's country."""
    return QLocale().toString(value)


def duration(seconds: float) -> str:
    """About so long: '40 s', '5 min', '2 h 10 min'."""
    if seconds < _MINUTE_S:
        return translate("Activity", "{seconds} s").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / _MINUTE_S)
    if seconds < _HOUR_S:
        return translate("Activity", "{minutes} min").format(minutes=minutes)
    return translate("Activity", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def size(count: int) -> str:
    """Bytes as a person counts them."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _progress(activity: Activity) -> str:
    return translate("Activity", "{done} of {total}").format(done=number(activity.done), total=number(activity.total))


def _speed(activity: Activity) -> list[str]:
    told = []
    if activity.per_second:
        speed = QLocale().toString(activity.per_second, "f", 0 if activity.per_second >= 10 else 1)
        told.append(translate("Activity", "{speed}/s").format(speed=speed))
    if activity.seconds_left is not None:
        told.append(translate("Activity", "{time} left").format(time=duration(activity.seconds_left)))
    return told
