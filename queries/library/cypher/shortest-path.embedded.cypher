//+ twin: shortest-path
MATCH
  (c:City {id: $city})
  -[way:TWINNED_WITH* ALL SHORTEST 1..10 (t, b | WHERE t.stands)]-
  (o:City {id: $other})
WHERE c.id <> o.id
WITH DISTINCT [c.id] + properties(nodes(way), 'id') + [o.id] AS ids
UNWIND range(1, size(ids)) AS place
WITH DISTINCT place - 1 AS number, ids[place] AS one
MATCH (a:City|Region|Country|Organization|Unit {id: one})
OPTIONAL MATCH (a)-[:IN_COUNTRY|IN_WORLD_REGION]->(k)
RETURN
  number AS step,
  a.id AS actor,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS actor_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name
ORDER BY step, actor_name, actor
