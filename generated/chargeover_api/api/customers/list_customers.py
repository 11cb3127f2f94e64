from http import HTTPStatus
from typing import Any

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.customers_envelope import CustomersEnvelope
from ...models.error_envelope import ErrorEnvelope
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    where: str | Unset = UNSET,
    order: str | Unset = UNSET,
    limit: int | Unset = 10,
    offset: int | Unset = 0,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["where"] = where

    params["order"] = order

    params["limit"] = limit

    params["offset"] = offset

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v3/customer",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> CustomersEnvelope | ErrorEnvelope | None:
    if response.status_code == 200:
        response_200 = CustomersEnvelope.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ErrorEnvelope.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ErrorEnvelope.from_dict(response.json())

        return response_401

    if response.status_code == 405:
        response_405 = ErrorEnvelope.from_dict(response.json())

        return response_405

    if response.status_code == 429:
        response_429 = ErrorEnvelope.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ErrorEnvelope.from_dict(response.json())

        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> Response[CustomersEnvelope | ErrorEnvelope]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
    order: str | Unset = UNSET,
    limit: int | Unset = 10,
    offset: int | Unset = 0,
) -> Response[CustomersEnvelope | ErrorEnvelope]:
    """List customers

     Returns the customers that match all terms of `where`, one page at a time. The rows lack `tags`,
    which "Get a
    customer" has. Query parameters that are not listed here are ignored.

    Args:
        where (str | Unset):
        order (str | Unset):
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CustomersEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        where=where,
        order=order,
        limit=limit,
        offset=offset,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
    order: str | Unset = UNSET,
    limit: int | Unset = 10,
    offset: int | Unset = 0,
) -> CustomersEnvelope | ErrorEnvelope | None:
    """List customers

     Returns the customers that match all terms of `where`, one page at a time. The rows lack `tags`,
    which "Get a
    customer" has. Query parameters that are not listed here are ignored.

    Args:
        where (str | Unset):
        order (str | Unset):
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CustomersEnvelope | ErrorEnvelope
    """

    return sync_detailed(
        client=client,
        where=where,
        order=order,
        limit=limit,
        offset=offset,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
    order: str | Unset = UNSET,
    limit: int | Unset = 10,
    offset: int | Unset = 0,
) -> Response[CustomersEnvelope | ErrorEnvelope]:
    """List customers

     Returns the customers that match all terms of `where`, one page at a time. The rows lack `tags`,
    which "Get a
    customer" has. Query parameters that are not listed here are ignored.

    Args:
        where (str | Unset):
        order (str | Unset):
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CustomersEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        where=where,
        order=order,
        limit=limit,
        offset=offset,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
    order: str | Unset = UNSET,
    limit: int | Unset = 10,
    offset: int | Unset = 0,
) -> CustomersEnvelope | ErrorEnvelope | None:
    """List customers

     Returns the customers that match all terms of `where`, one page at a time. The rows lack `tags`,
    which "Get a
    customer" has. Query parameters that are not listed here are ignored.

    Args:
        where (str | Unset):
        order (str | Unset):
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CustomersEnvelope | ErrorEnvelope
    """

    return (
        await asyncio_detailed(
            client=client,
            where=where,
            order=order,
            limit=limit,
            offset=offset,
        )
    ).parsed
