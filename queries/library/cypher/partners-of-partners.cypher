//+ twin: partners-of-partners
MATCH (c:City {id: $city})-[t:TWINNED_WITH]-(b:City)
WHERE t.stands
WITH DISTINCT c, b
MATCH (b)-[u:TWINNED_WITH]-(p:City)
WHERE p.id <> c.id
  AND u.stands
  AND NOT EXISTS { MATCH (c)-[v:TWINNED_WITH]-(p) WHERE v.stands }
WITH p, count(DISTINCT b.id) AS shared
ORDER BY shared DESC, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
RETURN
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  shared AS common
ORDER BY common DESC, partner
