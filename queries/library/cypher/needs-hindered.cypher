//+ twin: needs-hindered
MATCH (:City {id: $city})<-[:NEED_OF]-(n:Need)<-[:HINDERS]-(b:Barrier)
OPTIONAL MATCH (n)<-[:SCORES]-(x:Assessment)
OPTIONAL MATCH (n)-[:ON_AXIS]->(a:Concept)
RETURN
  n.id AS need,
  CASE $lang WHEN 'fa' THEN coalesce(n.label_fa, n.label) ELSE n.label END AS need_name,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label_en) ELSE a.label_en END AS axis_name,
  x.score AS score,
  x.panel_size AS panel_size,
  count(DISTINCT b.id) AS barriers
ORDER BY barriers DESC, coalesce(score, -1) DESC, need
