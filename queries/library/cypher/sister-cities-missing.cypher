//+ twin: sister-cities-missing
MATCH (c:City {id: $city})
MATCH (:City {id: $other})-[t:TWINNED_WITH]-(p:City)
WHERE t.stands
  AND p.id <> c.id
  AND NOT EXISTS { MATCH (c)-[u:TWINNED_WITH]-(p) WHERE u.stands }
WITH DISTINCT c, p
OPTIONAL MATCH (c)-[w:TWINNED_WITH]-(p)
WITH c, p, count(w.id) AS told, count(w.stands) AS decided
OPTIONAL MATCH (c)-[v:TWINNED_WITH]-(p)
OPTIONAL MATCH (s:Concept {id: 'status/' + v.status})
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
RETURN
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  CASE WHEN told > 0 AND decided = told THEN 'no' ELSE 'unknown' END AS twinned,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  v.until AS `end`
ORDER BY twinned, partner_name, partner
