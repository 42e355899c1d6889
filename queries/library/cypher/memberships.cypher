//+ twin: memberships
MATCH (:City {id: $city})-[m:MEMBER_OF]->(o:Organization)
OPTIONAL MATCH (r:Concept {id: 'role/' + m.role})
OPTIONAL MATCH (s:Concept {id: 'status/' + m.status})
RETURN
  m.id AS membership,
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  r.id AS role,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS role_name,
  r.grade AS grade,
  s.id AS status,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  CASE WHEN m.stands THEN 'yes' WHEN NOT m.stands THEN 'no' ELSE 'unknown' END AS stands,
  m.since AS start,
  m.until AS `end`,
  m.attested AS attested,
  m.detail AS detail,
  m.sources AS sources
ORDER BY organization_name, organization, coalesce(grade, -1) DESC, role, membership
