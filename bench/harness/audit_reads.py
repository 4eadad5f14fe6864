"""bench/audit-reads: how queries, exports and the follower of the audit log grow with the number of events."""

import argparse
import http.client
import json
import statistics
import sys
import threading
import time
import urllib.parse

from . import processes, service
from .keyserver import KeyServer
from .postgres import Postgres
from .tools import Stop, note

DATABASE = "audit"
PATIENCE = 3600
# Events that are filled in with one commit: few, as the service writes them.
STEP = 5_000
# Every event with what shows that it is in the log.
PROVEN = "proofs"
# So much and no more: what is streamed fits, what is not does not.
HEAP = "-Xmx512m"

# One event in 20,000 is a rare one: it differs in each field that can be asked for.
FILL = """
SET synchronous_commit = off;
INSERT INTO audit_event (id, at, tenant_id, action, outcome, client_id, actor, credential_id, source_address, purpose,
  reference_type, reference_id, call_id, token_id, key_id, request_id, node)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid, at,
  '{tenant}', CASE WHEN rare THEN 'KEY_ROTATE' ELSE 'DETOKENIZE' END, CASE WHEN rare THEN 'DENIED' ELSE 'GRANTED' END,
  CASE WHEN rare THEN 'cli_rare' ELSE 'cli_019aabd0-0000-7000-8000-' || lpad((i % 50)::text, 12, '0') END,
  CASE WHEN rare THEN 'rare' ELSE 'client' || i % 50 END, 'crd_019aabd0-0000-7000-8000-' || lpad((i % 50)::text, 12, '0'),
  CASE WHEN rare THEN '192.0.2.9' ELSE '10.0.' || i % 7 || '.' || i % 250 END, CASE WHEN rare THEN 'refund' ELSE 'charge' END,
  'order', CASE WHEN rare THEN 'o-rare' ELSE 'o-' || i END, CASE WHEN rare THEN 'call-rare' ELSE 'call-' || i / 2 END,
  md5(i::text)::uuid, '019aabd0-0000-7000-8000-000000000001', 'req-' || i, 'node'
  FROM (SELECT i, date_trunc('milliseconds', now()) - (({whole} - i) * interval '70 days' / {whole}) AS at, i % 20000 = 0 AS rare
          FROM generate_series({first}, {last}) i) e
"""

NOT_FOLLOWED = """SELECT FROM audit_event e, (SELECT tx, id FROM watch_cursor WHERE name = 'alerts') c
  WHERE e.tx >= c.tx AND (e.tx, e.id) > (c.tx, c.id) AND e.action = 'DETOKENIZE'
  ORDER BY e.tx, e.id LIMIT 1"""

NOT_PLACED = """SELECT FROM audit_event e, audit_state s WHERE e.tx >= s.next_tx
  AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = e.tenant_id AND l.event_id = e.id)"""

QUERIES = {
    "newest": {},
    "client, many": {"client": "cli_019aabd0-0000-7000-8000-000000000007"},
    "client, rare": {"client": "cli_rare"},
    "client, none": {"client": "cli_none"},
    "actor, rare": {"actor": "rare"},
    "action, rare": {"action": "KEY_ROTATE"},
    "action, none": {"action": "STOP"},
    "outcome, rare": {"outcome": "DENIED"},
    "outcome, none": {"outcome": "INTEGRITY_FAILURE"},
    "purpose, rare": {"purpose": "refund"},
    "reference": {"reference": "o-4711"},
    "call": {"call_id": "call-4711"},
    "source, rare": {"source_ip": "192.0.2.9"},
    "source, many": {"source_ip": "10.0.3.3"},
    "client and action": {"client": "cli_rare", "action": "KEY_ROTATE"},
}


