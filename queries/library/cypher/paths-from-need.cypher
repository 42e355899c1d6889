//+ twin: paths-from-need
MATCH (c:City)<-[:NEED_OF]-(n:Need {id: $need})
MATCH (n)-[:ABOUT*0..1]->()-[:BROADER*0..5]->(t)<-[:ADDRESSES]-(s)<-[:OFFERS*0..1]-(o:Organization)
WITH DISTINCT c, t, s, o
OPTIONAL MATCH (c)-[m:MEMBER_OF]->(o)
WITH
  c, t, s, o,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS full_members,
  count(m.stands) AS decided,
  count(m.id) AS told
OPTIONAL MATCH (r:Roster {coverage: 'whole'})-[:ROSTER_OF]->(o)
OPTIONAL MATCH (r)-[:ROSTER_WITHIN]->(place:Country)
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(home:Country)
WITH
  t, s, o, full_members, decided, told,
  count(CASE WHEN place.id IS NULL OR place.id = home.id THEN r.id END) AS whole
RETURN
  t.id AS target,
  CASE $lang WHEN 'fa' THEN coalesce(t.label_fa, t.label) ELSE t.label END AS target_name,
  CASE WHEN s.id <> o.id THEN s.id END AS service,
  CASE
    WHEN s.id = o.id THEN NULL
    WHEN $lang = 'fa' THEN coalesce(s.label_fa, s.label_en)
    ELSE s.label_en
  END AS service_name,
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  CASE
    WHEN full_members > 0 THEN 'yes'
    WHEN decided = told AND (told > 0 OR whole > 0) THEN 'no'
    ELSE 'unknown'
  END AS member
ORDER BY target, coalesce(service, ''), organization_name, organization
