"""A door between a browser and the site that counts who comes through."""

import socket
import threading


class Gate:
    """Passes bytes both ways on a port of its own; `came` counts connections, and an open one counts each time it speaks."""

    def __init__(self, port):
        self.inner, self.came = port, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            try:
                outside, _ = self.door.accept()
            except OSError:
                return
            inside = socket.create_connection(("127.0.0.1", self.inner))
            self.came += 1
            for one, other in ((outside, inside), (inside, outside)):
                threading.Thread(target=self.carry, args=(one, other, one is outside), daemon=True).start()

    def carry(self, one, other, counts):
        try:
            while said := one.recv(65536):
                self.came += counts
                other.sendall(said)
        except OSError:
            pass
        finally:
            for end in (one, other):
                end.close()

    def close(self):
        self.door.close()
