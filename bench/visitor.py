"""Somebody who looks at the measured pages."""

import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass
class Visitor:
    """One kept-alive connection with a session."""

    address: str
    session: str = ""
    token: str = "t" * 32
    times: dict[str, list[float]] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, path: str, data: dict | None = None) -> tuple[int, bytes]:
        """Send a request and time it by its path's name."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        body = None
        if data is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
            body = urlencode(data, doseq=True)
        start = time.perf_counter()
        self.connection.request("POST" if data is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.last = (time.perf_counter() - start) * 1000
        if answer.will_close:
            self.connection = None
        return answer.status, content

    def timed(self, name: str, path: str, data: dict | None = None) -> bytes:
        """One measured request; anything but success ends the run."""
        status, content = self.ask(path, data)
        if status not in (200, 302):
            raise RuntimeError(f"{name}: status {status}")
        self.times.setdefault(name, []).append(self.last)
        return content
