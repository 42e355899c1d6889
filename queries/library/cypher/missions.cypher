//+ twin: missions
MATCH (:City {id: $city})<-[m:REPRESENTED_IN]-(a)
OPTIONAL MATCH (k:Concept {id: 'mission-kind/' + m.kind})
OPTIONAL MATCH (s:Concept {id: 'status/' + m.status})
RETURN
  m.id AS mission,
  k.id AS kind,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  a.id AS sender,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS sender_name,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  CASE WHEN m.stands THEN 'yes' WHEN NOT m.stands THEN 'no' ELSE 'unknown' END AS stands,
  m.since AS start,
  m.until AS `end`,
  m.attested AS attested,
  m.sources AS sources
ORDER BY kind, sender_name, mission
