//+ twin: needs-addressed-by-networks
MATCH (c:City {id: $city})-[m:MEMBER_OF]->(o:Organization)-[:OFFERS*0..1]->()-[:ADDRESSES]->(t)
WHERE m.stands AND m.grade >= 2
WITH c, o, collect(DISTINCT t.id) AS targets
MATCH (c)<-[:NEED_OF]-(n:Need)
WHERE EXISTS {
  MATCH (n)-[:ABOUT*0..1]->()-[:BROADER*0..5]->(w)
  WHERE w.id IN targets
}
RETURN DISTINCT
  n.id AS need,
  CASE $lang WHEN 'fa' THEN coalesce(n.label_fa, n.label) ELSE n.label END AS need_name,
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name
ORDER BY need, organization_name, organization
