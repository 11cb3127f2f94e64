from http import HTTPStatus
from typing import Any

import httpx2

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.bulk_envelope import BulkEnvelope
from ...models.bulk_request import BulkRequest
from ...models.error_envelope import ErrorEnvelope
from ...types import Response


def _get_kwargs(
    *,
    body: list[BulkRequest],
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v3/_bulk",
    }

    _kwargs["json"] = []
    for componentsschemas_bulk_requests_item_data in body:
        componentsschemas_bulk_requests_item = componentsschemas_bulk_requests_item_data.to_dict()
        _kwargs["json"].append(componentsschemas_bulk_requests_item)

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx2.Response
) -> BulkEnvelope | ErrorEnvelope | None:
    if response.status_code == 200:
        response_200 = BulkEnvelope.from_dict(response.json())

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
) -> Response[BulkEnvelope | ErrorEnvelope]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: list[BulkRequest],
) -> Response[BulkEnvelope | ErrorEnvelope]:
    """Send up to 25 requests in one

     Carries out up to 25 requests in order, and returns a response for each, in the same order, under
    `response._bulk`. A failed request does not undo the others, and the response as a whole is still a
    200: check
    each `status`. More than 25 requests are refused, and none is carried out.

    Args:
        body (list[BulkRequest]): Up to 25 requests, in the order in which they are carried out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BulkEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: list[BulkRequest],
) -> BulkEnvelope | ErrorEnvelope | None:
    """Send up to 25 requests in one

     Carries out up to 25 requests in order, and returns a response for each, in the same order, under
    `response._bulk`. A failed request does not undo the others, and the response as a whole is still a
    200: check
    each `status`. More than 25 requests are refused, and none is carried out.

    Args:
        body (list[BulkRequest]): Up to 25 requests, in the order in which they are carried out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BulkEnvelope | ErrorEnvelope
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: list[BulkRequest],
) -> Response[BulkEnvelope | ErrorEnvelope]:
    """Send up to 25 requests in one

     Carries out up to 25 requests in order, and returns a response for each, in the same order, under
    `response._bulk`. A failed request does not undo the others, and the response as a whole is still a
    200: check
    each `status`. More than 25 requests are refused, and none is carried out.

    Args:
        body (list[BulkRequest]): Up to 25 requests, in the order in which they are carried out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BulkEnvelope | ErrorEnvelope]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: list[BulkRequest],
) -> BulkEnvelope | ErrorEnvelope | None:
    """Send up to 25 requests in one

     Carries out up to 25 requests in order, and returns a response for each, in the same order, under
    `response._bulk`. A failed request does not undo the others, and the response as a whole is still a
    200: check
    each `status`. More than 25 requests are refused, and none is carried out.

    Args:
        body (list[BulkRequest]): Up to 25 requests, in the order in which they are carried out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx2.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BulkEnvelope | ErrorEnvelope
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
