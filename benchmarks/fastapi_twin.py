"""The sandbox's PUT as a good FastAPI program would have it: the same checks, the same writes, the same answer.

Everything is ``async def``: handing each request to a thread would cost more than the short writes that it would hide.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from account import CUSTOMER_ID, PASSWORD, USERNAME
from fastapi import Depends, FastAPI, HTTPException, Path, Request, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel
from twin_fields import CustomerUpdate, Id

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    external_key       TEXT UNIQUE,
    parent_customer_id INTEGER REFERENCES customer,
    fields             TEXT NOT NULL
) STRICT;
"""


class Identified(BaseModel):
    """The ID of the customer that was changed."""

    id: int


class UpdatedEnvelope(BaseModel):
    """The response to an update."""

    code: int
    status: Literal["OK"]
    message: str
    details: dict[str, Any]
    response: Identified


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the database that TWIN_DATABASE names, with one customer in it."""
    with closing(sqlite3.connect(os.environ["TWIN_DATABASE"], isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO customer (customer_id, fields) VALUES (?, '{}')", (CUSTOMER_ID,))
        app.state.database = database
        yield


app = FastAPI(lifespan=lifespan)


async def authenticated(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> None:
    """Let the one user in."""
    is_user = secrets.compare_digest(credentials.username.encode(), USERNAME.encode())
    is_password = secrets.compare_digest(credentials.password.encode(), PASSWORD.encode())
    if not (is_user and is_password):
        raise HTTPException(401, headers={"WWW-Authenticate": "Basic"})


@app.put("/api/v3/customer/{customer_id}", status_code=202, dependencies=[Depends(authenticated)])
async def update_customer(
    customer_id: Annotated[Id, Path()], changes: CustomerUpdate, request: Request, response: Response
) -> UpdatedEnvelope:
    """Change the fields that were sent, and no others."""
    own = {
        "mod_datetime": datetime.now(UTC).isoformat(timespec="microseconds"),
        "mod_ipaddr": request.client.host if request.client else "",
    }
    _merge(request.app.state.database, customer_id, {**changes.model_dump(exclude_unset=True), **own})
    host, port = request.scope["server"]
    response.headers["Location"] = f"http://{host}:{port}/api/v3/customer/{customer_id}"
    return UpdatedEnvelope(code=201, status="OK", message="", details={}, response=Identified(id=customer_id))


def _merge(database: sqlite3.Connection, customer_id: int, changes: dict[str, Any]) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        fields = {**_existing(database, customer_id), **changes}
        database.execute(
            "UPDATE customer SET external_key = ?, parent_customer_id = ?, fields = ? WHERE customer_id = ?",
            (fields.get("external_key") or None, fields.get("parent_customer_id"), json.dumps(fields), customer_id),
        )
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _existing(database: sqlite3.Connection, customer_id: int) -> dict[str, Any]:
    row = database.execute("SELECT fields FROM customer WHERE customer_id = ?", (customer_id,)).fetchone()
    if row is None:
        raise HTTPException(404)
    fields: dict[str, Any] = json.loads(row[0])
    return fields
