//+ twin: sister-cities-by-place
MATCH (:City {id: $city})-[t:TWINNED_WITH]-(p:City)
WHERE t.stands
UNWIND t.sources AS source
WITH p, collect(DISTINCT source) AS sources
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
OPTIONAL MATCH (k)-[:IN_WORLD_REGION]->(r:Concept)
RETURN
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  k.id AS country,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  r.id AS region,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS region_name,
  sources AS sources
ORDER BY partner_name, partner
