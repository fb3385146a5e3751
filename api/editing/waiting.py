"""What waits for the person who asks."""

from dataclasses import asdict

from fastapi import Response

from api.answers.versions import TaskList
from api.dependencies import CurrentActor, CurrentHub, Reading
from api.editing import routes
from api.editing.answers import private
from content.publication import waiting

router = routes.below("/waiting")


@router.get("", response_model=TaskList)
def read_waiting(actor: CurrentActor, hub: CurrentHub, session: Reading) -> Response:
    """See everything that waits for you.

    The most urgent first.
    """
    tasks = waiting.waiting(session, actor, hub.policy(session), hub.settings.locale_tags)
    told = [asdict(task) | {"due": task.due.isoformat() if task.due else None} for task in tasks]
    return private({"person": actor.id, "tasks": told})
