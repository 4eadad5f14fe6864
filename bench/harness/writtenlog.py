"""A log of any length as a folder, written without the service: RFC 6962 and C2SP in another language."""

import base64
import hashlib
import subprocess
from datetime import datetime, timedelta, timezone

from .tools import output, program

WIDTH = 256
ORIGIN = "bench.example/log"
START = datetime(2026, 1, 1, tzinfo=timezone.utc)


class Signer:
    """An Ed25519 key pair of openssl's."""

    def __init__(self, home):
        self.home = home
        self.pem = home / "log-key.pem"
        output([program("openssl"), "genpkey", "-algorithm", "ed25519", "-out", str(self.pem)])
        der = subprocess.run([program("openssl"), "pkey", "-in", str(self.pem), "-pubout", "-outform", "DER"],
                             capture_output=True, check=True).stdout
        self.public = b"\x01" + der[-32:]
        self.id = hashlib.sha256(ORIGIN.encode() + b"\n" + self.public).digest()[:4]

    def key(self):
        """As verifiers are told it."""
        return f"{ORIGIN}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def note(self, size, root):
        """A signed checkpoint."""
        text = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
        message = self.home / "message"
        message.write_text(text)
        signature = subprocess.run([program("openssl"), "pkeyutl", "-sign", "-inkey", str(self.pem), "-rawin", "-in",
                                    str(message)], capture_output=True, check=True).stdout
        return f"{text}\n— {ORIGIN} {base64.b64encode(self.id + signature).decode()}\n"


def leaf(index):
    """A leaf of the length that real ones have."""
    at = (START + timedelta(milliseconds=index)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    commitment = base64.b64encode(hashlib.sha256(index.to_bytes(8, "big")).digest()).decode()
    id_ = f"019c0000-0000-7000-8000-{index:012x}"
    return (f'{{"committed":{{"actor":"{commitment}","reference_id":"{commitment}","source_address":"{commitment}"}},'
            f'"event":{{"action":"DETOKENIZE","at":"{at}","client_id":"cli_{id_}","credential_id":"crd_{id_}","id":"evt_{id_}",'
            f'"key_id":"{id_}","node":"{id_}","outcome":"GRANTED","purpose":"charge","reference_type":"order","request_id":"{id_}",'
            f'"tenant":"019c0000-0000-7000-8000-00000000000{index % 4}","token_id":"tok_{id_}"}},'
            f'"index":{index},"number":{index // 4 + 1},"sequenced_at":"{at}","v":1}}').encode()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def path(folder, kind, index, width):
    """Where a tile lies; its folder is made."""
    groups = f"{index % 1000:03d}"
    rest = index // 1000
    while rest:
        groups = f"x{rest % 1000:03d}/{groups}"
        rest //= 1000
    file = folder / "tile" / str(kind) / (groups if width == WIDTH else f"{groups}.p/{width}")
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


class Edge:
    """The tree's right edge: one hash for each bit of its size."""

    def __init__(self):
        self.size, self.nodes, self.levels = 0, [], [[] for _ in range(8)]

    def append(self, hash_, folder):
        self.levels[0].append(hash_)
        height, size = 0, self.size
        while size >> height & 1:
            hash_ = node(self.nodes.pop(), hash_)
            height += 1
            if height % 8 == 0:
                level = height // 8 - 1
                path(folder, level, (size >> 8 * level) // WIDTH, WIDTH).write_bytes(b"".join(self.levels[level]))
                self.levels[level] = []
                self.levels[level + 1].append(hash_)
        self.nodes.append(hash_)
        self.size += 1

    def root(self):
        root = self.nodes[-1]
        for hash_ in reversed(self.nodes[:-1]):
            root = node(hash_, root)
        return root


def write(folder, signer, size, checkpoints=100):
    """Writes a log of ``size`` leaves into ``folder``."""
    folder.mkdir()
    (folder / "anchors").mkdir()
    (folder / "key").write_text(signer.key() + "\n")
    edge, bundle = Edge(), []
    every = max(1, size // checkpoints)
    with open(folder / "checkpoints", "w", encoding="utf-8") as signed:
        for index in range(size):
            entry = leaf(index)
            bundle.append(len(entry).to_bytes(2, "big") + entry)
            edge.append(hashlib.sha256(b"\x00" + entry).digest(), folder)
            if len(bundle) == WIDTH:
                path(folder, "entries", index // WIDTH, WIDTH).write_bytes(b"".join(bundle))
                bundle = []
            if edge.size % every == 0:
                signed.write(signer.note(edge.size, edge.root()))
        if bundle:
            path(folder, "entries", size // WIDTH, len(bundle)).write_bytes(b"".join(bundle))
        for level, hashes in enumerate(edge.levels):
            if hashes:
                path(folder, level, (size >> 8 * level) // WIDTH, len(hashes)).write_bytes(b"".join(hashes))
        newest = signer.note(size, edge.root())
        signed.write(newest)
    (folder / "checkpoint").write_text(newest, encoding="utf-8")
