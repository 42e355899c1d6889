//+ twin: sister-cities
MATCH (:City {id: $city})-[t:TWINNED_WITH]-(p)
OPTIONAL MATCH (s:Concept {id: 'status/' + t.status})
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(k:Country)
RETURN
  t.id AS agreement,
  p.id AS partner,
  CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END AS partner_name,
  CASE
    WHEN p.id STARTS WITH 'region/' THEN 'region'
    WHEN p.id STARTS WITH 'country/' THEN 'country'
    WHEN p.id STARTS WITH 'organization/' THEN 'organization'
    WHEN p.id STARTS WITH 'unit/' THEN 'unit'
  END AS no_city,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  s.id AS status,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  t.since AS start,
  t.until AS `end`,
  t.attested AS attested,
  t.sources AS sources
ORDER BY partner_name, partner, agreement
