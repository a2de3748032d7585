"""Who pays to reach whom, on what, and whether the aim grows finer."""
