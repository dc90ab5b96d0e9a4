#!/usr/bin/env bash
# Locks the dependencies of pyproject.toml, with hashes, for every Python from 3.11 on; needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  pyproject.toml --extra excel --group build "${@:2}" -o "requirements/$1.txt"; }
lock core
lock dev --group dev
lock spark --group dev --extra spark
