//+ twin: needs-unaddressed
// What the city's networks and standing agreements address, themselves or by a service.
OPTIONAL MATCH (:City {id: $city})-[m:MEMBER_OF]->(:Organization)-[:OFFERS*0..1]->()-[:ADDRESSES]->(t)
WHERE m.stands AND m.grade >= 2
WITH collect(DISTINCT t.id) AS by_networks
OPTIONAL MATCH (:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:ADDRESSES]->(t)
WHERE a.stands
WITH by_networks, collect(DISTINCT t.id) AS by_agreements
// Needs that are not among that, nor any theme that they are about, nor a broader one.
MATCH (:City {id: $city})<-[:NEED_OF]-(n:Need)-[:ON_AXIS]->(x:Concept)
WHERE NOT EXISTS {
  MATCH (n)-[:ABOUT*0..1]->()-[:BROADER*0..5]->(w)
  WHERE w.id IN by_networks OR w.id IN by_agreements
}
OPTIONAL MATCH (n)<-[:SCORES]-(y:Assessment)
OPTIONAL MATCH (n)-[:ABOUT]->(h)
WITH n, x, y, collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(h.label_fa, h.label) ELSE h.label END) AS names
WITH n, x, y, names, CASE WHEN y.panel_size > 0 THEN 1.0 * y.score / y.panel_size ELSE -1.0 END AS votes
RETURN
  n.id AS need,
  CASE $lang WHEN 'fa' THEN coalesce(n.label_fa, n.label) ELSE n.label END AS need_name,
  x.id AS axis,
  CASE $lang WHEN 'fa' THEN coalesce(x.label_fa, x.label_en) ELSE x.label_en END AS axis_name,
  y.score AS score,
  y.panel_size AS panel_size,
  names AS themes
ORDER BY coalesce(votes, -1.0) DESC, need
