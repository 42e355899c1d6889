//+ twin: tie-balance
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH|REPRESENTED_IN|FLIES_TO]-(p)
WHERE form = 'relationship'
OPTIONAL MATCH (c:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND q.id <> c.id
WITH DISTINCT
  coalesce(t.id, a.id) AS tie,
  coalesce(t.kind, a.kind) AS sort,
  coalesce(t.status, a.status) AS stage,
  coalesce(t.stands, a.stands) AS standing,
  coalesce(t.sources, a.sources) AS told_by,
  coalesce(p.id, q.id) AS other
UNWIND told_by AS teller
WITH
  CASE
    WHEN tie STARTS WITH 'agreement/' THEN 'agreement'
    WHEN tie STARTS WITH 'mission/' THEN 'mission'
    ELSE 'route'
  END AS class,
  tie, sort, stage, standing, other, teller
OPTIONAL MATCH (k:Concept {id: class + '-kind/' + sort})
OPTIONAL MATCH (s:Concept {id: 'status/' + stage})
RETURN
  class AS record_kind,
  k.id AS kind,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  s.id AS status,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  CASE WHEN standing THEN 'yes' WHEN NOT standing THEN 'no' ELSE 'unknown' END AS stands,
  count(DISTINCT tie) AS ties,
  count(DISTINCT other) AS partners,
  collect(DISTINCT teller) AS sources
ORDER BY record_kind, coalesce(kind, ''), stands DESC, coalesce(status, '')
