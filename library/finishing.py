"""What happens when a workflow is through. Wagtail imports this while its own models load, so it imports nothing."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved: the approvals are the permission (WAGTAIL_FINISH_WORKFLOW_ACTION)."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
