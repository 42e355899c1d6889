//+ twin: triangles
MATCH (c:City {id: $city})-[t:TWINNED_WITH]-(x:City)
WHERE x.id <> c.id AND t.stands
WITH DISTINCT c, x
MATCH (x)-[u:TWINNED_WITH]-(y:City)
WHERE x.id < y.id AND y.id <> c.id AND u.stands
WITH DISTINCT c, x, y
MATCH (y)-[v:TWINNED_WITH]-(c)
WHERE v.stands
WITH DISTINCT x, y
RETURN
  x.id AS one,
  CASE $lang WHEN 'fa' THEN coalesce(x.label_fa, x.label) ELSE x.label END AS one_name,
  y.id AS two,
  CASE $lang WHEN 'fa' THEN coalesce(y.label_fa, y.label) ELSE y.label END AS two_name
ORDER BY one_name, one, two_name, two
