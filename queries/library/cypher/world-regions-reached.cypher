//+ twin: world-regions-reached
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH|REPRESENTED_IN|FLIES_TO]-(p)
WHERE form = 'relationship' AND t.stands
OPTIONAL MATCH (c:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND q.id <> c.id AND a.stands
OPTIONAL MATCH (p)-[:IN_COUNTRY*0..1]->(l:Country)
OPTIONAL MATCH (q)-[:IN_COUNTRY*0..1]->(m:Country)
WITH DISTINCT coalesce(l.id, m.id) AS place
MATCH (k:Country {id: place})-[:IN_WORLD_REGION]->(r:Concept)
WHERE NOT EXISTS { MATCH (:City {id: $city})-[:IN_COUNTRY]->(k) }
OPTIONAL MATCH (r)-[:BROADER]->(b:Concept)
RETURN
  r.id AS region,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS region_name,
  CASE $lang WHEN 'fa' THEN coalesce(b.label_fa, b.label_en) ELSE b.label_en END AS continent_name,
  count(DISTINCT k.id) AS number,
  collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label) ELSE k.label END) AS countries
ORDER BY coalesce(continent_name, ''), region_name, region
