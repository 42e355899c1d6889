//+ twin: neighbourhood
MATCH (c:City {id: $city})-[t:TWINNED_WITH]-(x:City)
WHERE t.stands
WITH DISTINCT c, x
OPTIONAL MATCH (x)-[u:TWINNED_WITH]-(y:City)
WHERE u.stands AND $steps >= 2
WITH DISTINCT c, x, y
OPTIONAL MATCH (y)-[v:TWINNED_WITH]-(z:City)
WHERE v.stands AND $steps >= 3
UNWIND [1, 2, 3] AS length
WITH c, length, CASE length WHEN 1 THEN x.id WHEN 2 THEN y.id ELSE z.id END AS reached
WHERE reached <> c.id AND length <= $steps
WITH reached, min(length) AS fewest
MATCH (p:City {id: reached})
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
RETURN
  fewest AS distance,
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name
ORDER BY distance, partner_name, partner
