"""The cards both sides work on: made by number, loaded through the service itself."""

import concurrent.futures
import http.client
import json
import time

from .tools import Stop, note

BULK = 500
LOADERS = 4

# Card i ends in these digits, so that its token follows from a number alone; see TOKEN in wrk/ and pgbench/.
LAST_FOUR = "4242"
STRIDE, FIRST, SPAN = 700_000_001, 10_000_000_000, 90_000_000_000


def pan(number):
    """A Luhn-valid card number of its own for each number below 10^10."""
    digits = f"4{number:010d}0{LAST_FOUR}"
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits[:11]}{-total % 10}{LAST_FOUR}"  # the open digit stands in an undoubled place


def token(number):
    """The text of token ``number`` after ``number_tokens``."""
    return f"0{FIRST + number * STRIDE % SPAN}{LAST_FOUR}"


def load(service, rows):
    """Tokenizes ``rows`` cards by bulk calls; how many a second."""
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(LOADERS) as pool:
        for done in pool.map(lambda part: _load_part(service, part, rows), range(LOADERS)):
            if done is not None:
                raise Stop(f"{done}\n{service.last_words()}")
    return rows / (time.monotonic() - began)


def _load_part(service, part, rows):
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    asked_at, headers = 0.0, {}
    for first in range(part * BULK, rows, LOADERS * BULK):
        if time.monotonic() - asked_at > 300:  # access tokens live 15 minutes
            asked_at = time.monotonic()
            headers = {"Authorization": f"Bearer {service.access_token('ivr')}", "Content-Type": "application/json"}
        items = [{"card": {"number": pan(n)}} for n in range(first, min(first + BULK, rows))]
        connection.request("POST", "/v1/tokens/batch", json.dumps({"mode": "atomic", "items": items}), headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201) or json.loads(content).get("failed") != 0:
            return f"loading failed: {answer.status} {content[:500].decode(errors='replace')}"
    return None


def number_tokens(database, name):
    """Gives the loaded tokens texts that follow from a number, so that both load generators can draw any of them.

    Ciphertexts are untouched (they are bound to the row's id, not to the token's text): every token still opens.
    """
    # Out of the way first: among a million, some have a text that another is about to get.
    database.sql(name, "UPDATE token SET token = id::text")
    database.sql(name, f"""
        UPDATE token t SET token = '0' || ({FIRST} + n.n * {STRIDE} % {SPAN}) || '{LAST_FOUR}'
        FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM token) n WHERE n.id = t.id""")
    _shrink(database, name)


def forget_new(database, name):
    """Deletes what runs have tokenized since the load, and all events."""
    database.sql(name, f"""
        DELETE FROM pan_index USING token
        WHERE token_id = token.id AND token.token !~ '^0[0-9]{{11}}{LAST_FOUR}$'""")
    database.sql(name, f"DELETE FROM token WHERE token !~ '^0[0-9]{{11}}{LAST_FOUR}$'")
    _shrink(database, name)


def _shrink(database, name):
    # One statement a call: VACUUM runs in no transaction.
    for statement in ("VACUUM (FULL, ANALYZE) token", "VACUUM (FULL, ANALYZE) pan_index", "TRUNCATE audit_event",
                      "ANALYZE"):
        database.sql(name, statement)


def check(service, number):
    """Stops unless token ``number`` opens to one of the loaded cards."""
    headers = {"Authorization": f"Bearer {service.access_token('billing')}", "Content-Type": "application/json"}
    wish = {"token": token(number), "reveal": "full", "purpose": "charge", "reference": {"type": "order", "id": "bench"}}
    status, content = service.ask(service.port, "POST", "/v1/detokenize", json.dumps(wish), headers)
    shown = json.loads(content).get("card", {}).get("number", "") if status == 200 else ""
    if len(shown) != 16 or shown != pan(int(shown[1:11])):
        raise Stop(f"a loaded token does not open: {status}")
    note(f"{service.name}: token {number} opens to its card")
