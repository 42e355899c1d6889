//+ twin: barriers-to-need
MATCH (b:Barrier)-[h:HINDERS]->(:Need {id: $need})
OPTIONAL MATCH (b)-[:IN_CATEGORY]->(k:Concept)
RETURN
  b.id AS barrier,
  CASE $lang WHEN 'fa' THEN coalesce(b.label_fa, b.label) ELSE b.label END AS barrier_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS category_name,
  CASE $lang WHEN 'fa' THEN coalesce(h.reason_fa, h.reason_en) ELSE h.reason_en END AS reason,
  h.sources AS sources
ORDER BY barrier, coalesce(reason, '')
