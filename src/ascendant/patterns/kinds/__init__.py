"""What sort of influencer, and what sort of influenced, an account is: from what it does, with the doubt beside it."""
