"""What this run starts, it ends: each by its own process id, the last one started first."""

import atexit
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .tools import Stop

_started = []
_folders = []


def start(command, log, stop_signal=signal.SIGTERM, **options):
    """Starts a command whose output goes to the file ``log``; ended when this run ends."""
    with open(log, "ab") as sink:
        process = subprocess.Popen(command, stdout=options.pop("stdout", sink), stderr=sink, **options)
    _started.append((process, stop_signal))
    return process


def end(process):
    """Ends one process, hard where asking does not help."""
    stop_signal = next((s for p, s in _started if p is process), signal.SIGTERM)
    if process.poll() is None:
        process.send_signal(stop_signal)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    _started[:] = [(p, s) for p, s in _started if p is not process]


def folder():
    """A folder that is gone after the run."""
    made = Path(tempfile.mkdtemp(prefix="cardvault-bench-"))
    made.chmod(0o755)
    _folders.append(made)
    return made


def free_port():
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, process, log, seconds=90, pause=0.1):
    """Waits until ``condition`` holds while ``process`` lives."""
    end_at = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > end_at:
            tail = Path(log).read_text(errors="replace")[-4000:]
            raise Stop(f"{Path(str(process.args[0])).name} did not come up:\n{tail}")
        time.sleep(pause)


@atexit.register
def _end_all():
    for process, _ in reversed(list(_started)):
        end(process)
    for made in _folders:
        shutil.rmtree(made, ignore_errors=True)


def _interrupted(number, frame):
    sys.exit(128 + number)


for _number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(_number, _interrupted)
