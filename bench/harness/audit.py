"""bench/audit: what sequencing costs the requests, and how checking grows with the log."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

from . import cards, processes, service, writtenlog
from .keyserver import KeyServer
from .load import Wrk
from .measure import OPERATIONS
from .postgres import Postgres
from .tools import ROOT, Stop, note


def numbers(text):
    return [int(float(part)) for part in text.split(",")]


def options():
    parser = argparse.ArgumentParser(prog="bench/audit", description=__doc__)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--leaves", type=numbers, default=[10_000, 100_000, 1_000_000], help="as 1e4,1e6; 1e7 needs 8 GB of disk")
    parser.add_argument("--only", choices=("cost", "check"))
    parser.add_argument("--quick", action="store_true", help="one short round: does it work at all?")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.seconds, chosen.leaves = 1, 4, [10_000]
    return chosen


class Turns:
    """Takes the turn from the service's sequencer as another node would, and gives it back."""

    def __init__(self, database, name):
        self.database, self.name = database, name

    def _ask(self, sql):
        return self.database.sql(self.name, sql)

    def off(self):
        self._ask("UPDATE audit_state SET epoch = epoch + 1, held_until = now() + interval '1 hour'")

    def on(self):
        """Returns once nothing waits any more."""
        self._ask("UPDATE audit_state SET held_until = 'epoch'")
        while self.waiting():
            time.sleep(0.2)

    def waiting(self):
        """Events without a leaf, counted up to a few."""
        return int(self._ask("""SELECT count(*) FROM (SELECT FROM audit_event e, audit_state s WHERE e.tx >= s.next_tx
            AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = e.tenant_id AND l.event_id = e.id) LIMIT 1000000) w"""))


def cost(chosen):
    """Requests a second with sequencing and without, by turns on one running service."""
    home = processes.folder()
    database = Postgres(home)
    running = service.Service(home, "audited", database, KeyServer(home))
    database.create(running.name)
    running.bootstrap()
    running.start("-Dcardvault.audit-log.most-lag=1h")
    cards.load(running, chosen.rows)
    cards.number_tokens(database, running.name)
    wrk, turns, found = Wrk(), Turns(database, running.name), {}
    for operation in OPERATIONS:
        wrk.warm_up(running, operation, chosen.rows, 10 if chosen.quick else 40)
    for number in range(1, chosen.rounds + 1):
        for operation in OPERATIONS:
            # Who goes first changes, so that what drifts hits both.
            for sequencing in (True, False) if number % 2 else (False, True):
                turns.on() if sequencing else turns.off()
                run = wrk.run(running, operation, chosen.clients, chosen.seconds, chosen.rows)
                waiting = turns.waiting()
                found.setdefault((operation, sequencing), []).append(run.per_second)
                note(f"round {number}  {operation:<10} sequencing {'on ' if sequencing else 'off'} {run.per_second:>8.0f}/s"
                     f"  p99 {run.p99:.2f} ms  {waiting} events without a place at the end")
    turns.on()
    running.stop()
    lines = []
    for operation in OPERATIONS:
        on, off = found[operation, True], found[operation, False]
        ratio = statistics.median(a / b for a, b in zip(on, off))
        lines.append({"operation": operation, "clients": chosen.clients, "with": round(statistics.median(on)),
                      "without": round(statistics.median(off)), "cost_percent": round(100 * (1 - ratio), 1)})
    return lines


def check(chosen):
    """Seconds and memory of audit-verify over logs of these lengths."""
    home = processes.folder()
    signer = writtenlog.Signer(home)
    lines = []
    for size in chosen.leaves:
        folder = home / "log"
        note(f"writing a log of {size} leaves")
        writtenlog.write(folder, signer, size)
        command = [service.java(), "-Xmx256m", "-jar", str(service.APPLICATION / "quarkus-run.jar"), "audit-verify", str(folder),
                   "--key", signer.key()]
        began = time.monotonic()
        verifier = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        told = verifier.stdout.read()
        _, status, used = os.wait4(verifier.pid, 0)
        seconds = time.monotonic() - began
        if status:
            raise Stop(f"audit-verify found fault with an honest log of {size}: {told}")
        lines.append({"leaves": size, "seconds": round(seconds, 2), "leaves_per_second": round(size / seconds),
                      "resident_mb": round(used.ru_maxrss / 1024)})
        note(str(lines[-1]))
        shutil.rmtree(folder)
    return lines


def main():
    chosen = options()
    try:
        service.build()
        found = {"cores": os.cpu_count()}
        if chosen.only != "check":
            found["cost"] = cost(chosen)
        if chosen.only != "cost":
            found["check"] = check(chosen)
        results = ROOT / "bench" / "results"
        results.mkdir(exist_ok=True)
        (results / f"audit-{time.strftime('%Y%m%d-%H%M%S')}.json").write_text(json.dumps(found, indent=1))
        print(json.dumps(found, indent=1))
    except Stop as stopped:
        note(str(stopped))
        sys.exit(1)


if __name__ == "__main__":
    main()
