//+ twin: cities-by-ties
MATCH (c:City)-[t:TWINNED_WITH]-(p:City)
WHERE t.stands
WITH c, count(DISTINCT p.id) AS tied
ORDER BY tied DESC, c.id
LIMIT $limit
OPTIONAL MATCH (c)-[m:MEMBER_OF]->(o:Organization)
WHERE m.stands AND m.grade >= 2
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(k:Country)
RETURN
  c.id AS city,
  CASE $lang WHEN 'fa' THEN coalesce(c.label_fa, c.label) ELSE c.label END AS city_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  tied AS partners,
  count(DISTINCT o.id) AS organizations
ORDER BY partners DESC, city
