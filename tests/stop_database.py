"""Stop test databases that a killed run left over: `make clean`."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

for folder in Path(tempfile.gettempdir()).glob("daybook-pg-*"):
    pid_file = folder / "data" / "postmaster.pid"
    if pid_file.is_file():
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
    shutil.rmtree(folder, ignore_errors=True)
