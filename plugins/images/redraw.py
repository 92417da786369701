"""Pictures' bytes in, pictures' bytes out: the same without its secrets, the same in another size.

A published picture is drawn anew from its pixels, so that nothing else a file can carry (EXIF, XMP, comment, preview,
a second picture, a profile named after somebody's screen) comes along. The same bytes always give the same bytes.
Source: https://pillow.readthedocs.io/en/stable/handbook/image-file-formats.html
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

from PIL import GifImagePlugin, Image, ImageCms, ImageOps, JpegImagePlugin, features

from plugins.core.media import svg
from plugins.core.media.image_kind import Facts, Format, look, opened
from plugins.core.media.leftovers import leftovers
from plugins.images.model import WantedVersion

_KEPT_SAMPLINGS = frozenset({0, 2})  # 4:4:4 and 4:2:0, which stay themselves when a picture is turned

_OPTIONS: dict[Format, dict[str, Any]] = {
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"compress_level": 9},
    "WEBP": {"quality": 80, "method": 4},
    "AVIF": {"quality": 80, "max_threads": 1},
    "GIF": {"optimize": False},
}
"""How each format is written, where nothing is known of how the picture was written before."""

# A moving picture's frames keep their palette where all have one, so that drawing them anew changes no colour.
GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_AFTER_DIFFERENT_PALETTE_ONLY

TOOLS = "2 " + "/".join(
    f"{tool} {features.version(tool)}" for tool in ("pil", "libjpeg_turbo", "webp", "avif", "zlib", "littlecms2")
)
"""The versions of how a picture is drawn and of all that draws: others may give other bytes."""


def developed(data: bytes, facts: Facts, wanted: WantedVersion) -> bytes:
    """Return a picture in the ordered size and format, upright, in sRGB, and with nothing but its pixels.

    Raises ValueError where the picture cannot be read to its end.
    """
    original = opened(data, facts.format)
    image = _srgb(ImageOps.exif_transpose(original))
    if wanted.width:
        height = max(1, round(facts.height * wanted.width / facts.width))
        image = _with_all_colours(image).resize((wanted.width, height), Image.Resampling.LANCZOS)
    how: dict[str, Any] = {}
    if not wanted.width and wanted.format == facts.format:
        how = _as_it_was(original, image, facts)
    return _saved(image, wanted.format, facts.lossy, how)


def drawing(data: bytes) -> bytes:
    """Return an SVG with its drawing alone, and the pictures that lie in it drawn anew. Raises ValueError."""
    return svg.cleaned(data, _embedded)


def _embedded(data: bytes) -> tuple[str, bytes]:
    """Return the format, as a media type names it, and the bytes of a picture in a drawing, drawn anew."""
    facts = look(data)
    if facts.animated:
        return facts.format.lower(), moving(data, facts)
    return facts.format.lower(), developed(data, facts, WantedVersion(0, facts.format))


def moving(data: bytes, facts: Facts) -> bytes:
    """Return a moving picture with nothing but its frames, their times and how often they are shown.

    Raises ValueError where it cannot be read to its end.
    """
    try:
        image = Image.open(BytesIO(data), formats=(facts.format,))
        count = int(getattr(image, "n_frames", 1))
        frames, times = [], []
        for number in range(count):
            image.seek(number)
            image.load()
            times.append(image.info.get("duration", 0))
            frames.append(_frame(image))
    except Exception as error:  # Pillow's decoders raise whatever their reading of a damaged file ends in
        raise ValueError(f"a moving picture that cannot be drawn anew ({error})") from error
    more: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": times}
    if "loop" in image.info or facts.format != "GIF":  # a GIF that says nothing is shown once, which no number means
        more["loop"] = image.info.get("loop", 0)
    if facts.format == "PNG":
        more |= {"disposal": 1, "blend": 0}
    elif facts.format == "GIF" and any(frame.has_transparency_data for frame in frames):
        more |= {"disposal": 2}
    return _saved(frames[0], facts.format, facts.lossy, more)


def _frame(image: Image.Image) -> Image.Image:
    """Return the frame that a picture stands at, with no notes."""
    frame = image.copy() if image.mode in {"P", "RGB", "RGBA", "L"} else _with_all_colours(image)
    frame.info = _meaning(image)
    return frame


def _meaning(image: Image.Image) -> dict[Any, Any]:
    # Only what the pixels mean goes along; Pillow would also write an ICC profile or a comment it finds here.
    return {key: value for key, value in image.info.items() if key == "transparency"}


def _saved(image: Image.Image, form: Format, lossy: bool, how: Mapping[str, Any]) -> bytes:
    options = _OPTIONS[form]
    if form == "WEBP" and not lossy:
        options = {"lossless": True, "quality": 75, "method": 4}
    if form == "JPEG" and image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    elif form in {"WEBP", "AVIF"} and "save_all" not in how:
        image = _with_all_colours(image)
    image.info = _meaning(image)
    out = BytesIO()
    image.save(out, form, **{**options, **how})
    if found := leftovers(out.getvalue(), form):
        raise ValueError(f"drawn anew it would still have {', '.join(found)} in it")
    return out.getvalue()


def _as_it_was(original: Image.Image, image: Image.Image, facts: Facts) -> dict[str, Any]:
    """Return the settings a picture was compressed with, so that drawing it anew loses next to nothing."""
    if original.format == "JPEG" and image.mode == original.mode:
        tables = cast("JpegImagePlugin.JpegImageFile", original).quantization
        sampling = JpegImagePlugin.get_sampling(original)
        if sampling not in _KEPT_SAMPLINGS:
            sampling = 0
        # With tables, quality is their scale in percent (JpegEncode.c).
        return {"qtables": tables, "subsampling": sampling, "quality": 100}
    if facts.lossy:
        return {"quality": 92}
    return {}


def _srgb(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB, which is what browsers take a picture without a profile for."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if not ImageCms.getProfileName(source).startswith("sRGB"):
                image = _converted(image, source)
        except (ImageCms.PyCMSError, OSError):  # a profile nobody can read: browsers pass over it too
            pass
    if image.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        return image.convert("RGB")
    return image


def _converted(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    if image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        image = _with_all_colours(image)
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=wanted)
    return turned or image


def _with_all_colours(image: Image.Image) -> Image.Image:
    """Return a picture that can be resized well: not by a palette."""
    if image.mode in {"RGB", "RGBA", "L"}:
        return image
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
