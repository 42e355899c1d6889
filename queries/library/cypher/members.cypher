//+ twin: members
MATCH (a)-[m:MEMBER_OF]->(:Organization {id: $organization})
OPTIONAL MATCH (r:Concept {id: 'role/' + m.role})
OPTIONAL MATCH (s:Concept {id: 'status/' + m.status})
OPTIONAL MATCH (a)-[:IN_COUNTRY|IN_WORLD_REGION]->(k)
RETURN
  a.id AS actor,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS actor_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  r.id AS role,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS role_name,
  r.grade AS grade,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  m.since AS start,
  m.until AS `end`,
  m.attested AS attested,
  m.sources AS sources
ORDER BY actor_name, actor, coalesce(grade, -1) DESC, role
