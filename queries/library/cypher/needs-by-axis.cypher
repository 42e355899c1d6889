//+ twin: needs-by-axis
MATCH (c:City {id: $city})<-[:NEED_OF]-(each:Need)
WITH c, count(DISTINCT each.id) AS total
MATCH (c)<-[:NEED_OF]-(n:Need)-[:ON_AXIS]->(a:Concept)
OPTIONAL MATCH (n)<-[:SCORES]-(x:Assessment) WHERE 2 * x.score > x.panel_size
WITH
  a,
  total,
  count(DISTINCT n.id) AS number,
  count(DISTINCT CASE WHEN x.id IS NOT NULL THEN n.id END) AS favoured,
  min(CASE WHEN x.panel_size > 0 THEN 100 * x.score / x.panel_size END) AS least,
  max(CASE WHEN x.panel_size > 0 THEN 100 * x.score / x.panel_size END) AS greatest
RETURN
  a.id AS axis,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label_en) ELSE a.label_en END AS axis_name,
  number AS needs,
  floor(1000.0 * number / total + 0.5) / 10 AS share,
  favoured AS above_half,
  least AS lowest,
  greatest AS highest
ORDER BY axis
