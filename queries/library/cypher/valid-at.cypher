//+ twin: valid-at
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:MEMBER_OF|TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH]-(p)
WHERE form = 'relationship'
OPTIONAL MATCH (c:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND q.id <> c.id
WITH DISTINCT
  coalesce(t.id, a.id) AS record,
  CASE WHEN t.role IS NULL THEN 'agreement-kind/' + coalesce(t.kind, a.kind) ELSE 'role/' + t.role END AS sort,
  CASE $lang
    WHEN 'fa' THEN coalesce(p.label_fa, q.label_fa, p.label, q.label)
    ELSE coalesce(p.label, q.label)
  END AS name,
  coalesce(t.status, a.status) AS status,
  coalesce(t.since, a.since) AS since,
  coalesce(t.since_from, a.since_from) AS since_from,
  coalesce(t.since_to, a.since_to) AS since_to,
  coalesce(t.until, a.until) AS until,
  coalesce(t.until_from, a.until_from) AS until_from,
  coalesce(t.until_to, a.until_to) AS until_to,
  coalesce(t.attested, a.attested) AS attested,
  coalesce(t.attested_from, a.attested_from) AS attested_from,
  coalesce(t.attested_to, a.attested_to) AS attested_to
WHERE record IS NOT NULL
//= held
OPTIONAL MATCH (k:Concept {id: sort})
OPTIONAL MATCH (s:Concept {id: 'status/' + status})
RETURN
  record AS tie,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  name AS `with`,
  held AS valid,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  since AS start,
  until AS `end`,
  attested AS attested
ORDER BY valid DESC, tie, name
