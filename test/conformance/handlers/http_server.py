# Handlers on Python's own http.server, good and bad: one connection at a time, HTTP/1.0, a queue of five connections.
# Arguments: port, variant (good, no-catch, unread-body)
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

port, variant = int(sys.argv[1]), sys.argv[2]
secret = os.environ["MISSKEY_HOOKS_SECRET"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1" if variant == "unread-body" else "HTTP/1.0"

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_POST(self):
        if self.headers.get("x-misskey-hook-secret") != secret:
            return self.answer(403)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if variant == "no-catch":
            json.loads(body)["type"]
            return self.answer(204)
        try:
            payload = json.loads(body)
        except ValueError:
            return self.answer(400)
        self.answer(204 if isinstance(payload, dict) and "type" in payload else 400)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer if variant == "threads" else HTTPServer
server(("127.0.0.1", port), Handler).serve_forever()
