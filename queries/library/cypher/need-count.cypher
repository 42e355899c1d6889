//+ twin: need-count
MATCH (n:Need)-[:NEED_OF]->(:City {id: $city})
RETURN count(DISTINCT n.id) AS needs
ORDER BY needs
