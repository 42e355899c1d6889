//+ twin: city-place
MATCH (c:City {id: $city})
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(k:Country)
OPTIONAL MATCH (k)-[:IN_WORLD_REGION]->(r:Concept)
RETURN
  c.id AS place,
  CASE $lang WHEN 'fa' THEN coalesce(c.label_fa, c.label) ELSE c.label END AS place_name,
  k.id AS country,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  r.id AS region,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS region_name
ORDER BY place
