"""The programs a run needs, and what to do where one is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = {"wrk": "wrk", "pgbench": "postgresql", "psql": "postgresql-client", "gnuplot": "gnuplot-nox",
            "curl": "curl"}


class Stop(Exception):
    """The run cannot go on; its text says why and what to do."""


def note(text):
    """Tells whoever watches what is going on; results alone go to standard output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def program(name):
    """The path of a program, installed by apt-get where that is possible."""
    if shutil.which(name) is None and shutil.which("apt-get") and os.geteuid() == 0:
        note(f"{name} is missing; trying apt-get install {PACKAGES[name]}")
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", PACKAGES[name]],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    path = shutil.which(name) or debian_postgres(name)
    if path is None:
        raise Stop(f"{name} is missing; install it (Debian: apt-get install {PACKAGES[name]})")
    return path


def debian_postgres(name):
    """Where Debian keeps the programs of Postgres that it does not put on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else None


def output(command, **options):
    """What a command prints; stops the run where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise Stop(f"{Path(command[0]).name} failed with {done.returncode}:\n{(done.stderr or done.stdout)[-3000:]}")
    return done.stdout
