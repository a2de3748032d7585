"""Influence -> what kind of account moves, and what kind is moved."""
