"""The mirror: own archives -> what a person does of their own, and what moves them. `find.find_mirror` makes it."""
