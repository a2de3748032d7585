"""The command line: one file a command. Each asks `study`, and shows what comes back."""
