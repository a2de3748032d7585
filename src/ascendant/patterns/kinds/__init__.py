"""Kinds: what sort of influencer an account is, what sort of influenced; each with its doubt, term by term."""
