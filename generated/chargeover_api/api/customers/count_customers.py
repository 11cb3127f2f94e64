from http import HTTPStatus
from typing import Any

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.count_envelope import CountEnvelope
from ...models.error_envelope import ErrorEnvelope
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    where: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["where"] = where

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v3/customer/_count",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> CountEnvelope | ErrorEnvelope | None:
    if response.status_code == 200:
        response_200 = CountEnvelope.from_dict(response.json())

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
) -> Response[CountEnvelope | ErrorEnvelope]:
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
) -> Response[CountEnvelope | ErrorEnvelope]:
    """Count customers

     Returns the number of customers that match all terms of `where`.

    Args:
        where (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CountEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        where=where,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
) -> CountEnvelope | ErrorEnvelope | None:
    """Count customers

     Returns the number of customers that match all terms of `where`.

    Args:
        where (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CountEnvelope | ErrorEnvelope
    """

    return sync_detailed(
        client=client,
        where=where,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
) -> Response[CountEnvelope | ErrorEnvelope]:
    """Count customers

     Returns the number of customers that match all terms of `where`.

    Args:
        where (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CountEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        where=where,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    where: str | Unset = UNSET,
) -> CountEnvelope | ErrorEnvelope | None:
    """Count customers

     Returns the number of customers that match all terms of `where`.

    Args:
        where (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CountEnvelope | ErrorEnvelope
    """

    return (
        await asyncio_detailed(
            client=client,
            where=where,
        )
    ).parsed
