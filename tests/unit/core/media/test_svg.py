"""An SVG is published only if it is a drawing and nothing more."""

import pytest

from plugins.core.media.svg import faults, size

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">'


def _svg(inside: str) -> bytes:
    return f"{_HEAD}\n{inside}\n</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
        '<rect onclick="x()"/>',
        '<rect ONLOAD="x()"/>',
        '<foreignObject><iframe src="https://example.org"/></foreignObject>',
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="a.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<use href="other.svg#a"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>rect { fill: url(https://example.org/a.svg#b) }</style>",
        '<rect style="fill: url( &quot;//example.org/a&quot; )"/>',
        '<rect fill="url(a.svg#b)"/>',
        '<set attributeName="onclick" to="x()"/>',
        '<animate attributeName="xlink:href" to="x"/>',
        '<g inkscape:export-filename="/home/joan/a.png" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"/>',
    ],
)
def test_what_runs_loads_or_tells_is_found(inside: str) -> None:
    """Scripts, handlers, references to outside and the drawer's own paths are found, on their line."""
    assert next(line for line, _ in faults(_svg(inside))) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml-stylesheet href='a.css'?>" + _svg(""),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + _svg("<text>&a;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _svg("<text>&a;</text>"),
        b"<html></html>",
        b"<svg",
        b"",
    ],
)
def test_what_is_no_plain_svg_is_refused(data: bytes) -> None:
    """Style sheets and entities from elsewhere, other documents and broken ones are refused."""
    assert faults(data)


@pytest.mark.parametrize(
    "inside",
    [
        '<title>Click on me</title><rect width="4" fill="url(#shade)"/>',
        '<use xlink:href="#a"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>rect { fill: url(#shade) } @media (prefers-color-scheme: dark) { rect { fill: #fff } }</style>",
    ],
)
def test_a_drawing_passes(inside: str) -> None:
    """Inner references, embedded pictures and styles are part of a drawing."""
    assert faults(_svg(inside)) == []


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('viewBox="0 0 160 90"', (160, 90)),
        ('viewBox="0,0,160.4,90"', (160, 90)),
        ('width="200" height="100" viewBox="0 0 1 1"', (200, 100)),
        ('width="1in" height="48pt"', (96, 64)),
        ('width="100%" height="100%" viewBox="0 0 8 6"', (8, 6)),
        ('width="100%" height="100%"', None),
        ('viewBox="0 0 0 10"', None),
    ],
)
def test_a_drawing_says_its_size(attributes: str, expected: tuple[int, int] | None) -> None:
    """Width and height, else the viewBox, give the size; a drawing without one is a problem."""
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}></svg>'.encode()
    assert size(data) == expected
    assert bool(faults(data)) == (expected is None)
