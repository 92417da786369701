"""Look at cited pages: one request each, through the polite network that is handed in as `get`."""

import asyncio
from collections.abc import Callable, Iterable

from plugins.core.net.http import Get, NetworkError
from plugins.core.net.link_check import Finding, judge


async def look(urls: Iterable[str], get: Get, seen: Callable[[Finding], None] = lambda _: None) -> dict[str, Finding]:
    """Return what was found at each address; `seen` is called with each finding as it comes."""

    async def one(url: str) -> Finding:
        try:
            finding = judge(url, await get(url))
        except NetworkError as error:
            finding = judge(url, error)
        seen(finding)
        return finding

    return {finding.url: finding for finding in await asyncio.gather(*map(one, urls))}