def options():
    parser = argparse.ArgumentParser(prog="bench/audit-reads", description="Measures the audit log.")
    parser.add_argument("--events", type=lambda t: [int(float(p)) for p in t.split(",")], default=[10**4, 10**5, 10**6],
                        help="sizes, as 1e4,1e6 (1e7 takes over an hour and 60 GB)")
    parser.add_argument("--formats", type=lambda t: t.split(","), default=["ndjson", "csv", "ocsf", "cef", PROVEN])
    parser.add_argument("--times", type=int, default=21, help="how often each query is asked")
    chosen = parser.parse_args()
    chosen.events.sort()
    return chosen


class Run:
    """One service on one database that grows."""

    def __init__(self, chosen):
        self.chosen = chosen
        service.build()
        home = processes.folder()
        self.database = Postgres(home)
        self.database.create(DATABASE)
        self.service = service.Service(home, DATABASE, self.database, KeyServer(home))
        self.service.bootstrap()
        self.exports = home / "exports"
        self.service.start(HEAP, f"-Dcardvault.exports.folder={self.exports}", "-Dcardvault.audit-log.most-lag=1h")
        self.tenant = self.sql("SELECT id FROM tenant WHERE name = 'bench'")
        self.token = None

    def sql(self, text):
        return self.database.sql(DATABASE, text)

    def grow(self, first, last):
        """Adds events up to ``last``; how many a second."""
        self.sql("SELECT audit_month((now() - m * interval '1 month')::date) FROM generate_series(1, 3) m")
        began = time.monotonic()
        for start in range(first, last + 1, STEP):
            self.sql(FILL.format(tenant=self.tenant, first=start, last=min(last, start + STEP - 1),
                                 whole=max(self.chosen.events)))
        return (last - first + 1) / (time.monotonic() - began)

    def insert_cost(self, batches=400, together=256):
        """Microseconds an event costs to insert as the service does, with the indexes for filters and without."""
        costs = {}
        for name, prepare in (("with", ""), ("without", "DROP INDEX audit_event_client, audit_event_actor, audit_event_source,"
                              " audit_event_action, audit_event_outcome, audit_event_purpose")):
            insert = FILL.format(tenant=self.tenant, first="b * 256 + 1", last=f"b * 256 + {together}", whole=10**6)
            insert = insert.split(";", 1)[1].replace("'", "''")
            body = f"FOR b IN 1..{batches} LOOP EXECUTE replace('{insert}', 'b * 256', (b * 256)::text); END LOOP"
            took = self.sql(f"BEGIN; {prepare}; CREATE TEMP TABLE t AS SELECT clock_timestamp() AS t;"
                            f" DO $$ BEGIN {body}; END $$; SELECT extract(epoch FROM clock_timestamp() - t) FROM t; ROLLBACK")
            costs[name] = float(took.split()[-1]) * 1e6 / (batches * together)
        return costs

    def log_in(self):
        if self.token is None or time.monotonic() > self.token[1]:
            self.token = (self.service.access_token("compliance"), time.monotonic() + 600)

    def ask(self, method, path, body=None):
        self.log_in()
        headers = {"Authorization": f"Bearer {self.token[0]}", "Content-Type": "application/json"}
        status, content = self.service.ask(self.service.port, method, path, body, headers)
        if status >= 300:
            raise Stop(f"{method} {path}: {status} {content.decode(errors='replace')[:500]}")
        return json.loads(content)

    def queries(self):
        """Milliseconds of each query: median and worst."""
        times = {}
        for name, parameters in QUERIES.items():
            path = "/v1/audit-events?" + urllib.parse.urlencode({"limit": 50, **parameters})
            taken = []
            self.log_in()
            for _ in range(self.chosen.times):
                began = time.perf_counter()
                self.ask("GET", path)
                taken.append((time.perf_counter() - began) * 1000)
            # The first fills caches and plans.
            times[name] = {"first": taken[0], "median": statistics.median(taken[1:]), "worst": max(taken[1:])}
        return times

    def export(self, form):
        """Seconds, size and memory of an export of everything, and of its download."""
        wish = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z",
                "format": "ndjson" if form == PROVEN else form, "proofs": form == PROVEN}
        with Memory(self.service) as memory:
            began = time.monotonic()
            job = self.ask("POST", "/v1/audit-exports", json.dumps(wish))
            while job["state"] in ("queued", "running"):
                time.sleep(0.1)
                job = self.ask("GET", f"/v1/jobs/{job['id']}")
                if time.monotonic() - began > PATIENCE:
                    raise Stop("the export does not end")
            took = time.monotonic() - began
        if job["state"] != "done":
            raise Stop(f"the export {job['state']}: {job['problem']}")
        with Memory(self.service) as while_fetched:
            fetched = self.download(job["id"])
        for file in self.exports.iterdir():
            file.unlink()
        return {"seconds": took, "events": job["result"]["rows"], "bytes": job["result"]["bytes"],
                "memory": memory.most, "memory_of_download": while_fetched.most, "download_seconds": fetched}

    def download(self, job):
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        connection.request("GET", f"/v1/jobs/{job}/download", headers={"Authorization": f"Bearer {self.token[0]}"})
        answer = connection.getresponse()
        while answer.read(1 << 20):
            pass
        connection.close()
        return time.monotonic() - began

    def await_none(self, waiting):
        """Seconds until a query finds nothing that waits any more."""
        began = time.monotonic()
        while self.sql(f"SELECT EXISTS ({waiting})") == "t":
            if time.monotonic() - began > PATIENCE:
                raise Stop(f"this goes on and on: {waiting}")
            time.sleep(0.5)
        return time.monotonic() - began


