# Two commands: `make demo` shows what ascendant does, `make test` checks it. Both do all the set-up.
PYTHON ?= python3

.PHONY: demo test
demo:
	@$(PYTHON) tools/setup.py demo
test:
	@$(PYTHON) tools/setup.py test
