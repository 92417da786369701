"""Pictures of the main pages for README and docs: `./inv screenshots` collects and builds the example and takes them.

Phone and desktop, light and dark, cut after two screens, in 128 colours: they are looked at, not measured.
"""

import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, executable, served
from tests.project.example import collect_and_build

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "front": "",
    "post": "posts/a-job-at-netflix-line-by-line/",
    "wire": "updates/",
    "day": "updates/2023/07/13/",
    "topic": "updates/topics/contract/",
    "donate": "donate/",
}
SIZES = {360: 1400, 1280: 1700}


def main() -> None:
    """Build, serve on loopback, and take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        output = collect_and_build(Path(folder))
        with served(output) as address, sync_playwright() as running:
            browser = running.chromium.launch(executable_path=executable(running), args=FLAGS)
            take(browser, address, {**PAGES, "story": largest_story(output)})
            browser.close()


def largest_story(output: Path) -> str:
    """Return the address of the story that most reports tell."""
    pages = output.glob("updates/stories/*/index.html")
    largest = max(pages, key=lambda page: (page.read_text("utf-8").count('class="entry h-cite'), page))
    return f"{largest.parent.relative_to(output).as_posix()}/"


def take(browser: Browser, address: str, pages: Mapping[str, str]) -> None:
    """Take the pictures and write them, small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            for name, path in pages.items():
                page.goto(f"{address}/{path}")
                picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(128)
                picture.save(FOLDER / f"{name}-{width}-{scheme}.png", optimize=True)
            page.close()


if __name__ == "__main__":
    main()
