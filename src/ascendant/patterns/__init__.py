"""Influence -> standing, spheres and tiers of accounts."""
