"""The worker process from inside: what it does before its first job.

Kept apart from ``exports.worker`` so that a new process imports next to nothing.
"""

import os
import signal
import sys
import threading
from multiprocessing import parent_process

NICENESS = 10  # people's answers go before anybody's workbook


def prepare() -> None:
    """Step back behind the bot, and never outlive it."""
    if sys.platform != "win32":
        os.nice(NICENESS)
    # Ctrl+C in a terminal reaches the whole group; when to stop is the bot's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A bot that was killed cannot close its pool, and its worker would wait for jobs for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
