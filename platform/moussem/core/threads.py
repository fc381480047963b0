"""The demonstration's tasks: short ones at once, long ones one after the other beside the request."""

from threading import Lock, Thread

from django.db import connection
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

# The priority of long work: a queue takes mails before it, the demonstration gives it a thread.
MAY_WAIT = -10


class ThreadBackend(ImmediateBackend):
    """Runs what may wait in a thread, so that nobody's request is held; a stop of the server ends it."""

    def __init__(self, alias: str, params: dict) -> None:
        super().__init__(alias, params)
        self.turn = Lock()

    def _execute_task(self, task_result: TaskResult) -> None:
        if task_result.task.priority > MAY_WAIT:
            super()._execute_task(task_result)
        else:
            Thread(target=self._execute_in_turn, args=[task_result], daemon=True).start()

    def _execute_in_turn(self, task_result: TaskResult) -> None:
        try:
            with self.turn:
                super()._execute_task(task_result)
        finally:
            connection.close()
