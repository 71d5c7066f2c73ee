"""A server of the made-up operations, right or wrong in one way. Knows the document by its schemas, and no suite."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

import jsonschema_rs

from tests.made_up.contract import THINGS, TRANSLATIONS, UPLOADS, alone

MODEL: Final = "right-model"
_METHODS: Final = {
    THINGS: ("GET", "POST"),
    f"{THINGS}/": ("GET", "DELETE"),
    TRANSLATIONS: ("POST",),
    UPLOADS: ("POST",),
}


class _Refused(Exception):
    def __init__(self, status: int, message: str, code: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.headers = status, message, code, headers


class Things(ThreadingHTTPServer):
    """The things that are kept, and the one way in which the server is wrong ("" for none)."""

    daemon_threads = True
    # Connections that a test opens faster than they are answered wait here.
    request_queue_size = 64

    def __init__(self, wrong: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.wrong = wrong
        self.kept: dict[str, dict[str, Any]] = {}
        self.made = 0
        self.down = False
        self.numbers = itertools.count(1)
        schemas = alone()["components"]["schemas"]
        self.validators = {
            name: jsonschema_rs.Draft202012Validator(
                {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
            )
            for name in ("ThingRequest", "TranslationRequest", "UploadRequest")
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body go out together: apart, each answer would wait for the client's acknowledgement.
    wbufsize = -1
    server: Things  # pyright: ignore[reportIncompatibleVariableOverride] - the base class types it for every server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        """Says nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            self._answer_to(body)
        except _Refused as error:
            envelope = {"message": error.message, "type": "invalid_request_error", "param": None, "code": error.code}
            document: Any = {"error": envelope}
            if self.server.wrong == "no envelope":
                document = {"detail": error.message}
            self._send(error.status, document, **error.headers)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - names of the base class

    def do_OPTIONS(self) -> None:
        self._send(204, None)

    def _answer_to(self, body: bytes) -> None:
        path = self.path.partition("?")[0]
        place = f"{THINGS}/" if path.startswith(f"{THINGS}/") else path
        if place not in _METHODS:
            raise _Refused(404, "Not here.", "not_found")
        if self.command not in _METHODS[place]:
            raise _Refused(405, "Not a method.", "method_not_allowed", allow=", ".join(_METHODS[place]))
        if place == THINGS and self.command == "GET":
            self._send(200, {"object": "list", "data": list(self.server.kept.values())})
        elif place == THINGS:
            self._create(self._document(body, "ThingRequest"))
        elif place == TRANSLATIONS:
            self._translate(self._document(body, "TranslationRequest"))
        elif place == UPLOADS:
            self._validate("UploadRequest", self._form(body))
            self._send(200, {"id": "upload", "object": "thing", "name": "upload"})
        else:
            self._one(path.removeprefix(f"{THINGS}/"))

    def _create(self, document: dict[str, Any]) -> None:
        thing = {"id": f"thing-{next(self.server.numbers)}", "object": "thing", "name": document["name"]}
        self.server.kept[thing["id"]] = thing
        self.server.made += 1
        self._send(201, thing)

    def _one(self, id_: str) -> None:
        if id_ not in self.server.kept:
            raise _Refused(404, "No such thing.", "not_found")
        thing = self.server.kept.pop(id_) if self.command == "DELETE" else self.server.kept[id_]
        self._send(200, thing)

    def _translate(self, document: dict[str, Any]) -> None:
        wrong = self.server.wrong
        if self.server.down:
            raise _Refused(503, "Down.", "service_unavailable", **{"retry-after": "1"})
        if document["model"] != MODEL:
            raise _Refused(404, "No such model.", "model_not_found")
        if document.get("stream"):
            pieces = [{"piece": "bon"}, {"part" if wrong == "wrong chunks" else "piece": "jour"}]
            events = "".join(f"data: {json.dumps(each)}\n\n" for each in pieces)
            self._send(200, events.encode(), "text/event-stream")
            return
        if wrong == "refuses what is right":
            raise _Refused(400, "Not today.", "invalid_value")
        answer: Any = {"text": document["text"], "model": document["model"]}
        if wrong == "breaks the schema":
            answer = {"text": 5, "model": document["model"]}
        if wrong == "an error with 200":
            answer = {"error": {"message": "No.", "type": "invalid_request_error", "param": None, "code": None}}
        if wrong == "another label":
            self._send(200, b"bonjour", "text/plain")
        elif wrong == "JSON called text":
            self._send(200, answer, "text/plain")
        else:
            self._send(202 if wrong == "an undeclared status" else 200, answer)

    def _document(self, body: bytes, schema: str) -> dict[str, Any]:
        if not (self.headers.get("content-type") or "").startswith("application/json"):
            raise _Refused(415, "JSON is wanted.", "unsupported_media_type")
        try:
            document = json.loads(body)
        except ValueError:
            raise _Refused(400, "Not JSON.", "invalid_json") from None
        self._validate(schema, document)
        found: dict[str, Any] = document
        return found

    def _validate(self, schema: str, document: Any) -> None:
        if self.server.validators[schema].is_valid(document):
            return
        wrong = self.server.wrong
        if wrong == "takes what is broken" and schema == "TranslationRequest":
            self._send(200, {"text": "", "model": MODEL})
            raise ConnectionAbortedError
        if wrong == "falls over" and schema == "TranslationRequest":
            error = {"message": "Oh.", "type": "server_error", "param": None, "code": None}
            self._send(500, {"error": error})
            raise ConnectionAbortedError
        if wrong == "takes broken forms" and schema == "UploadRequest":
            return
        if wrong == "does not survive" and schema == "TranslationRequest":
            self.server.down = True
        streams = isinstance(document, dict) and document.get("stream") is True
        raise _Refused(400 if wrong == "refuses streams otherwise" and streams else 422, "Broken.", "validation_error")

    def _form(self, body: bytes) -> Any:
        kind = self.headers.get("content-type") or ""
        if not kind.startswith("multipart/form-data"):
            raise _Refused(415, "A form is wanted.", "unsupported_media_type")
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        message = BytesParser(EmailMessage, policy=policy.HTTP).parsebytes(head + body)
        found: dict[str, Any] = {}
        for part in message.iter_parts() if message.is_multipart() else ():
            data = part.get_payload(decode=True)
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
            name = str(part.get_param("name", header="content-disposition"))
            found[name] = int(text) if name == "days" and re.fullmatch(r"[+-]?[0-9]+", text) else text
        return found

    def _send(self, status: int, document: Any, kind: str = "application/json", **headers: str) -> None:
        data = b"" if document is None else document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response_only(status)
        if status != 204:
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
        if self.server.wrong != "no request id" or not self.path.startswith(TRANSLATIONS):
            self.send_header("x-request-id", f"req-{next(self.server.numbers)}")
        self.send_header("x-process-time", "0.001")
        if self.server.wrong != "no other origins" or not self.path.startswith(TRANSLATIONS):
            self.send_header("access-control-allow-origin", "*")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def handle_one_request(self) -> None:
        """As the base class does; an answer that was sent elsewhere ends the request."""
        try:
            super().handle_one_request()
        except ConnectionAbortedError:
            return


@contextmanager
def serving(wrong: str = "") -> Iterator[tuple[str, Things]]:
    """A server on a free port of loopback: its address, and itself."""
    server = Things(wrong)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
