"""Where things are, so that a test can move without counting folders."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
