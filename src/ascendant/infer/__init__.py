"""Activity -> influence, each figure with its doubt. This version knows the named layer: what the platforms say."""
