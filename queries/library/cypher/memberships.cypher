//+ twin: memberships
MATCH (:City {id: $city})-[m:MEMBER_OF]->(o:Organization)
OPTIONAL MATCH (r:Concept {id: 'role/' + m.role})
OPTIONAL MATCH (s:Concept {id: 'status/' + m.status})
WITH
  m, o, r, s,
  CASE
    WHEN m.since_from > coalesce(m.attested_from, date('0001-01-01')) THEN m.since_from
    ELSE coalesce(m.attested_from, date('0001-01-01'))
  END AS told
// Of standing roles that exclude one another in a body: those that come before this one.
OPTIONAL MATCH (:City {id: $city})-[v:MEMBER_OF]->(o)
WHERE v.stands
OPTIONAL MATCH (w:Concept {id: 'role/' + v.role})
WITH
  m, o, r, s, told, w,
  CASE
    WHEN v.since_from > coalesce(v.attested_from, date('0001-01-01')) THEN v.since_from
    ELSE coalesce(v.attested_from, date('0001-01-01'))
  END AS seen
WITH
  m, o, r, s, told,
  count(
    CASE
      WHEN r.rung IS NULL OR w.rung IS NULL THEN NULL
      WHEN w.grade > r.grade THEN 1
      WHEN w.grade = r.grade AND (seen > told OR (seen = told AND w.rung > r.rung)) THEN 1
    END
  ) AS rivals
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
  CASE WHEN rivals > 0 OR NOT m.stands THEN 'no' WHEN m.stands THEN 'yes' ELSE 'unknown' END AS counts,
  m.since AS start,
  m.until AS `end`,
  m.attested AS attested,
  CASE WHEN m.since_from > coalesce(m.attested_from, date('0001-01-01')) THEN m.since ELSE m.attested END AS last_seen,
  m.detail AS detail,
  m.sources AS sources
ORDER BY organization_name, organization, coalesce(grade, -1) DESC, role, membership
