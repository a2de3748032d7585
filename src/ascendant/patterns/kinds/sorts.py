"""The kinds of the influenced by name: for pages, which need no model."""

from __future__ import annotations

from typing import Final

TARGET, CONSUMER, RELAY = "target", "consumer", "relay"
ROLES: Final = (TARGET, CONSUMER, RELAY)
