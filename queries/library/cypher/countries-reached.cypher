//+ twin: countries-reached
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH|REPRESENTED_IN|FLIES_TO]-(p)
WHERE form = 'relationship' AND t.stands
OPTIONAL MATCH (c:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND q.id <> c.id AND a.stands
OPTIONAL MATCH (p)-[:IN_COUNTRY*0..1]->(l:Country)
OPTIONAL MATCH (q)-[:IN_COUNTRY*0..1]->(m:Country)
WITH DISTINCT coalesce(t.id, a.id) AS tie, coalesce(l.id, m.id) AS place
MATCH (k:Country {id: place})
WHERE NOT EXISTS { MATCH (:City {id: $city})-[:IN_COUNTRY]->(k) }
OPTIONAL MATCH (k)-[:IN_WORLD_REGION]->(r:Concept)
RETURN
  k.id AS country,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label) ELSE k.label END AS country_name,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS region_name,
  count(CASE WHEN tie STARTS WITH 'agreement/' THEN 1 END) AS agreements,
  count(CASE WHEN tie STARTS WITH 'mission/' THEN 1 END) AS missions,
  count(CASE WHEN tie STARTS WITH 'route/' THEN 1 END) AS routes
ORDER BY country_name, country
