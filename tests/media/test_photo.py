"""Pixels of photos: upright, sRGB, at the size of the working frame."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from engines.media.geometry import turn, working_size
from engines.media.open_file import open_file
from tests.make_media import CORNERS, MIDDLE, SRGB_PRIMARIES, corners_of, make_exif, make_icc, make_photo, make_pixels
from tests.media.conftest import OpenBytes
from tests.media.labels import upright_sizes

RED, GREEN, BLUE = SRGB_PRIMARIES


def near(pixels: NDArray[np.uint8], colours: object, tolerance: int = 6) -> bool:
    return bool(np.abs(np.array(corners_of(pixels)) - np.array(colours)).max() <= tolerance)


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WebP", "TIFF", "AVIF"])
def test_a_photo_is_turned_upright_once(open_bytes: OpenBytes, format: str, orientation: int) -> None:
    file = open_bytes(make_photo((96, 64), format=format, orientation=orientation))
    assert file.frame.pixels.shape == (64, 96, 3)
    assert near(file.frame.pixels, CORNERS, tolerance=25)
    assert (file.frame.width, file.frame.height) == (file.header.width, file.header.height) == (96, 64)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "jpeg", "packbits", "tiff_deflate"])
def test_a_compressed_tiff_is_turned_upright_once(open_bytes: OpenBytes, compression: str) -> None:
    file = open_bytes(make_photo((96, 64), format="TIFF", orientation=6, compression=compression))
    assert (file.header.stored_width, file.header.stored_height, file.header.width) == (64, 96, 96)
    assert near(file.frame.pixels, CORNERS, tolerance=25)


def test_exif_behind_a_pngs_picture_turns_it(open_bytes: OpenBytes) -> None:
    data = make_photo((96, 64), format="PNG", orientation=6)
    at = data.index(b"eXIf") - 4
    end = at + 12 + int.from_bytes(data[at : at + 4], "big")
    assert open_bytes(data[:at] + data[end:-12] + data[at:end] + data[-12:]).header.orientation == 6


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", make_exif(9), make_exif(6)[:20]])
def test_a_broken_exif_block_costs_the_rotation_only(open_bytes: OpenBytes, exif: bytes) -> None:
    file = open_bytes(make_photo(exif=exif))
    assert file.header.orientation == 1
    assert near(file.frame.pixels, CORNERS)


def test_real_photos_of_all_orientations_look_alike(media_folder: Path) -> None:
    frames = [
        open_file(str(media_folder / f"photos/orientation_landscape_{one}.jpg")).frame.pixels for one in range(1, 9)
    ]
    without_digit = [np.delete(frame.astype(int), np.s_[150:330], axis=0) for frame in frames]
    assert max(np.abs(frame - without_digit[0]).mean() for frame in without_digit) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_agrees_with_pillow(orientation: int) -> None:
    pixels = make_pixels((30, 20))
    image = Image.fromarray(pixels)
    image.getexif()[0x0112] = orientation
    assert np.array_equal(turn(pixels, orientation), np.asarray(ImageOps.exif_transpose(image)))


@pytest.mark.parametrize(
    ("full", "working"),
    [
        ((4000, 3000), (1024, 768)),
        ((3000, 4000), (768, 1024)),
        ((640, 480), (640, 480)),
        ((1024, 1024), (1024, 1024)),
        ((8000, 2000), (2048, 512)),
        ((20000, 1500), (4096, 307)),
        ((1500, 400), (1500, 400)),
        ((6000, 4), (4096, 3)),
        ((1, 1), (1, 1)),
        ((100_000, 1), (4096, 1)),
    ],
)
def test_the_working_size(full: tuple[int, int], working: tuple[int, int]) -> None:
    assert working_size(*full) == working


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WebP"])
def test_a_large_photo_is_scaled_to_1024(open_bytes: OpenBytes, format: str) -> None:
    frame = open_bytes(make_photo((2500, 1500), format=format)).frame
    assert (frame.pixels.shape, frame.width, frame.height) == ((614, 1024, 3), 2500, 1500)
    assert near(frame.pixels, CORNERS)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_scaled_while_it_is_decoded_looks_as_if_scaled_afterwards(open_bytes: OpenBytes, mode: str) -> None:
    image = Image.effect_noise((275, 175), 60).resize((2200, 1400), Image.Resampling.BICUBIC).convert(mode)
    data = saved(image, "JPEG", quality=95)
    after = Image.open(io.BytesIO(data)).convert("RGB").resize((1024, 652), Image.Resampling.HAMMING)
    assert np.abs(open_bytes(data).frame.pixels.astype(int) - np.asarray(after)).mean() < 1.5


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 3), (17, 1), (6000, 4), (3, 5000)])
@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WebP", "GIF", "BMP"])
def test_tiny_and_thin_pictures_have_a_frame(open_bytes: OpenBytes, format: str, size: tuple[int, int]) -> None:
    frame = open_bytes(make_photo(size, format=format)).frame
    height, width = frame.pixels.shape[:2]
    assert (width, height) == working_size(*size)


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_becomes_rgb(open_bytes: OpenBytes, format: str, mode: str) -> None:
    image = Image.fromarray(make_pixels()).convert(mode)
    expected = np.asarray(image.convert("RGB"))
    assert np.abs(open_bytes(saved(image, format)).frame.pixels.astype(int) - expected).max() <= 1


def with_transparent_corner(mode: str) -> Image.Image:
    image = Image.fromarray(make_pixels()).convert(mode)
    alpha = Image.new("L", image.size, 255)
    alpha.paste(0, (0, 0, 21, 16))
    image.putalpha(alpha)
    return image


@pytest.mark.parametrize(
    ("format", "mode", "options"),
    [
        ("PNG", "RGBA", {}),
        ("PNG", "LA", {}),
        ("TIFF", "RGBA", {}),
        ("TIFF", "LA", {}),
        ("WebP", "RGBA", {"lossless": True}),
        ("AVIF", "RGBA", {}),
    ],
)
def test_transparent_parts_are_white(open_bytes: OpenBytes, format: str, mode: str, options: dict[str, object]) -> None:
    file = open_bytes(saved(with_transparent_corner(mode), format, **options))
    assert file.header.has_alpha
    assert corners_of(file.frame.pixels)[0] == (255, 255, 255)
    assert corners_of(file.frame.pixels)[1] != (255, 255, 255)


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_a_palettes_transparent_colour_is_white(open_bytes: OpenBytes, format: str) -> None:
    image = Image.fromarray(make_pixels()).quantize(8)
    file = open_bytes(saved(image, format, transparency=image.getpixel((0, 0))))
    assert corners_of(file.frame.pixels)[0] == (255, 255, 255)
    assert near(file.frame.pixels[:, 32:], [MIDDLE, CORNERS[1], CORNERS[2], MIDDLE], tolerance=12)


def test_half_transparent_black_is_grey(open_bytes: OpenBytes) -> None:
    pixels = open_bytes(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 127)), "PNG")).frame.pixels
    assert np.all(pixels == 128)


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_clipped(open_bytes: OpenBytes, format: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16).reshape(1, -1).repeat(4, axis=0)
    file = open_bytes(saved(Image.fromarray(ramp), format))
    assert file.header.bit_depth == 16
    assert np.array_equal(file.frame.pixels[0, :, 0], np.arange(256))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([-50.0, 0.1, 50.0], [0, 128, 255]),
        ([0.0, 2000.0, 4000.0], [0, 128, 255]),
        ([0.0, float("nan"), 1.0], [0, 0, 255]),
        ([-3e38, 1e36, 3e38], [0, 128, 255]),
        ([7.0, 7.0, 7.0], [0, 0, 0]),
    ],
)
def test_numbers_without_a_range_are_shown_over_the_range_they_have(
    open_bytes: OpenBytes, values: list[float], expected: list[int]
) -> None:
    data = saved(Image.fromarray(np.array([values], np.float32)), "TIFF")
    assert open_bytes(data).frame.pixels[0, :, 0].tolist() == expected


def test_a_lab_tiff_has_its_colours(open_bytes: OpenBytes) -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(Image.fromarray(make_pixels()), to_lab)
    assert lab is not None
    assert near(open_bytes(saved(lab, "TIFF")).frame.pixels, CORNERS)


def test_cmyk_without_a_profile_is_light_minus_ink(open_bytes: OpenBytes) -> None:
    assert near(open_bytes(make_photo((96, 64), mode="CMYK")).frame.pixels, CORNERS)


def test_a_real_cmyk_photo_looks_like_its_rgb_original(media_folder: Path) -> None:
    one, other = (open_file(str(media_folder / "photos" / name)).frame.pixels for name in ("china.jpg", "cmyk.jpg"))
    assert np.abs(one.astype(int) - other).mean() < 4


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WebP", "TIFF", "AVIF"])
def test_an_icc_profile_is_obeyed(open_bytes: OpenBytes, format: str) -> None:
    swapped = make_icc(GREEN, RED, BLUE)
    pixels = open_bytes(make_photo((96, 64), format=format, icc=swapped)).frame.pixels
    assert near(pixels, [(30, 220, 30), (200, 30, 40), *CORNERS[2:]], tolerance=25)


def test_the_profiles_name_is_in_the_header(open_bytes: OpenBytes) -> None:
    assert (
        open_bytes(make_photo(icc=make_icc(RED, GREEN, BLUE, name="Shop light"))).header.colour_profile == "Shop light"
    )


def test_a_profile_that_is_srgb_by_another_name_changes_nothing(open_bytes: OpenBytes) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_profile, without = (open_bytes(make_photo(icc=icc)).frame.pixels for icc in (srgb, None))
    assert np.array_equal(with_profile, without)


@pytest.mark.parametrize(
    "icc", [b"junk", b"\0" * 200, make_icc(RED, GREEN, BLUE)[:150], make_icc(RED, GREEN, BLUE)[:-40]]
)
def test_a_broken_profile_costs_the_profile_only(open_bytes: OpenBytes, icc: bytes) -> None:
    assert near(open_bytes(make_photo(icc=icc)).frame.pixels, CORNERS, tolerance=12)


def test_a_profile_for_other_colours_is_ignored(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_photo(mode="L", icc=make_icc(RED, GREEN, BLUE)))
    assert corners_of(file.frame.pixels)[2] == (240, 240, 240)


@pytest.mark.parametrize("format", ["GIF", "WebP", "PNG"])
def test_of_an_animation_the_first_frame_is_shown(open_bytes: OpenBytes, format: str) -> None:
    first, second = Image.fromarray(make_pixels()), Image.new("RGB", (64, 48))
    file = open_bytes(saved(first, format, save_all=True, append_images=[second, first], duration=100))
    assert file.header.frame_count == 3
    assert near(file.frame.pixels, CORNERS, tolerance=25)


def test_of_several_pages_the_first_is_shown(open_bytes: OpenBytes) -> None:
    pages = [Image.fromarray(make_pixels()), Image.new("RGB", (64, 48)), Image.new("L", (5, 5))]
    file = open_bytes(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert file.header.frame_count == 3
    assert near(file.frame.pixels, CORNERS)


def test_pages_in_a_circle_are_counted_once(open_bytes: OpenBytes) -> None:
    data = bytearray(make_photo(format="TIFF"))
    start = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[start : start + 2], "little")
    end = start + 2 + 12 * entries
    data[end : end + 4] = data[4:8]
    assert open_bytes(bytes(data)).header.frame_count == 1


def test_a_progressive_jpeg_is_read(open_bytes: OpenBytes) -> None:
    assert near(open_bytes(make_photo((96, 64), progressive=True)).frame.pixels, CORNERS)


def test_the_header_has_the_bit_depth_of_a_palette(open_bytes: OpenBytes) -> None:
    assert open_bytes(saved(Image.fromarray(make_pixels()).quantize(4), "PNG")).header.bit_depth == 2


def test_a_frame_is_contiguous_and_of_its_own(open_bytes: OpenBytes) -> None:
    assert open_bytes(make_photo(orientation=6)).frame.pixels.flags.c_contiguous


@pytest.mark.parametrize("folder", ["photos", "products"])
def test_every_real_photo_has_its_upright_size(media_folder: Path, folder: str) -> None:
    wrong = []
    for name, size in upright_sizes(media_folder, folder).items():
        frame = open_file(str(media_folder / name)).frame
        height, width = frame.pixels.shape[:2]
        if (frame.width, frame.height) != size or (width, height) != working_size(*size):
            wrong.append((name, frame.width, frame.height, width, height))
    assert wrong == []
