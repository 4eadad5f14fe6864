"""A real Vault of the run's own, set up by the script operators use."""

import json
import os
import subprocess

from . import processes
from .tools import ROOT, Stop, note, output, program


class KeyServer:
    """Built by tools/key-server (needs Go once); loopback only, storage in memory."""

    def __init__(self, home):
        note("looking for the key server (the first build takes some minutes)")
        build = subprocess.run([str(ROOT / "tools/key-server/build")], stdout=subprocess.PIPE, text=True, check=False)
        if build.returncode != 0:
            raise Stop("the key server cannot be built; install Go, or see tools/key-server/README.md")
        self.process = processes.start(
            [build.stdout.strip(), "-listen", "127.0.0.1:0", "-root-token", "root", "-exit-with-stdin"],
            home / "key-server.log", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = json.loads(self.process.stdout.readline())["address"]
        program("curl")

    def app_role(self, role):
        """The environment of somebody who logs in by the AppRole ``role``."""
        environment = {**os.environ, "VAULT_ADDR": self.address, "VAULT_TOKEN": "root"}
        login = json.loads(output([str(ROOT / "vault-policies/setup.sh"), "-r", role], env=environment))
        return {"VAULT_ADDR": self.address, "VAULT_ROLE_ID": login["role_id"], "VAULT_SECRET_ID": login["secret_id"]}