class Memory:
    """The most resident memory of the service while something is done."""

    def __init__(self, running):
        self.running, self.most, self.done = running, 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def _look(self):
        while not self.done.wait(0.1):
            self.most = max(self.most, self.running.resident())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *ignored):
        self.done.set()
        self.thread.join()
        self.most = max(self.most, self.running.resident())


def table(results):
    """What was found, as Markdown."""
    sizes = [r["events"] for r in results]
    head = "| | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---|" + "---:|" * len(sizes) + "\n"
    lines = ["Query, milliseconds over HTTP: median (worst)\n\n", head]
    for name in QUERIES:
        cells = (f"{r['queries'][name]['median']:.1f} ({r['queries'][name]['worst']:.0f})" for r in results)
        lines.append(f"| {name} | " + " | ".join(cells) + " |\n")
    lines += ["\nExport: seconds / events a second / most resident memory in MiB (while fetched)\n\n", head]
    for form in results[0]["exports"]:
        cells = []
        for r in results:
            e = r["exports"][form]
            cells.append(f"{e['seconds']:.1f} / {e['events'] / e['seconds']:,.0f} / {e['memory'] >> 20} ({e['memory_of_download'] >> 20})")
        lines.append(f"| {form} | " + " | ".join(cells) + " |\n")
    lines += ["\nWriting: events filled in a second; seconds after the last until all are followed, until all are in the tree\n\n", head]
    for what, key in (("events a second", "filled"), ("followed after, s", "followed_after"), ("in the tree after, s", "placed_after")):
        lines.append(f"| {what} | " + " | ".join(f"{r[key]:,.0f}" for r in results) + " |\n")
    return "".join(lines)


def main():
    chosen = options()
    try:
        run = Run(chosen)
        results, there = [], 0
        cost = run.insert_cost()
        note(f"an insert costs {cost['with']:.1f} µs, {cost['without']:.1f} without the indexes for filters")
        for events in chosen.events:
            note(f"{events:,} events")
            result = {"events": events, "filled": run.grow(there + 1, events)}
            result["followed_after"] = run.await_none(NOT_FOLLOWED)
            result["placed_after"] = result["followed_after"] + run.await_none(NOT_PLACED)
            run.sql("VACUUM ANALYZE audit_event")
            there = events
            result["queries"], result["exports"] = run.queries(), {}
            note(json.dumps(result))
            for form in chosen.formats:
                result["exports"][form] = run.export(form)
                note(f"{form}: {json.dumps(result['exports'][form])}")
            results.append(result)
        print(table(results))
    except Stop as stopped:
        note(str(stopped))
        sys.exit(1)


if __name__ == "__main__":
    main()
