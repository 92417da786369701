"""A published picture is its pixels, upright, in sRGB, and nothing else."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any
from zlib import crc32

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from plugins.core.media.image_kind import MOST_PIXELS, Facts, Format, look
from plugins.core.media.leftovers import leftovers
from plugins.images.model import WantedVersion
from plugins.images.redraw import developed, drawing, moving

_SECRET = b"Joan's kitchen"


def _photo(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image, image.rotate(180), Image.new("L", image.size, 90)))
    return image.convert(mode)


def _file(image: Image.Image, form: Format, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = _SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def _same(data: bytes) -> bytes:
    facts = look(data)
    return developed(data, facts, WantedVersion(0, facts.format))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_a_camera_says_is_published(form: Format) -> None:
    """EXIF, XMP, comments and profiles are gone from every format; the pixels stay."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", _SECRET.decode())
    more: dict[str, Any] = {"pnginfo": notes} if form == "PNG" else {}
    if form == "JPEG":
        more = {"comment": _SECRET, "xmp": b"<x>" + _SECRET + b"</x>", "quality": 95}
    data = _file(_photo(), form, exif=_exif(), icc_profile=profile, **more)
    assert _SECRET in data
    made = _same(data)
    assert _SECRET not in made
    image = Image.open(BytesIO(made))
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    assert not dict(image.getexif())
    assert image.size == (60, 40)


