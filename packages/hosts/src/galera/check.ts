import { text } from '../template.js';
import type { Text } from '../text.js';
import { checkUser } from './paths.js';

/** Answers HAProxy, on app hosts and balancers, whether this server may be written to. */
export function check(address: string, port: number): Text {
  return text`
#!/usr/bin/python3
"""Answers 200 while transactions may come to the MariaDB server of this host, else 503: curl -i http://${address}:${port}/

Without a Primary component, or while it is not synced, a server refuses everything; then it is better to go elsewhere.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from server import Sampler


class Handler(BaseHTTPRequestHandler):
    timeout = 3

    def do_GET(self):
        state = self.server.sampler.state()
        said = "no answer" if state is None else " ".join(f"{name}={value}" for name, value in sorted(state.items()))
        body = f"{said}\n".encode()
        self.send_response(200 if self.server.sampler.is_ready() else 503)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_OPTIONS = do_GET

    def log_message(self, *_):
        """A check every half second is not worth a line."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    server = Server(("${address}", ${port}), Handler)
    server.sampler = Sampler("${checkUser}")
    server.serve_forever()
`;
}
