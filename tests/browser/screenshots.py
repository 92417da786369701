"""Pictures of the main pages for README and docs: `./inv screenshots` builds the default site and takes them.

Phone and desktop, light and dark, cut after two screens, in 128 colours: they are looked at, not measured.
"""

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, executable, served

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
PAGES = {"front": "", "post": "posts/a-job-at-netflix-line-by-line/", "wire": "updates/", "donate": "donate/"}
SIZES = {360: 1400, 1280: 1700}


def main() -> None:
    """Build, serve on loopback, and take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "plugins.commands", "build", "--output", folder]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(Path(folder)) as address, sync_playwright() as running:
            browser = running.chromium.launch(executable_path=executable(running), args=FLAGS)
            take(browser, address)
            browser.close()


def take(browser: Browser, address: str) -> None:
    """Take the pictures and write them, small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            for name, path in PAGES.items():
                page.goto(f"{address}/{path}")
                picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(128)
                picture.save(FOLDER / f"{name}-{width}-{scheme}.png", optimize=True)
            page.close()


if __name__ == "__main__":
    main()
