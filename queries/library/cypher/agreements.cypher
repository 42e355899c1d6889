//+ twin: agreements
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH]-(p)
WHERE form = 'relationship'
OPTIONAL MATCH (c:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND q.id <> c.id
WITH
  coalesce(t.id, a.id) AS tie,
  coalesce(t.kind, a.kind) AS sort,
  coalesce(t.status, a.status) AS stage,
  coalesce(t.stands, a.stands) AS standing,
  coalesce(t.since, a.since) AS since,
  coalesce(t.until, a.until) AS until,
  coalesce(t.attested, a.attested) AS seen,
  coalesce(t.sources, a.sources) AS told_by,
  collect(DISTINCT
    CASE $lang WHEN 'fa' THEN coalesce(p.label_fa, q.label_fa, p.label, q.label) ELSE coalesce(p.label, q.label) END
  ) AS others
WHERE tie IS NOT NULL
OPTIONAL MATCH (k:Concept {id: 'agreement-kind/' + sort})
OPTIONAL MATCH (s:Concept {id: 'status/' + stage})
RETURN
  tie AS agreement,
  k.id AS kind,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  others AS parties,
  s.id AS status,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  CASE WHEN standing THEN 'yes' WHEN NOT standing THEN 'no' ELSE 'unknown' END AS stands,
  since AS start,
  until AS `end`,
  seen AS attested,
  told_by AS sources
ORDER BY kind, coalesce(status, ''), agreement
