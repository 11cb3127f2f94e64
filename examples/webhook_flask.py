"""Receive ChargeOver's webhooks with Flask: ``flask --app webhook_flask run``, behind something that speaks https."""

import os

from flask import Flask, Response, request

from chargeover import webhooks

app = Flask(__name__)


@app.post("/chargeover")
def receive() -> Response:
    """Note an event of a customer."""
    secret = os.environ["CHARGEOVER_WEBHOOK_SECRET"]
    try:
        event = webhooks.parse(request.get_data(), request.headers, secret=secret)
    except webhooks.WebhookSecretError as error:
        return Response(error.reason, 401)
    except webhooks.WebhookContentError as error:
        app.logger.warning("A webhook was ignored: %s", error.reason)
        return Response("ignored")  # another status would have it sent again
    app.logger.warning("customer %d: %s", event.customer_id, event.event)
    return Response("received")
