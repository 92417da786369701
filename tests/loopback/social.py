"""A Mastodon server and a Bluesky server in one, on loopback: they answer as the documented APIs do, and fail as told.

Sources: docs.joinmastodon.org (methods/statuses, methods/accounts, methods/media, api/rate-limits); docs.bsky.app
(com.atproto.server.createSession, com.atproto.repo.createRecord, getRecord, uploadBlob; rate-limits).
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

TOKEN, PASSWORD = "mast-secret-1", "blue-secret-2"
DID = "did:plc:abcdefghijklmnopqrstuvwx"
JWT = ".".join(  # a token without a signature, good until 2122
    [
        "eyJhbGciOiAibm9uZSJ9",
        "eyJleHAiOiA0ODAwMDAwMDAwLCAic3ViIjogImRpZDpwbGM6YWJjZGVmZ2hpamtsbW5vcH"
        "Fyc3R1dnd4IiwgImF1ZCI6ICJkaWQ6d2ViOmIuZXhhbXBsZSIsICJpYXQiOiAxfQ",
        "c2ln",
    ]
)
CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
Fault = Callable[["Handler"], bool]
"""Called before an answer to a post is sent; True if the connection was dealt with, and nothing is to be added."""


class Servers:
    """What they were told. `faults` are used up one by one, by requests whose path ends in the key."""

    def __init__(self) -> None:
        self.statuses: list[dict[str, Any]] = []
        self.by_key: dict[str, dict[str, Any]] = {}
        self.media: list[dict[str, str]] = []
        self.records: dict[str, dict[str, Any]] = {}
        self.blobs: list[bytes] = []
        self.faults: list[tuple[str, Fault]] = []
        self.forgets_keys = False
        self.is_silent = False
        self.asked: list[str] = []

    def fault(self, path: str) -> Fault | None:
        """Return the next fault of a path, once."""
        for number, (end, fault) in enumerate(self.faults):
            if path.endswith(end):
                del self.faults[number]
                return fault
        return None


class Handler(BaseHTTPRequestHandler):
    """One request."""

    servers: Servers

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._deal(b"")

    def do_POST(self) -> None:
        self._deal(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def give(self, status: int, value: object, **headers: str) -> None:
        """Answer with JSON."""
        self.give_bytes(status, json.dumps(value).encode(), **headers)

    def give_bytes(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(body)

    def _deal(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        self.servers.asked.append(f"{self.command} {path}")
        fault = self.servers.fault(path)
        if fault and fault(self):
            return
        status, value = self._mastodon(path, body) if path.startswith("/api/") else self._bluesky(path, body)
        if fault:  # it took the post, and something goes wrong on the way back
            after(self)
            return
        self.give(status, value)

    def _mastodon(  # noqa: PLR0911 - an answer for each address
        self, path: str, body: bytes
    ) -> tuple[int, object]:
        servers = self.servers
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"error": f"The access token {self.headers.get('Authorization')} is invalid"}
        if path == "/api/v1/accounts/verify_credentials":
            return 200, {"id": "7", "username": "strike", "acct": "strike"}
        if path == "/api/v1/accounts/7/statuses":
            return 200, servers.statuses[::-1]
        if path in ("/api/v1/media", "/api/v2/media"):
            parts = BytesParser(policy=HTTP).parsebytes(
                b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body
            )
            said = {part.get_param("name", header="content-disposition"): part for part in parts.iter_parts()}
            servers.media.append({"description": cast(bytes, said["description"].get_payload(decode=True)).decode()})
            return 200, {"id": str(len(servers.media)), "type": "image", "url": "https://m.example/1.png"}
        if path == "/api/v1/statuses" and self.command == "POST":
            key = self.headers.get("Idempotency-Key", "")
            if key in servers.by_key and not servers.forgets_keys:
                return 200, servers.by_key[key]
            given = parse_qs(body.decode())
            text = given["status"][0]
            linked = re.sub(r"(https?://\S+)", r'<a href="\1" rel="nofollow">\1</a>', text.replace("&", "&amp;"))
            status = {
                "id": str(100 + len(servers.statuses)),
                "content": f"<p>{linked}</p>",
                "created_at": "2026-03-01T12:00:00.000Z",
                "in_reply_to_id": given.get("in_reply_to_id", [None])[0],
                "text": text,
                "media": given.get("media_ids[]", []),
                "language": given.get("language", [""])[0],
            }
            servers.statuses.append(status)
            servers.by_key[key] = status
            return 200, status
        return 404, {"error": "Record not found"}

    def _bluesky(  # noqa: PLR0911 - an answer for each method
        self, path: str, body: bytes
    ) -> tuple[int, object]:
        servers, name = self.servers, path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            if json.loads(body)["password"] != PASSWORD:
                return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            return 200, {"did": DID, "handle": "strike.example", "accessJwt": JWT, "refreshJwt": JWT, "active": True}
        if self.headers.get("Authorization") != f"Bearer {JWT}":
            return 401, {"error": "AuthMissing", "message": "Authentication Required"}
        if name == "com.atproto.server.getSession":
            return 200, {"did": DID, "handle": "strike.example", "active": True}
        if name == "com.atproto.repo.getRecord":
            rkey = parse_qs(urlsplit(self.path).query)["rkey"][0]
            if rkey not in servers.records:
                return 400, {"error": "RecordNotFound", "message": f"Could not locate record: {rkey}"}
            return 200, self._record(rkey) | {"value": servers.records[rkey]}
        if name == "com.atproto.repo.uploadBlob":
            servers.blobs.append(body)
            ref = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/png", "size": len(body)}
            return 200, {"blob": ref}
        if name == "com.atproto.repo.createRecord":
            given = json.loads(body)
            if given["rkey"] in servers.records:
                return 400, {"error": "InvalidRequest", "message": "Record already exists"}
            servers.records[given["rkey"]] = given["record"]
            return 200, self._record(given["rkey"])
        return 501, {"error": "MethodNotImplemented", "message": name}

    def _record(self, rkey: str) -> dict[str, str]:
        return {"uri": f"at://{DID}/app.bsky.feed.post/{rkey}", "cid": CID}


def after(handler: Handler) -> None:
    """Break the connection with the answer half sent; or never answer, and wait until whoever asked has gone."""
    if handler.servers.is_silent:
        handler.servers.is_silent = False
        handler.rfile.read(1)
        return
    handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"id": "1')
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(2)


def half_taken(_: Handler) -> bool:
    """Take the post, and break off in the answer."""
    return False


def never_answered(handler: Handler) -> bool:
    """Take the post, and say nothing."""
    handler.servers.is_silent = True
    return False


def unparsable(handler: Handler) -> bool:
    """Answer with a page of a proxy, and take nothing."""
    handler.give_bytes(200, b"<html>")
    return True


def failing(status: int, **headers: str) -> Fault:
    """Answer with an error, and take nothing."""

    def fault(handler: Handler) -> bool:
        handler.give(status, {"error": "RateLimitExceeded" if status == 429 else "InternalServerError"}, **headers)
        return True

    return fault


@contextmanager
def social() -> Iterator[tuple[Servers, str]]:
    """Run the servers, and give what they know and their address."""
    servers = Servers()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"servers": servers}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield servers, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
