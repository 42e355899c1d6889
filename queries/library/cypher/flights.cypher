//+ twin: flights
MATCH (:City {id: $city})-[f:FLIES_TO]-(p:City)
OPTIONAL MATCH (s:Concept {id: 'status/' + f.status})
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
RETURN
  f.id AS route,
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  CASE WHEN f.stands THEN 'yes' WHEN NOT f.stands THEN 'no' ELSE 'unknown' END AS stands,
  f.since AS start,
  f.attested AS attested,
  f.sources AS sources
ORDER BY partner_name, partner, route
