"""The rounds: each measures every case once, the three sides right after each other."""

import statistics
import time
from dataclasses import dataclass

from . import cards, cpu
from .load import Run
from .tools import ROOT, Stop, note

OPERATIONS = ("detokenize", "tokenize")
SIDES = ("service", "f4", "f1")
OVERLOAD = 2000


@dataclass(frozen=True)
class Cell:
    """One run, and the microseconds of processor time one of its requests took of each process."""

    round: int
    rows: int
    operation: str
    clients: int
    side: str
    run: Run
    service_us: float
    postgres_us: float
    generator_us: float


class Bench:
    """One run: databases loaded once, then round after round."""

    def __init__(self, database, services, wrk, pgbench, options):
        self.database, self.services, self.wrk, self.pgbench, self.options = database, services, wrk, pgbench, options
        self.cells = []

    def prepare(self):
        """Starts, loads and warms up one service a size; how many cards a second bulk calls took in."""
        loaded = {}
        for rows, service in self.services.items():
            self.database.create(service.name)
            service.bootstrap()
            service.start()
            loaded[rows] = round(cards.load(service, rows))
            note(f"{rows} cards loaded, {loaded[rows]} a second")
            self.pgbench.learn(service.name)
            cards.number_tokens(self.database, service.name)
            cards.check(service, rows // 2)
        for rows, service in self.services.items():
            for operation in OPERATIONS:
                self.wrk.warm_up(service, operation, rows, self.options.warm_up)
            cards.forget_new(self.database, service.name)
        return loaded

    def round(self, number):
        """Measures every case once."""
        # The sizes right after each other too: what a larger database costs is a ratio like the others.
        for operation in OPERATIONS:
            for clients in self.options.clients:
                for side in SIDES:
                    for rows, service in self.services.items():
                        self._measure(number, rows, service, operation, clients, side)
                        self._tidy_small(rows, operation)
            if self.options.overload:
                self._measure(number, max(self.services), self.services[max(self.services)], operation, OVERLOAD, "service")
        for service in self.services.values():
            cards.forget_new(self.database, service.name)

    # The events are counted so that no figure is one of a service that forgot to write them.
    def _measure(self, number, rows, service, operation, clients, side):
        seconds = self.options.seconds
        before = self._events(service.name, operation)
        used = self._used(service)
        if side == "service":
            run = self.wrk.run(service, operation, clients, seconds, rows, overload=clients == OVERLOAD)
        else:
            run = self.pgbench.run(service.name, f"{operation}-{side}", clients, seconds, rows)
        used = [after - before for before, after in zip(used, self._used(service))] + [run.generator_cpu]
        costs = [round(1e6 * seconds / run.answers, 1) for seconds in used]
        events = self._events(service.name, operation) - before
        if events < run.answers:
            raise Stop(f"{operation} by {side}: {events} events for {run.answers} answers")
        self.cells.append(Cell(number, rows, operation, clients, side, run, *costs))
        note(f"round {number}  {rows:>9} rows  {operation:<10} {clients:>4} clients  {side:<7} "
             f"{run.per_second:>8.0f}/s  p50 {run.p50:.2f} ms  p99 {run.p99:.2f} ms  processor {' + '.join(f'{c:.0f}' for c in costs)} µs"
             + (f"  {run.statuses}" if run.statuses else ""))

    def _used(self, service):
        return cpu.of(service.process.pid), cpu.of_all(self.database.process.pid)

    def _events(self, name, operation):
        return int(self.database.sql(name, f"SELECT count(*) FROM audit_event WHERE action = '{operation.upper()}'"))

    def _tidy_small(self, rows, operation):
        # Runs add more rows than a small database began with; it is to stay small.
        if operation == "tokenize" and rows <= 100_000:
            cards.forget_new(self.database, self.services[rows].name)


def start_up(service, empty, times):
    """Seconds from start to ready and idle bytes, as the jar is and otherwise, and how often the same of an almost empty
    service: medians, of the ratios within each round."""
    kinds = {"plain": lambda one: [], "flags": lambda one: [f"@{ROOT / 'src/main/jvm.options'}"],
             "appcds": lambda one: [f"-XX:SharedArchiveFile={one.class_archive()}"]}
    found = {kind: [] for kind in kinds}
    for _ in range(times):
        for kind, flags in kinds.items():
            found[kind].append([figure for one in (service, empty) for figure in _start(one, flags(one))])
    return {kind: {"seconds": round(statistics.median(r[0] for r in rounds), 2),
                   "resident_mb": round(statistics.median(r[1] for r in rounds) / 1e6),
                   "empty_seconds": round(statistics.median(r[2] for r in rounds), 2),
                   "empty_resident_mb": round(statistics.median(r[3] for r in rounds) / 1e6),
                   "by_empty": round(statistics.median(r[0] / r[2] for r in rounds), 2),
                   "resident_by_empty": round(statistics.median(r[1] / r[3] for r in rounds), 2)}
            for kind, rounds in found.items()}


def _start(service, flags):
    seconds = service.start(*flags)
    time.sleep(3)  # what it still does after it is ready
    resident = service.resident()
    service.stop()
    return seconds, resident
