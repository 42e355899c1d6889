//+ twin: barriers
MATCH (:City {id: $city})-[:FACES]->(b:Barrier)-[:IN_CATEGORY]->(k:Concept)
OPTIONAL MATCH (b)<-[:SPEAKS_OF]-(t:Testimony)
OPTIONAL MATCH (t)-[:SAID_BY]->(i:Interviewee)
RETURN
  b.id AS barrier,
  CASE $lang WHEN 'fa' THEN coalesce(b.label_fa, b.label) ELSE b.label END AS barrier_name,
  k.id AS category,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS category_name,
  i.id AS interviewee,
  i.code AS code,
  CASE $lang WHEN 'fa' THEN coalesce(i.expertise_fa, i.expertise_en) ELSE i.expertise_en END AS expertise
ORDER BY category, barrier, coalesce(size(i.code), 0), coalesce(code, ''), coalesce(interviewee, '')