def test_a_second_picture_behind_the_first_is_left_out() -> None:
    """What a camera appends to a JPEG, such as an uncropped original, is not published."""
    data = _file(_photo(), "JPEG") + _file(_photo(8, 8), "JPEG", comment=_SECRET)
    assert _SECRET not in _same(data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    """The orientation tag is applied to the pixels, and the size told is that of the upright picture."""
    upright = _photo()
    inverse = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what Pillow calls the way back
    lying = upright if orientation == 1 else upright.transpose(Image.Transpose(inverse[orientation]))
    data = _file(lying, "PNG", exif=_exif(orientation))
    facts = look(data)
    assert (facts.width, facts.height) == (60, 40)
    assert Image.open(BytesIO(_same(data))).convert("RGB").tobytes() == upright.tobytes()


def test_a_photograph_loses_next_to_nothing() -> None:
    """Drawn anew with its own tables, a JPEG differs from itself by a rounding or two."""
    data = _file(_photo(), "JPEG", quality=93)
    before, after = (Image.open(BytesIO(one)).convert("L").tobytes() for one in (data, _same(data)))
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 3


def test_noise_at_the_highest_quality_is_drawn() -> None:
    """A JPEG that hardly compresses does not overflow the encoder."""
    data = _file(Image.effect_noise((700, 500), 120).convert("RGB"), "JPEG", quality=100, subsampling=0)
    assert Image.open(BytesIO(_same(data))).size == (700, 500)


def test_a_wide_gamut_becomes_srgb() -> None:
    """A profile other than sRGB is applied, so that colours stay what they were without it."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    twisted = _photo()
    profile = bytearray(lab.tobytes())
    start = profile.find(b"sRGB")
    profile[start : start + 4] = b"mine"
    data = _file(twisted, "PNG", icc_profile=bytes(profile))
    assert "icc_profile" not in Image.open(BytesIO(_same(data))).info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16", "CMYK"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_kind_of_pixels_can_be_made_smaller(mode: str, form: Format) -> None:
    """Palettes, greys, transparency and print colours come out in the ordered size and format."""
    image = _photo(mode="RGB").convert("L").convert("I;16") if mode == "I;16" else _photo(mode=mode)
    own: Format = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "PA":
        image = image.convert("P")
        image.info["transparency"] = 0
    data = _file(image, own)
    made = developed(data, look(data), WantedVersion(30, form))
    assert Image.open(BytesIO(made)).size == (30, 20)
    assert Image.open(BytesIO(made)).format == form


def test_the_same_bytes_give_the_same_bytes() -> None:
    """Developing twice gives one and the same file."""
    data = _file(_photo(300, 200), "JPEG")
    for wanted in (WantedVersion(0, "JPEG"), WantedVersion(100, "JPEG"), WantedVersion(100, "WEBP")):
        assert developed(data, look(data), wanted) == developed(data, look(data), wanted)


def _bomb() -> bytes:
    image = Image.new("1", (MOST_PIXELS // 1000 + 1, 1000))
    return _file(image, "PNG")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not a picture"),
        (b"<svg/>", "not a picture"),
        (b"BM" + bytes(60), "not a picture"),
        (_bomb(), "million pixels"),
    ],
)
def test_what_cannot_be_published_is_said(data: bytes, what: str) -> None:
    """Other formats and pictures that would fill the memory are refused from their header."""
    with pytest.raises(ValueError, match=what):
        look(data)


def test_a_picture_cut_short_is_said() -> None:
    """A file that ends in the middle is refused, not published half grey."""
    data = _file(_photo(400, 300), "JPEG", quality=95)
    with pytest.raises(ValueError, match="cannot be read to its end"):
        _same(data[: len(data) // 2])


_FRAMES = [_photo(20, 20), _photo(20, 20).rotate(90), _photo(20, 20).rotate(180)]


def _moving(form: Format, **options: Any) -> bytes:
    return _file(_FRAMES[0], form, save_all=True, append_images=_FRAMES[1:], duration=[100, 200, 300], **options)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + crc32(kind + data).to_bytes(4)


def _png_with(chunk: bytes, data: bytes) -> bytes:
    """Return a PNG with one more chunk before its end."""
    return data[:-12] + chunk + data[-12:]


_NOTES = PngImagePlugin.PngInfo()
_NOTES.add_text("Comment", _SECRET.decode())
_NOTES.add_itxt("Author", _SECRET.decode())
_TRAPS: dict[str, tuple[Format, bytes]] = {
    "a GIF's comment": ("GIF", _file(_photo(), "GIF", comment=_SECRET)),
    "a moving GIF's comment": ("GIF", _moving("GIF", comment=_SECRET)),
    "bytes after a GIF": ("GIF", _file(_photo(), "GIF") + _SECRET),
    "bytes after a moving GIF": ("GIF", _moving("GIF") + _SECRET),
    "a GIF's own application": (
        "GIF",
        _moving("GIF")[:-1] + b"!\xff\x0bXMP DataXMP" + bytes([len(_SECRET)]) + _SECRET + b"\0;",
    ),
    "a PNG's text": ("PNG", _file(_photo(), "PNG", pnginfo=_NOTES)),
    "an APNG's text": ("PNG", _moving("PNG", pnginfo=_NOTES)),
    "a PNG's private chunk": ("PNG", _png_with(_chunk(b"joAn", _SECRET), _file(_photo(), "PNG"))),
    "an APNG's private chunk": ("PNG", _png_with(_chunk(b"joAn", _SECRET), _moving("PNG"))),
    "bytes after a PNG": ("PNG", _file(_photo(), "PNG") + _SECRET),
    "bytes after an APNG": ("PNG", _moving("PNG") + _SECRET),
    "an APNG's EXIF": ("PNG", _moving("PNG", exif=_exif())),
    "a moving WebP's XMP": ("WEBP", _moving("WEBP", xmp=_SECRET)),
    "bytes after a WebP": ("WEBP", _file(_photo(), "WEBP") + _SECRET),
    "bytes after a moving WebP": ("WEBP", _moving("WEBP") + _SECRET),
    "a moving AVIF's EXIF": ("AVIF", _moving("AVIF", exif=_exif())),
    "bytes after a JPEG": ("JPEG", _file(_photo(), "JPEG") + _SECRET),
}


@pytest.mark.parametrize("trap", _TRAPS)
def test_a_published_file_has_nothing_but_pixels(trap: str) -> None:
    """Comments, texts, private chunks and what follows the end are gone from still and from moving pictures."""
    form, data = _TRAPS[trap]
    assert _SECRET in data
    facts = look(data)
    made = moving(data, facts) if facts.animated else _same(data)
    assert _SECRET not in made
    assert leftovers(made, form) == []
    assert leftovers(data, form)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_moving_picture_moves_as_before(form: Format) -> None:
    """Its frames, their times and how often they are shown are what they were; an inch of colour may be lost."""
    data = _moving(form, loop=3, **({"lossless": True} if form == "WEBP" else {}))
    made = moving(data, look(data))
    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(made))
    assert getattr(after, "n_frames", 1) == 3
    for number, duration in enumerate((100, 200, 300)):
        before.seek(number)
        after.seek(number)
        before.load(), after.load()
        assert after.info["duration"] == before.info["duration"] == duration
        pairs = zip(before.convert("RGB").tobytes(), after.convert("RGB").tobytes(), strict=True)
        assert sum(abs(a - b) for a, b in pairs) / (20 * 20 * 3) < 4
    assert after.info["loop"] == before.info["loop"]


def test_a_moving_picture_with_too_many_pixels_is_refused() -> None:
    """All of its frames are drawn anew, so they must find room together."""
    count = MOST_PIXELS // 4_000_000 + 1
    frames = [Image.new("1", (2000, 2000), number % 2) for number in range(count)]
    data = _file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ValueError, match="moving picture of more than"):
        look(data)


def test_moving_pictures_are_known() -> None:
    """An animation is told from a picture."""
    assert look(_moving("GIF")) == Facts("GIF", 20, 20, animated=True)


def test_a_camera_s_place_is_gone_from_a_picture_in_a_drawing() -> None:
    """An SVG is published with the pictures in it drawn anew: no EXIF, no place, whatever its media type says."""
    photo = b64encode(_file(_photo(), "JPEG", exif=_exif())).decode()
    made = drawing(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><image href="data:image/png;base64,%s"/></svg>'
        % photo.encode()
    )
    inner = b64decode(made.partition(b"base64,")[2].partition(b'"')[0])
    assert b"data:image/jpeg;base64," in made
    assert _SECRET not in inner
    assert not dict(Image.open(BytesIO(inner)).getexif())
    with pytest.raises(ValueError, match="not a picture"):
        drawing(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><image href="data:image/png,x"/></svg>')
