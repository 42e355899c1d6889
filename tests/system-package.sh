#!/bin/sh
# Install one system package, as root or through sudo; say what is missing where neither is possible.
set -eu
if [ "$(id -u)" = 0 ]; then run=""; elif command -v sudo >/dev/null; then run="sudo"; else
  echo "The system package $1 is missing; install it as root: apt-get install $1" >&2
  exit 1
fi
echo "Installing the system package $1 ..." >&2
$run apt-get update -qq
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq "$1" >/dev/null
