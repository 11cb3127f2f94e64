"""Receive ChargeOver's webhooks with FastAPI: ``uvicorn webhook_fastapi:app``, behind something that speaks https."""

import logging
import os

from fastapi import FastAPI, Request, Response

from chargeover import webhooks

app = FastAPI()
log = logging.getLogger("uvicorn.error")


@app.post("/chargeover")
async def receive(request: Request) -> Response:
    """Note an event of a customer."""
    secret = os.environ["CHARGEOVER_WEBHOOK_SECRET"]
    try:
        event = webhooks.parse(await request.body(), request.headers, secret=secret)
    except webhooks.WebhookSecretError as error:
        return Response(error.reason, 401)
    except webhooks.WebhookContentError as error:
        log.warning("A webhook was ignored: %s", error.reason)
        return Response("ignored")  # another status would have it sent again
    log.info("customer %d: %s", event.customer_id, event.event)
    return Response("received")
