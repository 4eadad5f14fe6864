"""bench/profile: where the service's processor time goes under load, by async-profiler."""

import argparse
import collections
import platform
import shutil
import sys
import zipfile

from . import cards, cpu, processes, service
from .keyserver import KeyServer
from .load import Wrk
from .postgres import Postgres
from .tools import ROOT, Stop, note, output

PROFILER = "tools.profiler:async-profiler:4.0"


def profiler(home):
    """async-profiler's library, from Maven Central."""
    output([str(ROOT / "mvnw"), "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
            f"-Dartifact={PROFILER}", f"-DoutputDirectory={home}"], cwd=ROOT)
    folder = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}[platform.machine()]
    with zipfile.ZipFile(next(home.glob("async-profiler-*.jar"))) as jar:
        return jar.extract(f"{folder}/libasyncProfiler.so", home)


def tell(pid, library, command):
    """Gives a running JVM's profiler a command."""
    jcmd = shutil.which("jcmd")
    if jcmd is None:
        raise Stop("jcmd is missing; install a JDK 17, a runtime alone is not enough")
    # Quoted, or jcmd takes the equals signs for options of its own.
    told = output([jcmd, str(pid), "JVMTI.agent_load", library, f'"{command}"'])
    if "return code: 0" not in told:
        raise Stop(f"async-profiler did not take '{command}': {told}")


def stacks(file):
    """Each stack, outermost frame first, and its samples."""
    for line in file.read_text().splitlines():
        frames, _, samples = line.rpartition(" ")
        yield frames.split(";"), int(samples)


def shares(file, top):
    """Samples by thread, by the frame that ran, and by every frame that was on the stack."""
    threads, own, whole = collections.Counter(), collections.Counter(), collections.Counter()
    for frames, samples in stacks(file):
        threads[_kind(frames[0])] += samples
        own[frames[-1]] += samples
        for frame in set(frames[1:]):
            whole[frame] += samples
    total = sum(threads.values())
    for title, counter, wanted in (("by thread", threads, ""), ("itself on the processor", own, ""),
                                   ("with all it calls, of ours", whole, "dev/cardvault"), ("with all it calls", whole, "")):
        print(f"\n## {title}\n")
        for name, samples in [entry for entry in counter.most_common() if wanted in entry[0]][:top]:
            print(f"{samples / total:7.1%}  {name}")


def _kind(thread):
    # [vert.x-eventloop-thread-1 tid=77] and its like count together.
    return thread.strip("[]").split(" tid=")[0].rstrip("0123456789").rstrip("-#")


def main():
    parser = argparse.ArgumentParser(prog="bench/profile", description="Where the service's processor time goes under load.")
    parser.add_argument("--operation", choices=sorted(Wrk.ROLES), nargs="+", default=sorted(Wrk.ROLES))
    parser.add_argument("--clients", type=int, nargs="+", default=[32, 256])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--top", type=int, default=40, help="lines of each list")
    parser.add_argument("--event", default="ctimer", help="cpu and alloc are others")
    chosen = parser.parse_args()
    service.build()
    home = processes.folder()
    library = profiler(home)
    database = Postgres(home)
    node = service.Service(home, "profiled", database, KeyServer(home))
    database.create(node.name)
    node.bootstrap()
    node.start("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints")
    cards.load(node, chosen.rows)
    cards.number_tokens(database, node.name)
    wrk = Wrk()
    results = ROOT / "bench" / "results"
    results.mkdir(parents=True, exist_ok=True)
    for operation in chosen.operation:
        wrk.warm_up(node, operation, chosen.rows, 120)
        for clients in chosen.clients:
            name = f"profile-{operation}-{clients}-{chosen.event}"
            tell(node.process.pid, library, f"start,event={chosen.event},threads"
                 + (",interval=500us" if chosen.event != "alloc" else ""))
            before = cpu.of(node.process.pid), cpu.of_all(database.process.pid)
            run = wrk.run(node, operation, clients, chosen.seconds, chosen.rows)
            after = cpu.of(node.process.pid), cpu.of_all(database.process.pid)
            costs = [f"{1e6 * (b - a) / run.answers:.0f}" for a, b in zip(before, after)]
            tell(node.process.pid, library, f"dump,file={results / name}.collapsed,collapsed")
            tell(node.process.pid, library, f"stop,file={results / name}.html,flamegraph")
            print(f"\n# {operation}, {clients} clients: {run.per_second:.0f}/s, p50 {run.p50:.2f} ms, p99 {run.p99:.2f} ms; "
                  f"a request costs the service {costs[0]} µs of processor time and Postgres {costs[1]} µs")
            shares(results / f"{name}.collapsed", chosen.top)
    note(f"stacks and flame graphs are in {results.relative_to(ROOT)}")


if __name__ == "__main__":
    try:
        main()
    except Stop as stopped:
        note(str(stopped))
        sys.exit(1)
