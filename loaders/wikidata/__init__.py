"""Wikidata: cities, their twin towns and memberships, from its query service or a dump (docs/wikidata.md)."""
