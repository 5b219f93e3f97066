#!/bin/sh
# Lint and tests of the training code. Uses the Python given in PYTHON (an environment with requirements.txt installed).
set -eu
cd "$(dirname "$0")"
PYTHON="${PYTHON:-python3}"
"$PYTHON" -m ruff check .
"$PYTHON" -m pytest
