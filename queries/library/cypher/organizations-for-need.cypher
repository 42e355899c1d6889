//+ twin: organizations-for-need
MATCH (c:City)<-[:NEED_OF]-(n:Need {id: $need})
MATCH (n)-[:ABOUT*0..1]->()-[:BROADER*0..5]->(t)<-[:ADDRESSES]-(s)<-[:OFFERS*0..1]-(o:Organization)
WITH
  c, o,
  collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(t.label_fa, t.label) ELSE t.label END) AS addressed,
  collect(DISTINCT
    CASE WHEN s.id <> o.id THEN CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END END
  ) AS offered
OPTIONAL MATCH (c)-[m:MEMBER_OF]->(o)
WITH
  c, o, addressed, offered,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS full_members,
  count(m.stands) AS decided,
  count(m.id) AS told
OPTIONAL MATCH (r:Roster {coverage: 'whole'})-[:ROSTER_OF]->(o)
OPTIONAL MATCH (r)-[:ROSTER_WITHIN]->(place:Country)
OPTIONAL MATCH (c)-[:IN_COUNTRY]->(home:Country)
WITH
  o, addressed, offered, full_members, decided, told,
  count(CASE WHEN place.id IS NULL OR place.id = home.id THEN r.id END) AS whole
RETURN
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  CASE
    WHEN full_members > 0 THEN 'yes'
    WHEN decided = told AND (told > 0 OR whole > 0) THEN 'no'
    ELSE 'unknown'
  END AS member,
  addressed AS themes,
  offered AS services
ORDER BY member DESC, organization_name, organization
