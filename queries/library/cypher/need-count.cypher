//+ twin: need-count
OPTIONAL MATCH (n:Need)-[:NEED_OF]->(:City {id: $city})
WITH count(DISTINCT n.id) AS told
OPTIONAL MATCH (s:Study)-[:ABOUT]->(:City {id: $city})
WITH told, count(s.id) AS studies
RETURN CASE WHEN told > 0 OR studies > 0 THEN told END AS needs
ORDER BY needs
