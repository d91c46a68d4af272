"""Several actions at the same instant, each in its own thread and connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from workflows.errors import Refused


def race(works: Sequence[Callable[[], Any]]) -> list[str]:
    """Run all at once; of each "done", the codes of the refusal, or the name of another exception."""
    found = [""] * len(works)
    barrier = threading.Barrier(len(works))

    def one(place: int) -> None:
        barrier.wait()
        try:
            works[place]()
            found[place] = "done"
        except Refused as refused:
            found[place] = ",".join(refused.codes)
        except Exception as error:  # noqa: BLE001 - the race is judged by what came out
            found[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
