"""What engines have to say about a service, with what can be done about it in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.translation import told
from engines.types import Message


def said(message: Message) -> str:
    """As plain text: the words of a stranger's server may be in it."""
    template = _templates().get(message.code)
    if template is None:
        return told(message)
    try:
        text = template.format_map(message.params)
    except KeyError:  # a library's own message of before it had parameters
        return message.text
    quoted = str(message.params.get("said", ""))
    return f"{text} {_tr('It says “{said}”.').format(said=quoted)}" if quoted else text


def _templates() -> dict[str, str]:
    return {
        "cloud_no_key": _tr("There is no API key yet. Make one at build.nvidia.com and put it in the settings."),
        "cloud_key_refused": _tr("The service does not accept the API key: it is missing, wrong or expired."),
        "cloud_key_shape": _tr("This is no API key: those of NVIDIA begin with nvapi- and are longer."),
        "cloud_credits": _tr("The account has no credits left. Get more, then go on."),
        "cloud_forbidden": _tr("The API key may not use {about}."),
        "cloud_not_served": _tr("{about} is not served to this account."),
        "cloud_retired": _tr("{about} was retired."),
        "cloud_too_large": _tr("The picture was too large for {about}."),
        "cloud_wrong_type": _tr("{about} does not take this kind of file."),
        "cloud_not_understood": _tr("{about} did not understand the request."),
        "cloud_refused": _tr("{about} refused the request ({status})."),
        "cloud_busy": _tr("{about} is busy ({status}) and will be asked again later."),
        "cloud_degraded": _tr("{about} is out of order at the moment."),
        "cloud_no_pictures": _tr("{about} cannot look at pictures: choose another model in the settings."),
        "cloud_no_model": _tr("No model of {about} answers. Choose one in the settings."),
        "cloud_no_video": _tr("{about} serves no model that takes videos. Have their frames described instead."),
        "cloud_no_detector": _tr("{about} has no product detector. Choose another way in the settings."),
        "cloud_no_words": _tr("The detector for own words needs some: name products in the settings."),
        "cloud_unreachable": _tr("{about} cannot be reached. Is the network there, and the address right?"),
        "cloud_slow": _tr("{about} did not answer in time and will be asked again later."),
        "cloud_certificate": _tr(
            "The connection to {about} is not safe: its certificate is not valid. Nothing was sent."
        ),
        "cloud_redirect": _tr("{about} wanted to lead to an address that is not safe; it was not followed."),
        "cloud_unreadable": _tr("{about} sent something that is no answer. Try again, or choose another model."),
        "cloud_empty": _tr("{about} answered nothing, as models that think aloud do when the length is too short."),
        "cloud_too_much": _tr("{about} sent more than any answer needs; it was broken off."),
        "cloud_unencrypted": _tr("{host} is not in the home network, so its address has to begin with https."),
        "cloud_offline": _tr("Nothing is sent while “Stay offline” is on in the settings."),
        "cloud_address": _tr("The address of the service is missing or none. Put it right in the settings."),
        "cloud_paused": _tr("The queue is paused; what waits goes on waiting."),
        "cloud_no_file": _tr("No file holds this picture any more, so it was not sent."),
        "cloud_forbidden_folder": _tr("{name} lies, or has a copy, where nothing may ever be sent from."),
        "cloud_not_allowed": _tr("{name} lies in no folder that may be sent to {service}."),
        "keyring_locked": _tr("The system's keyring is locked. Unlock it, or use a key for this run only."),
        "keyring_missing": _tr("This system has no safe keyring. A key can be used for this run only."),
        "keyring_broken": _tr("The system's keyring does not work. A key can be used for this run only."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("CloudFaults", text)
