#!/bin/sh
# Builds the Debian package for this machine's architecture and Debian version into dist/.
# Fetches Python packages; needs: apt-get install debhelper dpkg-dev python3-venv python3-pip
set -eu
cd "$(dirname "$0")/.."
build=build/deb
rm -rf "$build"
mkdir -p "$build/receiptbridge" dist
git ls-files -z | grep -zv '^hardware_sim/captures/' | xargs -0 cp --parents --no-dereference -t "$build/receiptbridge"
(cd "$build/receiptbridge" && dpkg-buildpackage --build=binary --unsigned-source --unsigned-changes >../log 2>&1) ||
    { tail -n 40 "$build/log" >&2; exit 1; }
cp "$build"/receiptbridge_*.deb dist/
ls dist/receiptbridge_*.deb
