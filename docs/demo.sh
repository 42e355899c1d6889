#!/bin/sh
# What `make demo` shows. $1: citydip, by a path that is absolute or begins at the repository's root.
set -eu
cd "$(dirname "$0")/.."
citydip=$1
out=demo
export CITYDIPLOMACY_STORE="$out/store"
made="$CITYDIPLOMACY_STORE/manifest.json"

# The store is built anew when what it is made from is newer than it.
if [ ! -e "$made" ] ||
  [ -n "$(find ontology graph loaders -type f -newer "$made" -not -path '*/__pycache__/*' | head -n 1)" ]; then
  "$citydip" build
else
  echo "$CITYDIPLOMACY_STORE is up to date." >&2
fi

echo
"$citydip" compare Mashhad Tehran
echo
"$citydip" query cities-by-ties # Mashhad among the cities of the world
echo
echo "The same in Persian: $citydip compare مشهد تهران --lang fa --store $CITYDIPLOMACY_STORE"

rm -rf "$out/exports"
trap 'cat "$out/log" >&2' EXIT # of what fails, the first ends it
{
  "$citydip" draw network "$out/mashhad-tehran.html" Mashhad Tehran
  "$citydip" draw network "$out/mashhad-tehran.fa.html" Mashhad Tehran --lang fa
  "$citydip" draw map "$out/mashhad-tehran.svg" Mashhad Tehran
  "$citydip" draw world "$out/world.html"
  "$citydip" draw world "$out/world.fa.html" --lang fa
  for form in html pdf; do
    "$citydip" report Mashhad --against Tehran -o "$out/dossier.$form"
    "$citydip" report Mashhad --against Tehran --lang fa -o "$out/dossier.fa.$form"
  done
  "$citydip" export turtle "$out/exports/merged.ttl"
  "$citydip" export nquads "$out/exports/everything.nq"
  "$citydip" export csv "$out/exports/tables"
  "$citydip" export gexf "$out/exports/network.gexf"
} 2>"$out/log"
trap - EXIT

cat <<END

Written:
  $out/dossier.html             the dossier of Mashhad against Tehran: each number opens what it rests on
  $out/dossier.fa.html          the same in Persian
  $out/dossier.pdf              the same on paper
  $out/dossier.fa.pdf           the same on paper in Persian
  $out/mashhad-tehran.html      the ties of both cities: open it in a browser; it works offline
  $out/mashhad-tehran.fa.html   the same in Persian
  $out/mashhad-tehran.svg       the ties on a map, as a figure for print
  $out/world.html               all cities with ties, on the map, as a network and as a table
  $out/world.fa.html            the same in Persian
  $out/exports/merged.ttl       the merged view as Turtle
  $out/exports/everything.nq    every statement of every source as N-Quads
  $out/exports/tables/          all sources as tables, which 'citydip load' reads again
  $out/exports/network.gexf     the network, for Gephi
  $out/store/                   the store: export CITYDIPLOMACY_STORE=$out/store, then ask it with citydip
END
