"""The public half of the key that webhooks are signed with."""

from fastapi import APIRouter, Response

from api.answers.webhooks import WebhookKey
from api.dependencies import CurrentHub
from api.editing.answers import private
from api.keys import KeyIfSent
from api.problems import RESPONSES
from content.syndication import webhook_key

router = APIRouter(
    prefix="/v1/webhook-key", tags=["webhooks"], responses=RESPONSES, route_class=KeyIfSent
)


@router.get("", response_model=WebhookKey)
def read_webhook_key(hub: CurrentHub) -> Response:
    """Read the key that webhooks are signed with.

    What `v1a` signatures are verified with; 404 where the hub has no key for webhooks.
    """
    key = webhook_key.load(hub.settings.webhook_key)
    return private({"key": webhook_key.public(key)})
