"""Processor time by process: what a request costs, whatever else the machine does meanwhile."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def of(pid):
    """Seconds a process and those of its children that have ended have worked."""
    return sum(_fields(pid)[11:15]) / _TICK


def of_all(pid):
    """The same with the children that live."""
    children = (int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return of(pid) + sum(_worked(child) for child in children)


def compiling(pid):
    """Seconds a JVM's compiler threads have worked."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            if "CompilerThre" in (task / "comm").read_text():
                total += sum(_fields(f"{pid}/task/{task.name}")[11:13]) / _TICK
        except OSError:  # the JVM ends compiler threads it does not need
            continue
    return total


def _worked(pid):
    try:
        return of(pid)
    except OSError:  # gone meanwhile: its parent has its time
        return 0.0


def _fields(pid):
    # After the command's closing bracket: state is field 0, utime, stime, cutime, cstime are 11 to 14.
    return [int(f) if f.lstrip("-").isdigit() else 0 for f in
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()]
