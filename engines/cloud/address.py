"""Whom a request may go to: services by address, which of them are at home, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from engines.errors import CloudError

NVIDIA_CHAT = "https://integrate.api.nvidia.com/v1"
NVIDIA_FUNCTIONS = "https://ai.api.nvidia.com/v1/cv/nvidia"
NVIDIA_ASSETS = "https://api.nvcf.nvidia.com/v2/nvcf"
_NVIDIA = "nvidia.com"

# Base addresses by the setting cloud.server; all speak the same protocol.
PRESETS = {
    "nvidia": NVIDIA_CHAT,
    "ollama": "http://localhost:11434/v1",
    "lm-studio": "http://localhost:1234/v1",
    "llama.cpp": "http://localhost:8080/v1",
    "vllm": "http://localhost:8000/v1",
    "nim": "http://localhost:8000/v1",
}


class Reach(Enum):
    """How far away a host is."""

    HERE = "this computer"
    HOME = "its own network"
    WORLD = "anywhere"
    NOWHERE = "no place for a service, such as a link-local address"


_NEAR = (Reach.HERE, Reach.HOME)


@dataclass(frozen=True, slots=True)
class Service:
    """One service. base: of the chat protocol, without a slash at its end. functions, assets: of NVIDIA's, if it has
    them."""

    base: str
    functions: str | None = None
    assets: str | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or ""

    @property
    def name(self) -> str:
        """What permissions, keys and the meter know it by: 'nvidia.com', else host and port."""
        return _NVIDIA if is_nvidia(self.host) else urlsplit(self.base).netloc

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this computer."""
        return is_loopback(self.host)


def service_at(base: str) -> Service:
    """The service at this address.

    Raises CloudError if it is no address, or would send pictures and key unencrypted beyond the home network.
    """
    parts = urlsplit(base.strip().rstrip("/"))
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        text = f"'{base}' is no address of a server: write one such as {NVIDIA_CHAT}."
        raise CloudError("cloud_address", text)
    if parts.scheme == "http" and not is_private(parts.hostname):
        text = f"{parts.hostname} is not on this computer or in its network, so its address has to begin with https."
        raise CloudError("cloud_unencrypted", text, host=parts.hostname)
    base = parts.geturl()
    if is_nvidia(parts.hostname):
        return Service(base, NVIDIA_FUNCTIONS, NVIDIA_ASSETS)
    return Service(base)


def is_nvidia(host: str) -> bool:
    return host == _NVIDIA or host.endswith(f".{_NVIDIA}")


def is_loopback(host: str) -> bool:
    """By its name alone, without asking anybody."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _literal(host)
    return address is not None and _reach(address) is Reach.HERE


def is_private(host: str) -> bool:
    """Whether the host is this computer or in its own network; a name is looked up, and all it stands for counts."""
    return is_loopback(host) or reach_of(host) in (Reach.HERE, Reach.HOME)


def takes_key(service: Service, host: str, port: int | None) -> bool:
    """Whether the service's key may be shown to this host: itself, and for NVIDIA's all of NVIDIA's."""
    if is_nvidia(service.host):
        return is_nvidia(host)
    own = urlsplit(service.base)
    return (host, port) == (own.hostname, own.port)


def check_redirect(service: Service, url: str) -> None:
    """Raises CloudError unless the service may lead there: out into the world encrypted, else only to where it is
    itself, so that no service makes this program knock at doors of the home network for it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    reach = reach_of(host)
    fits = parts.scheme == "https" and reach is Reach.WORLD
    if not fits and not (parts.scheme in ("http", "https") and reach in _NEAR and reach is reach_of(service.host)):
        text = f"{service.name} wanted to lead to an address that is not safe ({host or 'none'}); it was not followed."
        raise CloudError("cloud_redirect", text, about=service.name)


def reach_of(host: str) -> Reach:
    """Where a host is; NOWHERE if its name means nothing, or places of several kinds."""
    if is_loopback(host):
        return Reach.HERE
    found = {_reach(address) for address in _addresses(host)}
    return found.pop() if len(found) == 1 else Reach.NOWHERE


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    literal = _literal(host)
    if literal is not None:
        return [literal]
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


def _reach(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Reach:
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return Reach.HERE
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        return Reach.NOWHERE
    return Reach.WORLD if address.is_global else Reach.HOME
