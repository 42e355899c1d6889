//+ twin: networks-missing
MATCH (:City {id: $other})-[e:MEMBER_OF]->(o:Organization)
WHERE e.stands AND e.grade >= 2
WITH DISTINCT o
OPTIONAL MATCH (:City {id: $city})-[m:MEMBER_OF]->(o)
WITH
  o,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS full_members,
  count(m.stands) AS decided,
  count(m.id) AS told
WHERE full_members = 0
OPTIONAL MATCH (r:Roster {coverage: 'whole'})-[:ROSTER_OF]->(o)
OPTIONAL MATCH (r)-[:ROSTER_WITHIN]->(place:Country)
OPTIONAL MATCH (:City {id: $city})-[:IN_COUNTRY]->(home:Country)
WITH
  o, decided, told,
  count(CASE WHEN place.id IS NULL OR place.id = home.id THEN r.id END) AS whole,
  max(CASE WHEN place.id IS NULL OR place.id = home.id THEN r.date END) AS latest
OPTIONAL MATCH (k:Concept {id: 'organization-kind/' + o.kind})
RETURN
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  CASE WHEN decided = told AND (told > 0 OR whole > 0) THEN 'no' ELSE 'unknown' END AS member,
  latest AS roster
ORDER BY member, organization_name, organization
