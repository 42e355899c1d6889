//+ twin: roles-by-grade
MATCH (:City {id: $city})-[m:MEMBER_OF]->(o:Organization)
WHERE m.stands
MATCH (r:Concept {id: 'role/' + m.role})
WHERE r.grade IS NOT NULL
WITH
  m.id AS place, o, r,
  CASE
    WHEN m.since_from > coalesce(m.attested_from, date('0001-01-01')) THEN m.since_from
    ELSE coalesce(m.attested_from, date('0001-01-01'))
  END AS told
// Of roles that exclude one another in a body: those that come before this one.
MATCH (:City {id: $city})-[v:MEMBER_OF]->(o)
WHERE v.stands
MATCH (w:Concept {id: 'role/' + v.role})
WITH
  place, o, r, told, w,
  CASE
    WHEN v.since_from > coalesce(v.attested_from, date('0001-01-01')) THEN v.since_from
    ELSE coalesce(v.attested_from, date('0001-01-01'))
  END AS seen
WITH
  place, o, r, told,
  count(
    CASE
      WHEN r.rung IS NULL OR w.rung IS NULL THEN NULL
      WHEN w.grade > r.grade THEN 1
      WHEN w.grade = r.grade AND (seen > told OR (seen = told AND w.rung > r.rung)) THEN 1
    END
  ) AS rivals
WHERE rivals = 0
WITH
  r,
  count(DISTINCT o.id) AS holders,
  collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END) AS names,
  min(told) AS earliest,
  max(told) AS latest
RETURN
  r.grade AS grade,
  r.bonus AS bonus,
  r.id AS role,
  CASE $lang WHEN 'fa' THEN coalesce(r.label_fa, r.label_en) ELSE r.label_en END AS role_name,
  holders AS number,
  names AS organizations,
  CASE WHEN earliest > date('0001-01-01') THEN left(toString(earliest), 4) END AS last_seen_from,
  CASE WHEN latest > date('0001-01-01') THEN left(toString(latest), 4) END AS last_seen_to
ORDER BY grade DESC, coalesce(bonus, -1) DESC, role
