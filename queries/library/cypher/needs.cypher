//+ twin: needs
MATCH (:City {id: $city})<-[:NEED_OF]-(n:Need)-[:ON_AXIS]->(a:Concept)
OPTIONAL MATCH (n)<-[:SCORES]-(x:Assessment)-[:SCORED_IN]->(s:Study)
RETURN
  n.id AS need,
  CASE $lang WHEN 'fa' THEN coalesce(n.label_fa, n.label) ELSE n.label END AS need_name,
  a.id AS axis,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label_en) ELSE a.label_en END AS axis_name,
  x.rank AS rank,
  x.score AS score,
  x.panel_size AS panel_size,
  CASE WHEN x.panel_size > 0 THEN 100 * x.score / x.panel_size END AS percent,
  s.id AS study
ORDER BY axis, coalesce(rank, 0), coalesce(score, -1) DESC, need, coalesce(study, '')
