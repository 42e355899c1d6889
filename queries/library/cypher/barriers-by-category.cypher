//+ twin: barriers-by-category
MATCH (:City {id: $city})-[:FACES]->(b:Barrier)-[:IN_CATEGORY]->(k:Concept)
OPTIONAL MATCH (b)<-[:SPEAKS_OF]-(t:Testimony)
OPTIONAL MATCH (t)-[:SAID_BY]->(i:Interviewee)
RETURN
  k.id AS category,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS category_name,
  count(DISTINCT b.id) AS barriers,
  count(DISTINCT t.id) AS testimonies,
  count(DISTINCT i.id) AS interviewees
ORDER BY category
