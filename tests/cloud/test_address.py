"""Who may be sent to, and where a service may lead."""

from __future__ import annotations

import pytest

from engines.cloud.address import PRESETS, Service, check_redirect, service_at, takes_key
from engines.errors import CloudError

NVIDIA = service_at(PRESETS["nvidia"])


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "nvidia"])
def test_a_preset_beside_nvidias_is_on_this_computer(name: str) -> None:
    service = service_at(PRESETS[name])
    assert service.is_local
    assert service.functions is None


def test_nvidia_has_all_its_parts() -> None:
    assert NVIDIA.name == "nvidia.com"
    assert not NVIDIA.is_local
    assert NVIDIA.functions == "https://ai.api.nvidia.com/v1/cv/nvidia"
    assert NVIDIA.assets == "https://api.nvcf.nvidia.com/v2/nvcf"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "ftp://localhost/v1",
        "http://8.8.8.8/v1",
        "https://a:b@localhost/v1",
        "https://:b@localhost/v1",
        "https://x?y=1",
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(address: str) -> None:
    with pytest.raises(CloudError):
        service_at(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://[::1]:1/v1", "http://192.168.1.7:8000/v1/"])
def test_at_home_no_encryption_is_needed(address: str) -> None:
    assert service_at(address).base == address.rstrip("/")


@pytest.mark.parametrize(
    ("service", "url"),
    [
        (NVIDIA, "https://127.0.0.1/x"),
        (NVIDIA, "https://192.168.0.1/x"),
        (NVIDIA, "https://[::ffff:127.0.0.1]/x"),
        (NVIDIA, "https://169.254.169.254/latest"),
        (NVIDIA, "http://1.1.1.1/x"),
        (NVIDIA, "https://0.0.0.0/"),
        (Service("http://192.168.1.7:8000/v1"), "http://127.0.0.1:8080/x"),
        (Service("http://127.0.0.1:8000/v1"), "http://192.168.1.1/x"),
    ],
)
def test_a_service_may_not_lead_into_the_home_network(service: Service, url: str) -> None:
    with pytest.raises(CloudError, match="not safe"):
        check_redirect(service, url)


def test_a_service_may_lead_out_encrypted() -> None:
    check_redirect(NVIDIA, "https://1.1.1.1/bucket?X-Amz-Signature=1")


@pytest.mark.parametrize(
    ("host", "port", "is_shown"),
    [
        ("api.nvcf.nvidia.com", None, True),
        ("nvidia.com.evil.example", None, False),
        ("evilnvidia.com", None, False),
        ("s3.amazonaws.com", None, False),
    ],
)
def test_nvidias_key_is_shown_to_nvidia(host: str, port: int | None, is_shown: bool) -> None:
    assert takes_key(NVIDIA, host, port) is is_shown


def test_another_servers_key_is_shown_to_that_very_one() -> None:
    service = Service("http://127.0.0.1:8000/v1")
    assert takes_key(service, "127.0.0.1", 8000)
    assert not takes_key(service, "127.0.0.1", 8001)
    assert not takes_key(service, "127.0.0.2", 8000)
