"""Relays: accounts outside a group's coordination that pass on what it brings."""
