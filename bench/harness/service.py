"""The packaged service as a process of its own, in its default profile."""

import http.client
import json
import os
import shutil
import subprocess
import time
import urllib.parse

from . import postgres, processes
from .tools import ROOT, Stop, note, output

APPLICATION = ROOT / "target" / "quarkus-app"


def build():
    """Packages the service where it is not."""
    if not (APPLICATION / "quarkus-run.jar").exists():
        note("packaging the service")
        _package(ROOT)


def _package(folder):
    output([str(ROOT / "mvnw"), "-q", "-B", "-Dquick", "-Dmaven.test.skip=true", "package"], cwd=folder)


def build_empty(home):
    """Packages an almost empty service of the very same pom, so of the same extensions; where it is."""
    folder = home / "empty"
    folder.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in ("src", "target", "bench", ".git"):
            (folder / entry.name).symlink_to(entry)
    (folder / "src").symlink_to(ROOT / "bench" / "empty" / "src")
    _package(folder)
    return folder / "target" / "quarkus-app"


def java():
    """The java command of JAVA_HOME or the path."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        raise Stop("java is missing; install a JDK 17")
    return found


class Service:
    """One node on one database, with everything on: authentication, encryption, audit, JSON logs."""

    def __init__(self, home, name, database, key_server, application=APPLICATION):
        self.home, self.name, self.database, self.key_server = home, name, database, key_server
        self._jar = str(application / "quarkus-run.jar")
        self.log = home / f"{name}.log"
        self.process = None
        self.port = self.management = 0
        self.clients = {}
        self._app = key_server.app_role("cardvault")

    def _environment(self, login):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("VAULT_", "CARDVAULT_", "QUARKUS_", "JAVA_"))}
        return {**kept, **login,
                "CARDVAULT_DB_URL": f"jdbc:postgresql://127.0.0.1:{self.database.port}/{self.name}",
                "CARDVAULT_DB_USER": postgres.OWNER, "CARDVAULT_DB_PASSWORD": "bench",
                "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_MANAGEMENT_HOST": "127.0.0.1"}

    def bootstrap(self):
        """Makes the tenant and its clients, as an operator would."""
        command = [java(), "-jar", self._jar, "bootstrap", "--tenant", "bench"]
        printed = output(command, env=self._environment(self.key_server.app_role("cardvault-bootstrap")))
        self.clients = json.loads(printed[printed.index("{"):])

    def start(self, *flags):
        """Starts it; how many seconds passed until it was ready."""
        self.port, self.management = processes.free_port(), processes.free_port()
        environment = {**self._environment(self._app), "QUARKUS_HTTP_PORT": str(self.port),
                       "QUARKUS_MANAGEMENT_PORT": str(self.management)}
        began = time.monotonic()
        self.process = processes.start([java(), *flags, "-jar", self._jar], self.log,
                                       env=environment)
        processes.wait_for(self.is_ready, self.process, self.log, pause=0.01)
        return time.monotonic() - began

    def stop(self):
        """Asks it to end, and waits."""
        processes.end(self.process)

    def is_ready(self):
        """Whether it says so itself."""
        try:
            return self.ask(self.management, "GET", "/q/health/ready")[0] == 200
        except OSError:
            return False

    def last_words(self):
        """The end of its log, for whoever looks for what went wrong."""
        return self.log.read_text(errors="replace")[-3000:]

    def resident(self):
        """Its resident memory in bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

    @staticmethod
    def ask(port, method, path, body=None, headers=None):
        """Status and content of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as broken:
            raise OSError(str(broken)) from broken
        finally:
            connection.close()

    def access_token(self, role):
        """A fresh access token of one of the bootstrapped clients."""
        client = self.clients[role]
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": client["client_id"],
                                       "client_secret": client["client_secret"]})
        status, content = self.ask(self.port, "POST", "/oauth2/token", form,
                                   {"Content-Type": "application/x-www-form-urlencoded"})
        if status != 200:
            raise Stop(f"no access token: {status} {content.decode(errors='replace')}")
        return json.loads(content)["access_token"]

    def class_archive(self):
        """A class data archive of a whole start (AppCDS), made by starting once."""
        archive = self.home / f"{self.name}.jsa"
        if not archive.exists():
            self.start(f"-XX:ArchiveClassesAtExit={archive}")
            self.stop()
        return archive


def version():
    """What the JVM calls itself."""
    told = subprocess.run([java(), "-version"], capture_output=True, text=True, check=True).stderr
    return told.splitlines()[1].strip()
