//+ twin: roles-by-grade
MATCH (:City {id: $city})-[m:MEMBER_OF]->(o:Organization)
WHERE m.stands
MATCH (r:Concept {id: 'role/' + m.role})
WHERE r.grade IS NOT NULL
WITH
  r,
  count(DISTINCT o.id) AS holders,
  collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END) AS names
RETURN
  r.grade AS grade,
  r.bonus AS bonus,
  r.id AS role,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS role_name,
  holders AS number,
  names AS organizations
ORDER BY grade DESC, coalesce(bonus, -1) DESC, role
