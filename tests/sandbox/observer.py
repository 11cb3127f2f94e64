"""What a client sees of a sandbox: the observations that tell a planted bug from a sound sandbox."""

import base64
import socket
from typing import Any

import httpx2

from tests.support.http import BULK, CUSTOMER, connect_anonymously, count


class Observer:
    """An empty sandbox as plain HTTP sees it. IDs start at 1; user name and password are "sandbox"."""

    def __init__(self, http: httpx2.Client) -> None:
        self.http = http
        self.url = str(http.base_url).rstrip("/")

    def ask(self, method: str, path: object = "", body: Any = None, **options: Any) -> httpx2.Response:
        """A request for a customer, or for a path of its own."""
        url = path if str(path).startswith(("/api", "/_")) else f"{CUSTOMER}{'/' if path else ''}{path}"
        return self.http.request(method, str(url), json=body, **options)

    def status(self, method: str, path: object = "", body: Any = None, **options: Any) -> int | str:
        """The status of the response; "broken" if there was none."""
        try:
            return self.ask(method, path, body, **options).status_code
        except httpx2.TransportError:
            return "broken"

    def envelope(self, method: str, path: object = "", body: Any = None) -> dict[str, Any]:
        envelope: dict[str, Any] = self.ask(method, path, body).json()
        return envelope

    def header(self, name: str, method: str, path: object = "", body: Any = None) -> str | None:
        value: str | None = self.ask(method, path, body).headers.get(name)
        return value

    def new(self, **fields: Any) -> Any:
        """A new customer's ID, or the status of the refusal."""
        answer = self.ask("POST", "", {"company": "Acme", **fields})
        return answer.json()["response"]["id"] if answer.status_code == 201 else answer.status_code

    def many(self, number: int = 12) -> list[Any]:
        return [self.new() for _ in range(number)]

    def put(self, path: object = 1, **fields: Any) -> int | str:
        return self.status("PUT", path, fields)

    def get(self, path: object = 1) -> Any:
        return self.envelope("GET", path)["response"]

    def updated(self, **fields: Any) -> int | str:
        """The status of an update of a new customer."""
        return self.put(self.new(), **fields)

    def stored(self, name: str, *values: Any) -> Any:
        """A field as it is read after one update for each value."""
        customer_id = self.new()
        for value in values:
            self.put(customer_id, **{name: value})
        return self.get(customer_id)[name]

    def sent(self, content: bytes, content_type: str = "application/json") -> int | str:
        """The status of an update of a new customer with these bytes."""
        headers = {"Content-Type": content_type}
        return self.status("PUT", self.new(), content=content, headers=headers)

    def found(self, **query: object) -> Any:
        """The IDs in a list, or the status of a refusal."""
        answer = self.ask("GET", params={name: str(value) for name, value in query.items()})
        envelope = answer.json()
        return [one["customer_id"] for one in envelope["response"]] if answer.status_code == 200 else answer.status_code

    def count(self, **query: str) -> Any:
        return count(self.http, **query)

    def bulk(self, *requests: tuple[str, str] | tuple[str, str, Any]) -> Any:
        """The response to each request of a bulk request; paths start behind that of customers."""
        names = ("request_method", "uri", "payload")
        body = [dict(zip(names, (one[0], f"{CUSTOMER}{one[1]}", *one[2:]), strict=False)) for one in requests]
        answer = self.ask("POST", BULK, body)
        response = answer.json()["response"]
        return response["_bulk"] if answer.status_code == 200 else answer.status_code

    def codes(self, *requests: tuple[str, str] | tuple[str, str, Any]) -> list[int]:
        return [answer["code"] for answer in self.bulk(*requests)]

    def family(self, **fields: Any) -> int | str:
        """Parent 1, which has paid for its child 2, and customer 3."""
        self.new()
        self.new(parent_customer_id=1, **fields)
        self.new()
        return self.status("POST", "/_sandbox/payments", {"customer_id": 2, "paid_by": 1})

    def stranger(self, method: str, path: str = CUSTOMER, body: Any = None, header: str = "") -> httpx2.Response:
        """The response to a request without the right credentials."""
        headers = {"Authorization": header} if header else {}
        with connect_anonymously(self.url) as http:
            return http.request(method, path, json=body, headers=headers)

    def login(self, username: str, password: str, scheme: str = "Basic") -> int:
        pair = base64.b64encode(f"{username}:{password}".encode()).decode()
        return self.stranger("GET", header=f"{scheme} {pair}").status_code

    def wire(self, method: str, path: str) -> tuple[bytes, bytes]:
        """The bytes behind the head of a response, and those behind its body, with another request behind the first."""
        host, _, port = self.url.removeprefix("http://").partition(":")
        pair = base64.b64encode(b"sandbox:sandbox")
        head = b"%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\n"
        first = head % (method.encode(), path.encode(), pair)
        second = head % (b"GET", CUSTOMER.encode(), pair)
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(first + b"\r\n" + second + b"Connection: close\r\n\r\n")
            with connection.makefile("rb") as file:
                received = file.read()
        start, _, rest = received.partition(b"\r\n\r\n")
        length = int(start.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return rest, rest[length:]
