"""429 and 500: no request can ask for them, so our sandbox is told to send them, as the document has them."""

import pytest

from chargeover_contract.document import OPERATIONS
from chargeover_contract.faults import Faults
from chargeover_contract.http import CheckedHttp
from chargeover_contract.server import Server
from tests.contract.asking import one_request

pytestmark = pytest.mark.contract


@pytest.mark.parametrize("status", [429, 500])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_fault_is_sent_as_the_document_has_it(
    server: Server, impatient: CheckedHttp, faults: Faults, sandbox_only: None, operation: str, status: int
) -> None:
    if not faults.are_there():
        pytest.skip("cannot be asked for: this server has no faults that can be set")
    method, path, body = one_request(operation)
    faults.once(operation, status)
    impatient(method, path, body, status)
