"""The results as a table, as JSON, as a page of the documentation and as a picture."""

import json
import subprocess

from . import summary
from .tools import ROOT, program

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.svg"


def table(result):
    """The figures as one Markdown table after another, readable as they are."""
    lines = ["Requests a second, and their latency:\n", _rows(["rows", "operation", "clients", "service/s", "p50 ms", "p99 ms", "F4/s", "p99 ms", "F1/s", "p99 ms",
                    "service/F4", "service/F1", "service/best F1"],
                   [[f"{c['rows']:,}", c["operation"], c["clients"], f"{c['service']['per_second']:,}",
                     c["service"]["p50_ms"], c["service"]["p99_ms"], f"{c['f4']['per_second']:,}", c["f4"]["p99_ms"],
                     f"{c['f1']['per_second']:,}", c["f1"]["p99_ms"], f"{c['by_f4']:.2f}", f"{c['by_f1']:.2f}",
                     f"{c['by_best_f1']:.2f}"] for c in result["cases"]])]
    lines.append("Processor time of one request in µs, by process (what the machine does beside changes it little):\n")
    lines.append(_rows(["rows", "operation", "clients", "service", "its Postgres", "wrk", "sum", "F4: Postgres", "pgbench", "sum",
                        "F1: Postgres", "pgbench", "sum"],
                       [[f"{c['rows']:,}", c["operation"], c["clients"], *_costs(c["service"], "service", "postgres", "generator"),
                         *_costs(c["f4"], "postgres", "generator"), *_costs(c["f1"], "postgres", "generator")]
                        for c in result["cases"]]))
    if result["kept_by_size"]:
        lines.append(_rows(["rows", "operation", "clients", "service keeps", "F1 keeps"],
                           [[f"{k['rows']:,}", k["operation"], k["clients"], f"{k['service']:.0%}", f"{k['f1']:.0%}"]
                            for k in result["kept_by_size"]]))
    if result["overload"]:
        lines.append(_rows(["operation", "connections", "good answers/s", "of the peak", "p99 ms", "answers by status"],
                           [[name, f"{o['connections']:,}", f"{o['per_second']:,}", f"{o['of_peak']:.0%}", o["p99_ms"],
                             ", ".join(f"{s}: {n:,}" for s, n in sorted(o["statuses"].items()))]
                            for name, o in result["overload"].items()]))
    if result.get("start_up"):
        lines.append(_rows(["start", "ready after s", "an empty service", "ratio", "resident when idle, MB", "an empty service", "ratio"],
                           [[summary.STARTS[kind], *(found[name] for name in (
                               "seconds", "empty_seconds", "by_empty", "resident_mb", "empty_resident_mb", "resident_by_empty"))]
                            for kind, found in result["start_up"].items()]))
    return "\n".join(lines)


def _costs(side, *processes):
    costs = [side["processor_us"][process] for process in processes]
    return [*costs, sum(costs)]


def targets_table(result):
    """What was to be reached, and what was."""
    return _rows(["to reach", "", "reached", ""],
                 [[t["what"], t["to_reach"], t["reached"], _verdict(t)] for t in summary.targets(result)])


def _verdict(target):
    if target["elsewhere"]:
        return target["elsewhere"]
    return "yes" if target["ok"] else "no"


def _rows(head, rows):
    cells = [[str(c) for c in row] for row in [head, *rows]]
    widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(head))]
    lines = ["| " + " | ".join(c.rjust(w) for c, w in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (w + 1) + ":" for w in widths) + "|")
    return "\n".join(lines) + "\n"


def save(result):
    """Keeps everything as JSON; where."""
    folder = ROOT / "bench" / "results"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (result["machine"]["at"].replace(":", "").split("+")[0] + ".json")
    file.write_text(json.dumps({**result, "targets": summary.targets(result)}, indent=1) + "\n")
    return file


def plot(result, file):
    """Requests a second of the three sides, one chart an operation, at the largest size measured."""
    rows = max(c["rows"] for c in result["cases"])
    data = []
    for operation in ("detokenize", "tokenize"):
        data.append(f"${operation} << EOD")
        data += [f"\"{c['clients']}\" {c['service']['per_second']} {c['f1']['per_second']} {c['f4']['per_second']}"
                 for c in result["cases"] if (c["rows"], c["operation"]) == (rows, operation)]
        data.append("EOD")
    file.parent.mkdir(parents=True, exist_ok=True)
    script = "\n".join(data) + f"\nrows = '{rows:,}'\n" + (ROOT / "bench" / "plot.gp").read_text()
    picture = subprocess.run([program("gnuplot")], input=script, capture_output=True, text=True, check=True).stdout
    file.write_text(picture)


def publish(result):
    """Writes the page and its picture."""
    plot(result, PICTURE)
    machine = result["machine"]
    PAGE.write_text(f"""# Performance

Made by `bench/run --publish` (see [bench/README.md](../bench/README.md)): do not edit.

Measured at commit {machine['commit']}, {machine['at'][:10]}, on {machine['cores']} cores ({machine['cpu']}), {machine['memory_gib']} GiB,
Linux {machine['kernel']}, Postgres {machine['postgres']}, {machine['java']}.
**Load generator, service and database share these cores**, so the ratios tell more than the rates.
{result['rounds']} interleaved rounds of {result['seconds']} s a run; medians, ratios within the round. Postgres is durable
(`fsync`, `synchronous_commit`, `full_page_writes` on; {result['checkpoints']} checkpoints during the rounds). The service runs in its
default profile with authentication, encryption, audit and JSON logs on, its keys in a real Vault, which no
request waits for (opened data keys are cached).

- **F4**: `pgbench -M prepared`, the same tables, indexes and role, one transaction a request in four round trips.
- **F1**: the same as one statement. Neither authenticates, encrypts or speaks HTTP.
- **An empty service**: one table and one endpoint, of the same pom and so of the same extensions.

![Requests a second](images/performance.svg)

{table(result)}
Bulk calls of 500 took in {', '.join(f'{n:,} cards/s into {int(r):,} rows' for r, n in result['loaded'].items())}.

## What was to be reached

{targets_table(result)}""")
