"""Groups: accounts that do the same thing at the same time, more than chance lets them. `traces.find_traces` begins."""
