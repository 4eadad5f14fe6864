"""bench/run: measures, prints, and writes what it found."""

import argparse
import sys

from . import machine, measure, processes, report, service, summary
from .keyserver import KeyServer
from .load import Pgbench, Wrk
from .postgres import Postgres
from .tools import Stop, note, program


def numbers(text):
    """A list of whole numbers, 1e6 and 1000000 being the same."""
    return [int(float(part)) for part in text.split(",")]


def options():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures the service against pgbench on the same Postgres.")
    parser.add_argument("--rows", type=numbers, default=[10_000, 1_000_000], help="sizes, as 1e4,1e6 (1e7 takes ten minutes more)")
    parser.add_argument("--clients", type=numbers, default=[1, 32, 256])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each run")
    parser.add_argument("--warm-up", type=int, default=60, help="at most, seconds for each operation on each size")
    parser.add_argument("--starts", type=int, default=3, help="times the start is measured; 0 leaves it out")
    parser.add_argument("--no-overload", dest="overload", action="store_false")
    parser.add_argument("--quick", action="store_true", help="one short round: does it work at all?")
    parser.add_argument("--publish", action="store_true", help="write docs/performance.md and its picture")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rows, chosen.clients, chosen.rounds, chosen.seconds = [10_000], [32], 1, 4
        chosen.warm_up, chosen.starts, chosen.overload = 10, 0, False
    chosen.rows = sorted(chosen.rows)
    return chosen


def run(chosen):
    """Everything from the first start to the results."""
    for name in ("wrk", "pgbench", "psql", *(["gnuplot"] if chosen.publish else [])):
        program(name)
    service.build()
    home = processes.folder()
    database = Postgres(home)
    key_server = KeyServer(home)
    services = {rows: service.Service(home, f"rows{rows}", database, key_server) for rows in chosen.rows}
    bench = measure.Bench(database, services, Wrk(), Pgbench(database, home), chosen)
    result = {"machine": machine.describe(database), "rounds": chosen.rounds, "seconds": chosen.seconds,
              "loaded": bench.prepare()}
    checkpoints = database.checkpoints()
    for number in range(1, chosen.rounds + 1):
        bench.round(number)
    result["checkpoints"] = database.checkpoints() - checkpoints
    result.update(summary.summarize(bench.cells))
    if chosen.starts:
        for running in services.values():
            running.stop()
        empty = service.Service(home, "empty", database, key_server, service.build_empty(home))
        database.create(empty.name)
        result["start_up"] = measure.start_up(services[chosen.rows[0]], empty, chosen.starts)
    return result


def main():
    chosen = options()
    try:
        result = run(chosen)
        print(report.table(result))
        print(report.targets_table(result))
        note(f"kept as {report.save(result)}")
        if chosen.publish:
            report.publish(result)
    except Stop as stopped:
        note(str(stopped))
        sys.exit(1)


if __name__ == "__main__":
    main()
