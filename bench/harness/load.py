"""The two load generators, each giving requests a second and percentiles of one run."""

import json
import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from . import cards, cpu, postgres
from .tools import ROOT, Stop, output, program

BENCH = ROOT / "bench"
WARM_UP_STEP = 5


@dataclass(frozen=True)
class Run:
    """What one run measured; latencies in milliseconds."""

    answers: int
    per_second: float
    p50: float
    p99: float
    statuses: dict
    generator_cpu: float = 0.0  # seconds


class Wrk:
    """Requests over HTTP, each connection asking again as soon as it is answered."""

    ROLES = {"tokenize": "ivr", "detokenize": "billing"}

    def __init__(self):
        self.runs = 0

    def warm_up(self, service, operation, rows, most):
        """Asks until the service's compilers rest, or for ``most`` seconds."""
        pid = service.process.pid
        for _ in range(max(1, most // WARM_UP_STEP)):
            before = cpu.of(pid), cpu.compiling(pid)
            self.run(service, operation, 64, WARM_UP_STEP, rows)
            worked, compiled = cpu.of(pid) - before[0], cpu.compiling(pid) - before[1]
            if compiled < 0.05 * worked:
                break

    def run(self, service, operation, clients, seconds, rows, overload=False):
        """One run; stops the whole where an answer was not as asked, unless overload is what is measured."""
        self.runs += 1
        environment = {**os.environ, "BENCH_SCRIPTS": str(BENCH / "wrk"),
                       "BENCH_ACCESS_TOKEN": service.access_token(self.ROLES[operation])}
        command = [program("wrk"), "--latency", f"-t{min(2, clients)}", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s",
                   "-s", str(BENCH / "wrk" / f"{operation}.lua"), f"http://127.0.0.1:{service.port}", "--", str(rows),
                   str(self.runs)] + (["statuses"] if overload else [])
        used = _generators()
        told = next(line for line in output(command, env=environment).splitlines() if line.startswith("BENCH "))
        found = json.loads(told[6:])
        bad = found["refused"] + found["broken"] + found["timeouts"]
        if bad and not overload:
            raise Stop(f"{operation} with {clients} clients: {bad} of {found['requests']} requests failed: {told}")
        if overload:
            found["statuses"].update(broken=found["broken"], timeouts=found["timeouts"])
        good = found["requests"] - found["refused"]
        return Run(good, good / found["seconds"], found["p50_ms"], found["p99_ms"],
                   {k: v for k, v in found["statuses"].items() if v}, _generators() - used)


class Pgbench:
    """The same work without a service: one transaction a request, statements prepared, same role and settings."""

    def __init__(self, database, home):
        self.database, self.home = database, home
        self.constants = {}

    def learn(self, name):
        """Reads, from what the service has written, the values its rows share."""
        facts = self.database.sql(name, """
            SELECT row_to_json(f) FROM (
              SELECT t.tenant_id AS tenant, t.profile_id AS profile, t.key_id AS key, '\\x' || encode(t.sealed, 'hex') AS sealed,
                octet_length(x.hmac) AS hmac_bytes, e.node, e.client_id AS client, e.actor, e.credential_id AS credential
              FROM token t JOIN pan_index x ON x.token_id = t.id JOIN audit_event e ON e.token_id = t.id LIMIT 1) f""")
        self.constants[name] = json.loads(facts)

    def run(self, name, script, clients, seconds, rows):
        """One run of ``pgbench/<script>.sql``."""
        constants = {**self.constants[name], "rows": rows, "first": cards.FIRST, "stride": cards.STRIDE,
                     "span": cards.SPAN, "last_four": cards.LAST_FOUR, "i": 0, "base": time.time_ns() // 1_000_000 * 1000}
        # The session is as the service's writers have it, which costs the baseline no round trip of its own.
        session = f"-c role={postgres.ROLE} -c cardvault.tenant={constants['tenant']} -c plan_cache_mode=force_generic_plan"
        for old in self.home.glob("pgbench_log*"):
            old.unlink()
        used = _generators()
        told = output(
            [program("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds),
             "-h", "127.0.0.1", "-p", str(self.database.port), "-U", postgres.OWNER, "-f",
             str(BENCH / "pgbench" / f"{script}.sql"), "-l", "--sampling-rate", "1" if clients == 1 else "0.2",
             *[f"-D{key}={value}" for key, value in constants.items()], name],
            cwd=self.home, env={**os.environ, "PGOPTIONS": session})
        used = _generators() - used
        if "aborted" in told or "number of failed transactions: 0" not in told:
            raise Stop(f"pgbench {script} with {clients} clients failed:\n{told}")
        figures = dict(line.split(" = ") if " = " in line else line.split(": ") for line in told.splitlines()
                       if line.startswith(("tps = ", "number of transactions actually")))
        times = sorted(_latencies(self.home.glob("pgbench_log*")))
        return Run(int(figures["number of transactions actually processed"]), float(figures["tps"].split()[0]), times[len(times) // 2], times[int(len(times) * 0.99)], {}, used)


def _generators():
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _latencies(logs: list[Path]):
    for log in logs:
        for line in log.read_text().splitlines():
            yield int(line.split()[2]) / 1000
