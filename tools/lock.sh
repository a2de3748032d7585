#!/usr/bin/env bash
# Write the two locks anew: needs pip-tools (pip install pip-tools) and Python 3.11, the oldest that we support.
set -euo pipefail
cd "$(dirname "$0")/.."
export CUSTOM_COMPILE_COMMAND="tools/lock.sh"
common=(--quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras "$@")
pip-compile "${common[@]}" --extra build --output-file requirements/run.lock pyproject.toml
pip-compile "${common[@]}" --extra build --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock pyproject.toml
# the constraint's file name is of no use to a reader and differs between machines
sed -i -e 's/^\(    #.*\)-c .*run\.lock$/\1run.lock/' requirements/dev.lock
