"""Tables -> what people read: one HTML file, one JSON document, terms explained; names through one door."""
