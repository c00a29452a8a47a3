"""Several who do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import connection


def at_once(tasks: Sequence[Callable[[], object]]) -> None:
    """Do all tasks at once, each in a thread and with a database connection of its own.

    The test needs `django_db(transaction=True)`: else the threads do not see what it has written.

    Raises:
        ExceptionGroup: what any of them raised.
    """
    gate, failures = threading.Barrier(len(tasks)), list[Exception]()

    def run(task: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            task()
        except Exception as failure:  # noqa: BLE001  # told to the test below, whatever it is
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise ExceptionGroup("At once", failures)
