"""The fields of a customer that a condition or an order can name."""

from typing import Final

from chargeover._calls.conditions import DateTimeField, FlagField, ListField, NumberField, TextField, query_field
from chargeover._wire import CUSTOMER, CustomerQuery

Field: Final[CustomerQuery[TextField, NumberField, FlagField, ListField, DateTimeField]] = CustomerQuery()
"""The fields of a customer, to make conditions and orders of: ``Field.company.contains("Ltd")``."""
for _name, _rule in CUSTOMER.items():
    setattr(Field, _name, query_field(_name, _rule))
