from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.done_envelope import DoneEnvelope
from ...models.error_envelope import ErrorEnvelope
from ...types import Response


def _get_kwargs(
    external_key: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v3/customer/external_key:{external_key}".format(
            external_key=quote(str(external_key), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> DoneEnvelope | ErrorEnvelope | None:
    if response.status_code == 200:
        response_200 = DoneEnvelope.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ErrorEnvelope.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ErrorEnvelope.from_dict(response.json())

        return response_401

    if response.status_code == 404:
        response_404 = ErrorEnvelope.from_dict(response.json())

        return response_404

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
) -> Response[DoneEnvelope | ErrorEnvelope]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[DoneEnvelope | ErrorEnvelope]:
    """Delete a customer by its external key

     Deletes a customer, as "Delete a customer" does.

    Args:
        external_key (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DoneEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        external_key=external_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
) -> DoneEnvelope | ErrorEnvelope | None:
    """Delete a customer by its external key

     Deletes a customer, as "Delete a customer" does.

    Args:
        external_key (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DoneEnvelope | ErrorEnvelope
    """

    return sync_detailed(
        external_key=external_key,
        client=client,
    ).parsed


async def asyncio_detailed(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[DoneEnvelope | ErrorEnvelope]:
    """Delete a customer by its external key

     Deletes a customer, as "Delete a customer" does.

    Args:
        external_key (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DoneEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        external_key=external_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
) -> DoneEnvelope | ErrorEnvelope | None:
    """Delete a customer by its external key

     Deletes a customer, as "Delete a customer" does.

    Args:
        external_key (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DoneEnvelope | ErrorEnvelope
    """

    return (
        await asyncio_detailed(
            external_key=external_key,
            client=client,
        )
    ).parsed
