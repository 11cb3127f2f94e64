from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.customer_update import CustomerUpdate
from ...models.error_envelope import ErrorEnvelope
from ...models.identified_envelope import IdentifiedEnvelope
from ...types import Response


def _get_kwargs(
    external_key: str,
    *,
    body: CustomerUpdate,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v3/customer/external_key:{external_key}".format(
            external_key=quote(str(external_key), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> ErrorEnvelope | IdentifiedEnvelope | None:
    if response.status_code == 202:
        response_202 = IdentifiedEnvelope.from_dict(response.json())

        return response_202

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

    if response.status_code == 415:
        response_415 = ErrorEnvelope.from_dict(response.json())

        return response_415

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
) -> Response[ErrorEnvelope | IdentifiedEnvelope]:
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
    body: CustomerUpdate,
) -> Response[ErrorEnvelope | IdentifiedEnvelope]:
    """Update a customer by its external key

     Changes the fields that are sent and leaves all others as they are, as "Update a customer" does.

    Args:
        external_key (str):
        body (CustomerUpdate): The fields that an update may change. Fields that are not sent stay
            as they are.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorEnvelope | IdentifiedEnvelope]
    """

    kwargs = _get_kwargs(
        external_key=external_key,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: CustomerUpdate,
) -> ErrorEnvelope | IdentifiedEnvelope | None:
    """Update a customer by its external key

     Changes the fields that are sent and leaves all others as they are, as "Update a customer" does.

    Args:
        external_key (str):
        body (CustomerUpdate): The fields that an update may change. Fields that are not sent stay
            as they are.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorEnvelope | IdentifiedEnvelope
    """

    return sync_detailed(
        external_key=external_key,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: CustomerUpdate,
) -> Response[ErrorEnvelope | IdentifiedEnvelope]:
    """Update a customer by its external key

     Changes the fields that are sent and leaves all others as they are, as "Update a customer" does.

    Args:
        external_key (str):
        body (CustomerUpdate): The fields that an update may change. Fields that are not sent stay
            as they are.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorEnvelope | IdentifiedEnvelope]
    """

    kwargs = _get_kwargs(
        external_key=external_key,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    external_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: CustomerUpdate,
) -> ErrorEnvelope | IdentifiedEnvelope | None:
    """Update a customer by its external key

     Changes the fields that are sent and leaves all others as they are, as "Update a customer" does.

    Args:
        external_key (str):
        body (CustomerUpdate): The fields that an update may change. Fields that are not sent stay
            as they are.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorEnvelope | IdentifiedEnvelope
    """

    return (
        await asyncio_detailed(
            external_key=external_key,
            client=client,
            body=body,
        )
    ).parsed
