"""The machine: rules that do one thing to the server and to the dict, and look at everything afterwards."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chargeover import BadRequestError, NotFoundError
from chargeover_contract.options import STOPS_AT_FIRST

from .context import Context
from .queries import QUESTIONS, Condition, Question, in_order, say, where_text
from .state import State
from .steps import STEPS, Step, carried_out
from .values import WRITABLE, Fields, changes, creations

Rule = TypeVar("Rule", bound=Callable[..., Any])
# Which of the customers that are there: a number, so that an example means the same on every server.
WHO = st.integers(0, 50)
KEYS = st.sampled_from(["a", "b", "C", "ä/ö", "k 1", "%41", "a+b", "x?y#z", "1"])
MOST = 12
"""Customers at once, so that they meet each other."""


def needs(*operations: str) -> Callable[[Rule], Rule]:
    """A rule that is left out where the server lacks one of these operations."""
    return precondition(lambda self: not any(map(self.context.is_missing, operations)))


def machine(context: Context) -> type["Customers"]:
    """The machine for a server; what is decided by our sandbox alone is only done to that."""
    is_own = context.record_payment is not None

    class CustomersOfThisServer(Customers):
        pass

    CustomersOfThisServer.context = context
    CustomersOfThisServer.is_own = is_own
    return CustomersOfThisServer


class Customers(RuleBasedStateMachine):
    """Customers of one example; ``custom_20`` marks them, so that others on the server do not matter."""

    context: Context
    is_own: bool

    def __init__(self) -> None:
        super().__init__()
        self.marker = f"model-{uuid4().hex}"
        self._mark = Condition("custom_20", "EQUALS", self.marker)
        self.state = State(self.is_own)
        self.was_refused_26 = False
        self.customers = self.context.client.customers

    # -- who is there -------------------------------------------------------------------------------------------

    def _pick(self, who: int) -> int:
        there = sorted(self.state.customers)
        return there[who % len(there)]

    def _pick_a_child(self, who: int) -> int:
        """One that has a parent; any customer if there is none."""
        children = [one for one, fields in self.state.customers.items() if fields.get("parent_customer_id") is not None]
        return sorted(children)[who % len(children)] if children else self._pick(who)

    def _key(self, key: str) -> str:
        return f"{self.marker}-{key}" if key else ""

    # -- creations ----------------------------------------------------------------------------------------------

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Enough customers for every rule: a family of three, two with keys, one with nothing."""
        ids: list[int] = []
        for key, parent in (("a", None), ("b", 0), (None, 1), (None, None)):
            fields: Fields = data.draw(creations(references=self.is_own), label="fields")
            if key:
                fields["external_key"] = self._key(key)
            if parent is not None:
                fields["parent_customer_id"] = ids[parent]
            ids.append(self._create(fields))

    @precondition(lambda self: len(self.state.customers) < MOST)
    @rule(data=st.data(), key=st.none() | KEYS, parent=st.none() | WHO)
    def create(self, data: st.DataObject, key: str | None, parent: int | None) -> None:
        fields: Fields = data.draw(creations(references=self.is_own), label="fields")
        if parent is not None and self.state.customers:
            fields["parent_customer_id"] = self._pick(parent)
        if key is None:
            self._create(fields)
            return
        fields["external_key"] = self._key(key)
        match self.state.key_is_refused(fields["external_key"], None):
            case True:
                self._refused(lambda: self.customers.create(**fields, custom_20=self.marker))
            case False:
                self._create(fields)
            case _:
                pass

    def _create(self, fields: Fields) -> int:
        sent = {**fields, "custom_20": self.marker}
        customer_id = self.customers.create(**sent)
        self._take_in(customer_id, sent)
        return customer_id

    def _take_in(self, customer_id: int, sent: Fields) -> None:
        assert customer_id not in self.context.ids, f"the ID {customer_id} was used before"
        self.context.ids.add(customer_id)
        self._expect(self.state.created(self.customers.get(customer_id).raw, sent))

    # -- changes ------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.state.customers)
    @needs("update_customer")
    @rule(data=st.data(), who=WHO)
    def update(self, data: st.DataObject, who: int) -> None:
        fields = data.draw(changes(references=self.is_own), label="fields")
        customer_id = self._pick(who)
        assert self.customers.update(customer_id, **fields) == customer_id
        self._changed(customer_id, fields)

    @precondition(lambda self: self.state.customers)
    @needs("update_customer_by_external_key", "update_customer")
    @rule(data=st.data(), who=WHO, key=KEYS)
    def update_by_key(self, data: st.DataObject, who: int, key: str) -> None:
        fields = data.draw(changes(references=self.is_own), label="fields")
        holder = self.state.holder(self._key(key))
        if holder is None:
            self._not_found(lambda: self.customers.update_by_external_key(self._key(key), **fields))
        else:
            assert self.customers.update_by_external_key(self._key(key), **fields) == holder
            self._changed(holder, fields)

    @precondition(lambda self: self.is_own and self.state.customers)
    @rule(who=WHO)
    def update_nothing(self, who: int) -> None:
        customer_id = self._pick(who)
        answer = self.context.http.put(f"/api/v3/customer/{customer_id}", json={})
        assert answer.status_code == 202, answer.text
        self._changed(customer_id, {})

    @precondition(lambda self: self.state.customers)
    @needs("update_customer")
    @rule(who=WHO, key=KEYS | st.sampled_from(["", "its own"]))
    def give_a_key(self, who: int, key: str) -> None:
        customer_id = self._pick(who)
        full = self.state.customers[customer_id].get("external_key") or "" if key == "its own" else self._key(key)
        self._changed_or_refused(
            customer_id, {"external_key": full, "company": "Keyed"}, self.state.key_is_refused(full, customer_id)
        )

    @precondition(lambda self: self.state.customers)
    @needs("update_customer")
    @rule(who=WHO, parent=st.none() | WHO | st.just("unknown"), is_child=st.booleans())
    def give_a_parent(self, who: int, parent: int | Literal["unknown"] | None, is_child: bool) -> None:
        customer_id = self._pick_a_child(who) if is_child else self._pick(who)
        new = 2**63 - 1 if parent == "unknown" else None if parent is None else self._pick(parent)
        refused = self.state.parent_is_refused(new, customer_id)
        self._changed_or_refused(customer_id, {"parent_customer_id": new, "bill_city": "Trier"}, refused)

    @precondition(lambda self: self.state.customers)
    @needs("disconnect_parent")
    @rule(who=WHO)
    def disconnect(self, who: int) -> None:
        customer_id = self._pick_a_child(who)
        if self.state.parent_is_refused(None, customer_id):
            self._refused(lambda: self.customers.disconnect_parent(customer_id))
        else:
            self.customers.disconnect_parent(customer_id)
            self._changed(customer_id, {"parent_customer_id": None})

    def _changed_or_refused(self, customer_id: int, fields: Fields, refused: bool | None) -> None:
        if refused is None:
            return
        key = str(self.state.customers[customer_id].get("external_key") or "")
        by_key = bool(key) and not self.context.is_missing("update_customer_by_external_key")
        if refused:
            self._refused(lambda: self.customers.update(customer_id, **fields))
            if by_key:
                self._refused(lambda: self.customers.update_by_external_key(key, **fields))
        elif by_key:
            assert self.customers.update_by_external_key(key, **fields) == customer_id
            self._changed(customer_id, fields)
        else:
            assert self.customers.update(customer_id, **fields) == customer_id
            self._changed(customer_id, fields)

    def _changed(self, customer_id: int, sent: Fields) -> None:
        self._expect(self.state.changed(self.customers.get(customer_id).raw, sent))
        if self.is_own:
            # The date is shown in whole seconds; the order by it tells what changed last all the same.
            (last,) = self.customers.list(where=str(self._mark), order="mod_datetime:DESC", limit=1)
            assert last.customer_id == customer_id, f"mod_datetime:DESC begins with {last.customer_id}"

    @precondition(lambda self: self.is_own and self._unpaid())
    @rule(who=WHO)
    def pay(self, who: int) -> None:
        """The parent pays for its child; only our sandbox can be told so."""
        unpaid = self._unpaid()
        child, parent = unpaid[who % len(unpaid)]
        if self.context.record_payment:
            self.context.record_payment(child, parent)
            self.state.paid.add((child, parent))

    def _unpaid(self) -> list[tuple[int, int]]:
        pairs = [(child, fields.get("parent_customer_id")) for child, fields in self.state.customers.items()]
        return sorted((child, parent) for child, parent in pairs if parent and (child, parent) not in self.state.paid)

    # -- deletions ----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.state.customers) > 2)
    @needs("delete_customer")
    @rule(who=WHO)
    def delete(self, who: int) -> None:
        customer_id = self._pick(who)
        self._delete(customer_id, lambda: self.customers.delete(customer_id))

    @precondition(lambda self: len(self.state.customers) > 2)
    @needs("delete_customer_by_external_key", "delete_customer")
    @rule(key=KEYS)
    def delete_by_key(self, key: str) -> None:
        holder = self.state.holder(self._key(key))
        if holder is None:
            self._not_found(lambda: self.customers.delete_by_external_key(self._key(key)))
        else:
            self._delete(holder, lambda: self.customers.delete_by_external_key(self._key(key)))

    def _delete(self, customer_id: int, delete: Callable[[], None]) -> None:
        if self.state.is_parent(customer_id):
            self._refused(delete)
            return
        fields = self.state.customers[customer_id]
        delete()
        self.state.deleted(customer_id)
        self._is_gone(customer_id, fields)

    def _is_gone(self, customer_id: int, fields: Fields) -> None:
        gone: list[tuple[str, Callable[[], object]]] = [
            ("get_customer", lambda: self.customers.get(customer_id)),
            ("update_customer", lambda: self.customers.update(customer_id, company="Gone")),
            ("disconnect_parent", lambda: self.customers.disconnect_parent(customer_id)),
            ("delete_customer", lambda: self.customers.delete(customer_id)),
        ]
        if fields.get("token"):
            gone.append(("get_customer_by_token", lambda: self.customers.get_by_token(fields["token"])))
        if key := fields.get("external_key"):
            gone.append(("get_customer_by_external_key", lambda: self.customers.get_by_external_key(key)))
        for operation, call in gone:
            # Elsewhere a new customer may have the ID by now: nothing published excludes it.
            is_safe = self.is_own or operation.startswith("get_")
            if is_safe and not self.context.is_missing(operation):
                self._not_found(call)

    # -- reading ------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.state.customers)
    @needs("get_customer_by_token")
    @rule(who=WHO)
    def get_by_token(self, who: int) -> None:
        fields = self.state.customers[self._pick(who)]
        if fields.get("token"):
            self._expect(self.state.unchanged(self.customers.get_by_token(fields["token"]).raw))

    @needs("get_customer_by_external_key")
    @rule(key=KEYS)
    def get_by_key(self, key: str) -> None:
        holder = self.state.holder(self._key(key))
        if holder is None:
            self._not_found(lambda: self.customers.get_by_external_key(self._key(key)))
        else:
            shown = self.customers.get_by_external_key(self._key(key)).raw
            assert shown["customer_id"] == holder
            self._expect(self.state.unchanged(shown))

    @needs("list_customers", "count_customers")
    @rule(
        questions=st.lists(QUESTIONS, min_size=1, max_size=2) | st.just([]),
        order=st.none() | st.sampled_from(sorted(WRITABLE - {"tags", "custom_20"})),
        descending=st.booleans(),
        limit=st.none() | st.integers(0, 6),
        offset=st.integers(0, 4),
        page_size=st.sampled_from([1, 2, 3, 500]),
    )
    def find(
        self,
        questions: list[Question],
        order: str | None,
        descending: bool,
        limit: int | None,
        offset: int,
        page_size: int,
    ) -> None:
        # A server other than ours may order by what is equal, by null and by texts as it likes.
        field = order if order and self.is_own else "customer_id"
        conditions, found = say(questions, list(self.state.customers.values()), is_own=self.is_own)
        where = where_text([self._mark, *conditions])
        number = self.customers.count(where=where)
        assert number == len(found), f"the count is {number}, not {len(found)}, where {where!r}"
        # None is the order of the IDs.
        asked = f"{field}:{'DESC' if descending else 'ASC'}" if order else None
        expected = in_order(found, field, descending=descending and asked is not None)[offset:][:limit]
        shown = [
            one.raw
            for one in self.customers.list(where=where, order=asked, limit=limit, offset=offset, page_size=page_size)
        ]
        ids = [fields["customer_id"] for fields in shown]
        right = [fields["customer_id"] for fields in expected]
        assert ids == right, f"the list has the customers {ids}, not {right}, where {where!r} order {asked!r}"
        for fields in shown:
            self._expect(self.state.unchanged(fields, in_a_list=True))

    # -- bulk requests ------------------------------------------------------------------------------------------

    @precondition(lambda self: self.state.customers)
    @needs("bulk", "update_customer")
    @rule(steps=st.lists(STEPS, max_size=8))
    def bulk(self, steps: list[Step]) -> None:
        for customer_id, sent, is_new in carried_out(self.context, self.state, self.marker, steps):
            if is_new:
                self._take_in(customer_id, sent)
            else:
                self._expect(self.state.changed(self.customers.get(customer_id).raw, sent))

    @precondition(lambda self: not self.was_refused_26)
    @needs("bulk")
    @rule()
    def bulk_of_26(self) -> None:
        """More than 25 are refused, and nothing is done; the client itself never sends so many."""
        self.was_refused_26 = True
        one = {
            "request_method": "POST",
            "uri": "/api/v3/customer",
            "payload": {"company": "Refused", "custom_20": self.marker},
        }
        answer = self.context.http.post("/api/v3/_bulk", json=[one] * 26)
        assert answer.status_code == 400, answer.text

    # -- what is always true --------------------------------------------------------------------------------------

    @invariant()
    def customers_are_as_they_were_last_read(self) -> None:
        found = self.context.recorder.notes.findings
        assert not (found and STOPS_AT_FIRST), "\n".join(map(str, found))
        if not self.context.is_missing("list_customers"):
            shown = [one.raw for one in self.customers.list(where=str(self._mark))]
            ids = [fields.get("customer_id") for fields in shown]
            there = sorted(self.state.customers)
            assert ids == there, f"the list has the customers {ids}, not {there}"
            for fields in shown:
                self._expect(self.state.unchanged(fields, in_a_list=True))
        if not self.context.is_missing("count_customers"):
            number = self.customers.count(where=str(self._mark))
            assert number == len(self.state.customers), f"the count is {number}, not {len(self.state.customers)}"

    def teardown(self) -> None:
        """Delete the customers of this example from a server that stays, the children first."""
        if self.is_own or self.context.is_missing("delete_customer"):
            return
        there = dict(self.state.customers)
        while there:
            parents = {fields.get("parent_customer_id") for fields in there.values()}
            childless = [one for one in there if one not in parents] or list(there)
            for customer_id in childless:
                self.context.http.delete(f"/api/v3/customer/{customer_id}")
                del there[customer_id]

    # -- outcomes -----------------------------------------------------------------------------------------------

    def _expect(self, wrong: Any) -> None:
        found = list(wrong)
        assert not found, "\n".join(found)

    def _refused(self, call: Callable[[], object]) -> None:
        _raises(BadRequestError, call)

    def _not_found(self, call: Callable[[], object]) -> None:
        _raises(NotFoundError, call)


def _raises(expected: type[Exception], call: Callable[[], object]) -> None:
    try:
        result = call()
    except expected:
        return
    raise AssertionError(f"no {expected.__name__}, but the result {result!r}")
