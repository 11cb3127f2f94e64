"""Brings many accounts in line with a file each, on a Dask cluster.

    python examples/many_accounts.py accounts.toml --folder plans

accounts.toml has a table for each account. A password comes from an environment variable of the workers, so it never
passes through the scheduler:

    [acme]
    instance = "acme"                  # or base_url = "https://…"
    username = "books"
    password_from = "ACME_PASSWORD"
    file = "/data/acme.csv"

Each file is planned, each plan is split, and the parts are applied at the same time, by as many workers as there are.
All workers must see the folder of the plans, such as one of a network file system. When a worker dies, Dask gives its
part to another one, which does the rest of it; when all of them die, run the program again.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, as_completed  # pyright: ignore[reportMissingImports]

from chargeover import ChargeOver, sync

Account = Mapping[str, str]
RETRIES = 3
"""How often Dask starts a task again that failed, such as one without a connection."""


def client_of(account: Account) -> ChargeOver:
    """A client of an account."""
    return ChargeOver(
        instance=account.get("instance"),
        base_url=account.get("base_url"),
        username=account["username"],
        password=os.environ[account["password_from"]],
    )


def prepare(account: Account, folder: Path, parts: int) -> list[Path]:
    """Plan an account's file and split the plan, unless an earlier run has done so. Returns the parts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plan = folder / "crm.plan"
    if not plan.exists():
        with client_of(account) as client:
            sync.plan(client, sync.read(account["file"]), plan)
    if sync.status(plan).left:
        for unfinished in folder.glob("crm-*.plan"):  # a split that was killed: nothing has applied these
            unfinished.unlink()
        sync.split(plan, parts)
    return sorted(folder.glob("crm-*.plan"))


def apply(account: Account, part: Path) -> None:
    """Apply a part, or what an earlier worker has left of it."""
    with client_of(account) as client:
        status = sync.apply(client, part)
    if status.left:
        raise RuntimeError(f"{status.left} rows of {part} are left, since requests failed.")


def run(dask: Any, accounts: Mapping[str, Account], folder: Path, parts: int) -> dict[str, str]:
    """Do it for all accounts; returns why it failed, by the name of the account."""
    failures: dict[str, str] = {}
    names: dict[Any, str] = {}
    planned = as_completed()
    applied: list[Any] = []
    for name, account in accounts.items():
        future = dask.submit(prepare, account, folder / name, parts, pure=False, retries=RETRIES)
        names[future] = name
        planned.add(future)
    for future in planned:
        name = names[future]
        if future.status == "error":
            failures[name] = str(future.exception())
            continue
        for part in future.result():  # applied while other accounts are still planned
            task = dask.submit(apply, accounts[name], part, pure=False, retries=RETRIES)
            names[task] = name
            applied.append(task)
    for task in as_completed(applied):
        if task.status == "error":
            failures[names[task]] = str(task.exception())
    return failures


def main() -> int:
    """Run it and print how far each account has come; returns 1 if rows or accounts need a person."""
    parser = argparse.ArgumentParser(description="Bring many accounts in line with a file each, on a Dask cluster.")
    parser.add_argument("accounts", type=Path, metavar="ACCOUNTS.toml")
    parser.add_argument("--folder", type=Path, default=Path("plans"), help="where the plans are; all workers see it")
    parser.add_argument("--parts", type=int, default=4, help="of each account's plan (default: 4)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a cluster; default: one on this machine")
    parser.add_argument("--workers", type=int, default=4, help="processes of the cluster on this machine (default: 4)")
    options = parser.parse_args()
    accounts: dict[str, Account] = tomllib.loads(options.accounts.read_text(encoding="utf-8"))
    folder = options.folder.resolve()
    if options.scheduler:
        with Client(options.scheduler) as dask:
            failures = run(dask, accounts, folder, options.parts)
    else:
        settings: dict[str, Any] = {"n_workers": options.workers, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(**settings) as cluster, Client(cluster) as dask:
            failures = run(dask, accounts, folder, options.parts)
    rejected = 0
    for name in accounts:
        plans = sorted((folder / name).glob("crm*.plan"))
        status = sync.status(*plans)
        rejected += status.rejected
        why = f"  failed: {failures[name]}" if name in failures else ""
        print(f"{name}: {status.rows} rows, {status.done} done, {status.rejected} rejected, {status.left} left{why}")
    return 1 if failures or rejected else 0


if __name__ == "__main__":
    sys.exit(main())
