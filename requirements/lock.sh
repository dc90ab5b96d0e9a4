#!/usr/bin/env bash
# Locks the dependencies of pyproject.toml, with hashes, for every Python from 3.11 on; needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"; }
lock() { compile pyproject.toml --extra excel --group build "${@:2}" -o "requirements/$1.txt"; }
lock core
lock dev --group dev
lock spark --group dev --extra spark
# The wheels of scikit-learn-extra were made for NumPy 1: it is built from source, with tools that come first.
compile requirements/peers_build.in -o requirements/peers_build.txt
lock peers --group dev --extra peers requirements/peers.in --no-binary scikit-learn-extra --emit-build-options
