#!/bin/sh
# What the tests of PDF files need: veraPDF beside the virtual environment, and poppler's pdftotext. tools.sh .venv
set -eu
here=$(dirname "$0")
folder=$1/verapdf
install=$here/../../../system-package.sh

command -v pdftotext >/dev/null || "$install" poppler-utils
command -v java >/dev/null || "$install" default-jdk-headless
command -v mvn >/dev/null || "$install" maven

echo "Fetching veraPDF ..." >&2
rm -rf "$folder"
mkdir -p "$folder"
mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies \
  -DincludeScope=runtime "-DoutputDirectory=$(realpath "$folder")/lib"
touch "$folder/ready"
