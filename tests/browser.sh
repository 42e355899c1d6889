#!/bin/sh
# A Chromium for the tests of pages: the system's, else Debian's package, else Playwright's own (where it can be fetched).
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ -n "$(apt-cache policy chromium 2>/dev/null | grep 'Candidate: [0-9]')" ] || ! grep -qi ubuntu /etc/os-release; then
  "$(dirname "$0")/system-package.sh" chromium
else
  "$1/playwright" install --with-deps chromium
fi
