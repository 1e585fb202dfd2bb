"""What day it is, asked once a run: what is scheduled for later is not to be seen yet.

`SOURCE_DATE_EPOCH` sets it, in seconds since 1970, as for other programs whose output is to be the same again
(https://reproducible-builds.org/docs/source-date-epoch/).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

VARIABLE = "SOURCE_DATE_EPOCH"


def now() -> datetime:
    """The moment that counts as now. A value that is no moment counts as none."""
    try:
        return datetime.fromtimestamp(int(os.environ.get(VARIABLE, "")), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)
