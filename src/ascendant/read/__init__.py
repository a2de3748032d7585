"""Exports on disk -> Activity rows. One file per platform or file family; all of them named in `readers.READERS`."""
