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
  coalesce(t.status, a.status) AS stage,
  coalesce(t.since, a.since) AS since,
  coalesce(t.until, a.until) AS until,
  coalesce(t.attested, a.attested) AS seen,
  CASE
    WHEN coalesce(t.since_to, a.since_to) <= date($date) THEN 'yes'
    WHEN coalesce(t.since_from, a.since_from) > date($date) THEN 'no'
    WHEN $date >= $today OR coalesce(t.attested_to, a.attested_to) <= date($date) THEN 'yes'
    ELSE 'unknown'
  END AS begun,
  CASE
    WHEN coalesce(t.status, a.status, '') IN ['ended', 'dormant'] AND $date >= $today THEN 'yes'
    WHEN coalesce(t.until_to, a.until_to) < date($date) THEN 'yes'
    WHEN coalesce(t.until_from, a.until_from) >= date($date) THEN 'no'
    WHEN coalesce(t.status, a.status, '') IN ['ended', 'dormant'] THEN
      CASE
        WHEN coalesce(t.until, a.until) IS NULL AND coalesce(t.attested_to, a.attested_to) < date($date) THEN 'yes'
        ELSE 'unknown'
      END
    WHEN coalesce(t.until, a.until) IS NULL THEN 'no'
    WHEN $date < $today AND coalesce(t.attested_from, a.attested_from) >= date($date) THEN 'no'
    ELSE 'unknown'
  END AS over
WHERE record IS NOT NULL
OPTIONAL MATCH (k:Concept {id: sort})
OPTIONAL MATCH (s:Concept {id: 'status/' + stage})
RETURN
  record AS tie,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  name AS `with`,
  CASE
    WHEN coalesce(stage, '') IN ['proposed', 'planned', 'negotiated'] OR begun = 'no' OR over = 'yes' THEN 'no'
    WHEN begun = 'yes' AND over = 'no' AND NOT coalesce(stage, '') IN ['unverified', 'unknown'] THEN 'yes'
    ELSE 'unknown'
  END AS valid,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END AS status_name,
  since AS start,
  until AS `end`,
  seen AS attested
ORDER BY valid DESC, tie, name
