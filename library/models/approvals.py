"""One of the two approvals an edit needs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class OneApproval(AbstractGroupApprovalTask):
    """Only members of the group decide, admins too only as members, and nobody gives both approvals."""

    class Meta:
        verbose_name = _("one of two approvals")
        verbose_name_plural = _("one of two approvals")

    def may_decide(self, obj: Any, user: Any) -> bool:
        """Whether this person may approve or send back."""
        if not self._user_in_groups(user):
            return False
        state = obj.current_workflow_state
        earlier = state.task_states.filter(status=TaskState.STATUS_APPROVED).exclude(task_id=self.pk) if state else None
        return earlier is None or not earlier.filter(finished_by=user).exists()

    def get_actions(self, obj, user):
        """What the person is offered."""
        return super().get_actions(obj, user) if self.may_decide(obj, user) else []

    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide; raises PermissionDenied for somebody who may not."""
        if not self.may_decide(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """What waits for this person."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls):
        """For the list of tasks."""
        return _("One member of the group approves; the other approval comes from somebody else.")
