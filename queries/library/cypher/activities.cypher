//+ twin: activities
MATCH (c:City {id: $city})<-[:TOOK_PART]-(a:Activity)
OPTIONAL MATCH (k:Concept {id: 'activity-kind/' + a.kind})
OPTIONAL MATCH (a)-[:TOOK_PART]->(p) WHERE p.id <> c.id
WITH a, k, collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END) AS others
RETURN
  a.id AS activity,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS activity_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  a.since AS start,
  a.attested AS attested,
  others AS `with`,
  a.sources AS sources
ORDER BY coalesce(a.since_from, date('0001-01-01')), activity
