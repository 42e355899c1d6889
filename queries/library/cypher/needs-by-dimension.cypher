//+ twin: needs-by-dimension
MATCH (:City {id: $city})<-[:NEED_OF]-(n:Need)-[:DIMENSION]->(d:Concept)
OPTIONAL MATCH (n)<-[:SCORES]-(x:Assessment)
RETURN
  d.id AS dimension,
  CASE $lang WHEN 'fa' THEN coalesce(d.label_fa, d.label_en) ELSE d.label_en END AS dimension_name,
  count(DISTINCT n.id) AS needs,
  coalesce(sum(x.score), 0) AS votes
ORDER BY dimension
