"""The pictures of a whole site: only what may be published is, in fitting sizes, and nothing is made twice."""

import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.sites.small_site import SmallSite

_SECRET = b"Joan's kitchen"


def _photo(width: int, height: int, turned: int = 1) -> bytes:
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = _SECRET.decode()
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """Return a site with two posts and a listing that show pictures."""
    site = SmallSite(tmp_path)
    site.write("images/line.jpg", _photo(1000, 700))
    site.write("images/turned.jpg", _photo(700, 500, turned=6))
    site.write("images/unseen.jpg", _photo(30, 30))
    site.write("images/map.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="9"/></svg>')
    site.post("one", "![A line]({static}/images/line.jpg)\n\n![A map]({static}/images/map.svg)\n")
    site.post("two", "![A line]({static}../images/line.jpg)\n", "image: {src: images/turned.jpg, alt: A turn}\n")
    ad = "---\nemployer: A studio\nrole: A job\nseen: 2026-01-02\n---\n![The ad]({static}/images/line.jpg)\n"
    site.write("listings/job.md", ad)
    return site


def test_no_picture_tells_where_it_was_taken(site: SmallSite) -> None:
    """No published file has a camera's notes; a picture nobody shows is not published."""
    site.build()
    files = site.files()
    assert {"images/line.jpg", "images/line.jpg.480.webp", "images/turned.jpg", "images/map.svg"} <= files.keys()
    assert "images/unseen.jpg" not in files
    assert not [path for path, data in files.items() if _SECRET in data]
    assert Image.open(BytesIO(files["images/turned.jpg"])).size == (500, 700)


def test_no_moving_picture_and_no_drawing_tells_who_made_it(site: SmallSite) -> None:
    """What is shown as it moves, and what is drawn in lines, is published without its maker's notes too."""
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green")]
    moving = BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:], comment=_SECRET)
    site.write("images/moving.gif", moving.getvalue() + _SECRET)
    photo = b64encode(_photo(30, 30)).decode()
    site.write(
        "images/map.svg",
        f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><!-- {_SECRET.decode()} -->
        <metadata>{_SECRET.decode()}</metadata><image href="data:image/jpeg;base64,{photo}"/></svg>""",
    )
    site.post("three", "![It moves]({static}/images/moving.gif)\n")
    site.build()
    files = site.files()
    assert {"images/moving.gif", "images/map.svg"} <= files.keys()
    assert not [path for path, data in files.items() if _SECRET in data]
    assert photo.encode() not in files["images/map.svg"]
    assert Image.open(BytesIO(files["images/moving.gif"])).n_frames == 2  # type: ignore[attr-defined]


def test_pages_offer_sizes_that_exist(site: SmallSite) -> None:
    """Every picture has its size, waits its turn, and names only versions that are published, below the base."""
    site.build()
    files = site.files()
    one = site.page("posts/one/index.html")
    assert 'width="1000" height="700"' in one
    assert one.count('loading="lazy"') == 1
    for path in ("posts/one/index.html", "posts/two/index.html", "listings/job/index.html"):
        page = site.page(path)
        named = [part.split()[0] for value in re.findall(r'srcset="([^"]+)"', page) for part in value.split(", ")]
        named += re.findall(r'<img[^>]* src="([^"]+)"', page)
        assert named
        assert {name.removeprefix("/repo/") for name in named} <= files.keys()
        assert all(name.startswith("/repo/") for name in named)


def test_feeds_have_whole_addresses(site: SmallSite) -> None:
    """A feed's picture is the plain one, by its absolute address."""
    site.build()
    feed = site.page("feeds/posts.atom.xml")
    assert "https://example.org/repo/images/line.jpg" in feed
    assert "srcset" not in feed


def test_nothing_is_made_twice_and_two_builds_are_equal(site: SmallSite) -> None:
    """A second build takes every version from the cache; one without the cache gives the same bytes."""
    site.build()
    first = site.files()
    cache = site.folder / ".cache" / "images"
    made = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    site.build()
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == made
    for path in cache.iterdir():
        path.unlink()
    site.build()
    assert site.files() == first


def test_a_path_from_the_texts_folder_shows_the_same_picture(site: SmallSite) -> None:
    """What an editor's preview shows is published: in texts, on top of a post, as a poster, in a listing; all clean."""
    site.write("images/the ad.jpg", _photo(600, 400))
    site.write("documents/ad.pdf", b"%PDF-1.4 a report")
    body = (
        "![A turn](../images/turned.jpg)\n\n[![A line](../images/line.jpg)](../images/line.jpg)\n\n"
        "[The ad](../documents/ad.pdf), [the other post](one.md#top), [the ad's picture][ad]\n\n"
        "<img src='../images/map.svg' alt='A map'>\n\n[ad]: <../images/the%20ad.jpg>\n\n"
        "/// video | At the gate\n    url: https://video.example.org/1\n    poster: ../images/turned.jpg\n///\n"
    )
    site.post("three", body, "image: {src: ../images/line.jpg, alt: A line}\n")
    ad = "---\nemployer: A studio\nrole: A job\nseen: 2026-01-02\n---\n![The ad](../images/the%20ad.jpg)\n"
    site.write("listings/job.md", ad)
    site.build()
    files, page = site.files(), site.page("posts/three/index.html")
    assert not [path for path, data in files.items() if _SECRET in data]
    assert {"images/the ad.jpg", "documents/ad.pdf", "images/line.jpg.480.webp"} <= files.keys()
    assert "images/unseen.jpg" not in files
    named = set(re.findall(r'(?:src|href)="/repo/([^"]+)"', page))
    assert {"images/turned.jpg", "images/line.jpg", "documents/ad.pdf", "posts/one/#top", "images/map.svg"} <= named
    assert 'width="500" height="700"' in page
    assert 'src="/repo/images/the ad.jpg"' in site.page("listings/job/index.html")
    assert "../" not in page
    assert "https://example.org/repo/images/turned.jpg" in site.page("feeds/posts.atom.xml")


def test_no_path_leads_out_of_the_content_folder(site: SmallSite) -> None:
    """What lies beside the content folder is not published, however it is named; check and build refuse it alike."""
    (site.folder / "secret.jpg").write_bytes(_photo(30, 30))
    ways = ("../../secret.jpg", "..%2F../secret.jpg", "{static}/../secret.jpg", "../images/../../secret.jpg")
    site.post("out", "".join(f"![A way out]({way})\n\n" for way in ways), "image: {src: ../../secret.jpg, alt: Out}\n")
    said = site.build(check=True, code=1)
    for number, way in enumerate(ways):
        assert re.search(rf"posts/out.md:{7 + 2 * number}: .*{re.escape(way)}", said), said
    assert "posts/out.md:5: there is no picture ../../secret.jpg" in said
    assert site.build(code=1) == said
    assert not site.output.exists()


def test_attached_pictures_move_and_stay_clean(site: SmallSite) -> None:
    """A picture attached to a post lies beside it, as clean as any other."""
    site.write("posts/near.jpg", _photo(600, 400))
    site.post("three", "![Near]({attach}near.jpg)\n")
    site.build()
    data = site.files()["posts/three/near.jpg"]
    assert _SECRET not in data
    page = site.page("posts/three/index.html")
    assert 'src="/repo/posts/three/near.jpg"' in page
    assert 'width="600" height="400"' in page


def test_check_tells_all_that_is_wrong_with_pictures(site: SmallSite) -> None:
    """Missing words, remote pictures, scripts and broken files stop check and build alike, each with its place."""
    site.post("bad", "Text.\n\n![]({static}/images/line.jpg)\n\n![Far](https://example.org/a.jpg)\n")
    site.post("worse", "![Map]({static}/images/bad.svg)\n![Torn]({static}/images/torn.jpg)\n")
    site.write("images/bad.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">\n<script/></svg>')
    site.write("images/torn.jpg", b"no picture")
    said = site.build(check=True, code=1)
    for place in ("posts/bad.md:8: picture without words", "posts/bad.md:10: a picture from another site"):
        assert place in said
    assert "images/bad.svg:2: an element that can run or load (<script>)" in said
    assert "images/torn.jpg: not a picture in JPEG" in said
    assert site.build(code=1) == said
    assert not site.output.exists()


def test_a_drafts_pictures_are_checked_and_not_published(site: SmallSite) -> None:
    """What is wrong with a draft's pictures is told before it is published; words for one can wait until then."""
    site.write("images/draft.jpg", _photo(20, 20))
    site.post("draft", "![A draft]({static}/images/nowhere.jpg)\n", "status: draft\n")
    assert "posts/draft.md:7: {static}/images/nowhere.jpg leads to no published file" in site.build(code=1)
    site.post("draft", "![]({static}/images/draft.jpg)\n", "status: draft\n")
    site.build()
    assert "images/draft.jpg" not in site.files()


def test_a_picture_torn_in_the_middle_stops_the_build(site: SmallSite) -> None:
    """What only shows when a picture is drawn stops the build with its name; the old output stays."""
    site.build()
    before = site.files()
    whole = _photo(900, 700)
    site.write("images/line.jpg", whole[: len(whole) // 2])
    said = site.build(code=1)
    assert "images/line.jpg: a picture that cannot be read to its end" in said
    assert site.files() == before
