"""An SVG is published only if it is a drawing and nothing more."""

import pytest

from plugins.core.media.svg import cleaned, faults, size

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


@pytest.mark.parametrize(
    "inside",
    [
        '<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0; url=https://example.org/"/>',
        '<h:link xmlns:h="http://www.w3.org/1999/xhtml" rel="stylesheet" href="https://example.org/a.css"/>',
        '<meta http-equiv="refresh" content="0"/>',
        "<style>@\\69mport 'https://example.org/a.css';</style>",
        "<style>@i\\6d port 'https://example.org/a.css';</style>",
        "<style>rect { fill: u\\72l(https://example.org/a.svg#b) }</style>",
        "<style>rect { background: image-set('https://example.org/a.png' 1x) }</style>",
        "<style>rect { background: -webkit-image-set('//example.org/a.png' 1x) }</style>",
        "<style>rect { background: src('https://example.org/a.png') }</style>",
        "<style>@font-face { font-family: a; src: url(https://example.org/a.woff2) }</style>",
        "<style>@namespace url(https://example.org/);</style>",
        "<style>rect { background: element(#a) }</style>",
        "<style><![CDATA[@import url(//example.org/a.css);]]></style>",
        "<style>@import/**/'https://example.org/a.css';</style>",
        '<rect style="background: url(/*x*/https://example.org/a)"/>',
        '<rect style="background: \\75 rl(https://example.org/a)"/>',
        '<rect filter="url(https://example.org/a.svg#b)"/>',
        '<animate attributeName="fill" values="url(https://example.org/a#b)"/>',
        '<animate attributeName="XLINK:HREF" to="x"/>',
        '<feImage href="https://example.org/a.png"/>',
        '<audio src="https://example.org/a.mp3"/>',
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        '<a href="#a" onfocus="x()"><rect/></a>',
        '<image href="data:text/html,&lt;script>"/>',
        '<use href="data:image/svg+xml,x#a"/>',
        "<unheard-of/>",
    ],
)
def test_whatever_reaches_outside_is_found_behind_escapes_too(inside: str) -> None:
    """What is on no list of what draws is refused: elements, functions, rules, and names written in escapes."""
    assert next(line for line, _ in faults(_svg(inside))) == 2


def test_a_published_drawing_is_what_is_seen_of_it() -> None:
    """Comments, metadata, programs' own notes, names and unseen text are gone; what draws and is read out stays."""
    data = b"""<?xml version="1.0"?>
<!-- Joan's kitchen -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/"
 sodipodi:docname="Joan.svg" id="Joan" viewBox="0 0 40 30" data-name="Joan" xml:base="https://example.org/">
<metadata><dc:creator>Joan</dc:creator><dc:source href="https://example.org/Joan"/></metadata>
<sodipodi:namedview inkscape:document-units="Joan"><inkscape:grid units="Joan"/></sodipodi:namedview>
<style>/* Joan */ .a { fill: url(#shade) } .b { fill: #0a0 }</style>
<title>Where we stand</title>
<g id="Joan_s_layer" inkscape:label="Joan" class="a">Joan<!-- Joan --><rect id="shade" width="4" height="3"/>Joan</g>
<text x="1">The <tspan>gate</tspan> (north)</text><use xlink:href="#shade" style="fill:red/* Joan */"/>
</svg>
<!-- Joan -->"""
    assert faults(data) == []
    made = cleaned(data, lambda picture: ("png", picture)).decode()
    assert "Joan" not in made
    assert "example.org" not in made
    for kept in (
        "Where we stand",
        "url(#shade)",
        '<rect id="shade"',
        'xlink:href="#shade"',
        "<tspan>gate</tspan> (north)",
    ):
        assert kept in made
    assert faults(made.encode()) == []
    assert size(made.encode()) == (40, 30)
    assert cleaned(made.encode(), lambda picture: ("png", picture)).decode() == made


def test_pictures_in_a_drawing_are_drawn_anew() -> None:
    """Whether in an element or a style, in base64 or not, each embedded picture is handed over and replaced."""
    inside = (
        '<image href="data:image/jpeg;base64,Sm9h\nbg=="/><rect style="fill: url(\'data:image/png,J%6Fan\')"/>'
        '<image xlink:href="DATA:image/GIF;charset=x;BASE64,Sm9hbg"/>'
    ).replace('Sm9hbg"', 'Sm9hbg=="')
    seen: list[bytes] = []

    def redraw(picture: bytes) -> tuple[str, bytes]:
        seen.append(picture)
        return "webp", b"new"

    made = cleaned(_svg(inside), redraw).decode()
    assert seen == [b"Joan"] * 3
    assert made.count("data:image/webp;base64,bmV3") == 3
