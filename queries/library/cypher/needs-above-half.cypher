//+ twin: needs-above-half
MATCH (:City {id: $city})<-[:NEED_OF]-(n:Need)<-[:SCORES]-(x:Assessment)-[:SCORED_IN]->(s:Study)
WHERE 2 * x.score > x.panel_size AND x.panel_size > 0
OPTIONAL MATCH (n)-[:ON_AXIS]->(a:Concept)
RETURN
  n.id AS need,
  CASE $lang WHEN 'fa' THEN coalesce(n.label_fa, n.label) ELSE n.label END AS need_name,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label_en) ELSE a.label_en END AS axis_name,
  x.score AS score,
  x.panel_size AS panel_size,
  100 * x.score / x.panel_size AS percent,
  s.id AS study
ORDER BY 1.0 * score / panel_size DESC, need, study
