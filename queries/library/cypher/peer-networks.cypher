//+ twin: peer-networks
MATCH (c:City {id: $city})
OPTIONAL MATCH (c)-[t:TWINNED_WITH]-(s:City)
WHERE t.stands
WITH c, collect(DISTINCT s.id) AS sisters
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(:Country)<-[:IN_COUNTRY]-(q:City)
WITH c, sisters, collect(DISTINCT q.id) AS neighbours
MATCH (p)-[e:MEMBER_OF]->(o:Organization)
WHERE e.stands AND e.grade >= 2 AND p.id <> c.id
WITH c, o, p, p.id IN sisters AS sister, p.id IN neighbours AS neighbour
WHERE sister OR neighbour
WITH
  c, o,
  count(DISTINCT p.id) AS number,
  collect(DISTINCT
    CASE WHEN neighbour THEN CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END END
  ) AS same_country,
  collect(DISTINCT
    CASE WHEN sister THEN CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, p.label) ELSE p.label END END
  ) AS twinned
OPTIONAL MATCH (c)-[m:MEMBER_OF]->(o)
WITH
  c, o, number, same_country, twinned,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS full_members,
  count(m.stands) AS decided,
  count(m.id) AS told
WHERE full_members = 0
OPTIONAL MATCH (r:Roster {coverage: 'whole'})-[:ROSTER_OF]->(o)
OPTIONAL MATCH (r)-[:ROSTER_WITHIN]->(place:Country)
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(home:Country)
WITH
  o, number, same_country, twinned, decided, told,
  count(CASE WHEN place.id IS NULL OR place.id = home.id THEN r.id END) AS whole
OPTIONAL MATCH (k:Concept {id: 'organization-kind/' + o.kind})
RETURN
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  CASE WHEN decided = told AND (told > 0 OR whole > 0) THEN 'no' ELSE 'unknown' END AS member,
  number AS peers,
  same_country AS compatriots,
  twinned AS sisters
ORDER BY peers DESC, organization_name, organization
