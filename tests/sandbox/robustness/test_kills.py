"""kill -9 under load, again and again: every write that was answered is there."""

import logging
import os
import random
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from tests.support.http import BULK, CUSTOMER, connect, create, part, read

KILLS = int(os.environ.get("KILLS", "10"))
WRITERS = 16


class Writer(threading.Thread):
    """Writes to a customer of its own until the sandbox is gone, and notes what was answered.

    Attributes:
        number: the last number that it has sent to the customer.
        answered: the last that was answered.
        keys: the keys of further customers, each created in a bulk request with an update.
    """

    def __init__(self, customer_id: int, number: int) -> None:
        super().__init__(daemon=True)
        self.customer_id = customer_id
        self.number = self.answered = number
        self.keys: list[str] = []
        self.sandbox: SandboxProcess | None = None

    def run(self) -> None:
        assert self.sandbox
        with connect(self.sandbox.url) as http:
            try:
                while True:
                    self._write(http)
            except httpx2.TransportError:
                pass  # killed

    def _write(self, http: httpx2.Client) -> None:
        self.number += 1
        change = {"custom_1": str(self.number)}
        path = f"{CUSTOMER}/{self.customer_id}"
        if self.number % 3:
            assert http.put(path, json=change).status_code == 202
        else:
            key = f"{self.customer_id}-{self.number}"
            new = {"company": "Acme", "external_key": key}
            response = http.post(BULK, json=[part("POST", CUSTOMER, payload=new), part("PUT", path, payload=change)])
            assert [one["code"] for one in response.json()["response"]["_bulk"]] == [201, 202]
            self.keys.append(key)
        self.answered = self.number


@pytest.mark.long
def test_every_answered_write_survives_kill_9_under_load(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    with sandbox_process("--database", str(file)) as sandbox, connect(sandbox.url) as http:
        customers = [create(http, custom_1="0") for _ in range(WRITERS)]
    numbers, keys, killed = dict.fromkeys(customers, 0), list[str](), 0
    chance = random.Random(20261122)
    for _ in range(KILLS):
        writers = [Writer(customer_id, numbers[customer_id]) for customer_id in customers]
        with sandbox_process("--database", str(file)) as sandbox:
            for writer in writers:
                writer.sandbox = sandbox
                writer.start()
            time.sleep(chance.uniform(0.05, 0.4))
            sandbox.process.kill()
            for writer in writers:
                writer.join(10)
                assert not writer.is_alive()
        killed += sum(writer.answered > numbers[writer.customer_id] for writer in writers)
        keys += [key for writer in writers for key in writer.keys]
        with sandbox_process("--database", str(file)) as sandbox, connect(sandbox.url) as http:
            for writer in writers:
                found = int(read(http, writer.customer_id)["custom_1"])
                # The last one may have been carried out without an answer.
                assert writer.answered <= found <= writer.number
                numbers[writer.customer_id] = found
            for key in keys[-20:]:
                read(http, f"external_key:{key}")
    assert killed >= KILLS, "it was killed before anything was written"
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = {key for (key,) in database.execute("SELECT external_key FROM customer")}
    database.close()
    assert stored.issuperset(keys)
    logging.getLogger(__name__).info(
        "%d kills, %d writes, %d of them in bulk requests", KILLS, sum(numbers.values()), len(keys)
    )
