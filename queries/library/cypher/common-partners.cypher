//+ twin: common-partners
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND [$city, $other] AS one
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: one})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH]-(p)
WHERE form = 'relationship' AND t.stands AND NOT p.id IN [$city, $other]
OPTIONAL MATCH (:City {id: one})<-[:HAS_PARTY]-(a:Agreement)-[:HAS_PARTY]->(q)
WHERE form = 'node' AND a.stands AND NOT q.id IN [$city, $other]
OPTIONAL MATCH (p)-[:IN_COUNTRY]->(l:Country)
OPTIONAL MATCH (q)-[:IN_COUNTRY]->(m:Country)
WITH
  one,
  coalesce(p.id, q.id) AS id,
  CASE $lang
    WHEN 'fa' THEN coalesce(p.label_fa, q.label_fa, p.label, q.label)
    ELSE coalesce(p.label, q.label)
  END AS name,
  CASE $lang
    WHEN 'fa' THEN coalesce(l.label_fa, m.label_fa, l.label_en, m.label_en)
    ELSE coalesce(l.label_en, m.label_en)
  END AS place,
  coalesce(t.kind, a.kind) AS sort
MATCH (k:Concept {id: 'agreement-kind/' + sort})
WITH
  id, name, place,
  collect(DISTINCT
    CASE WHEN one = $city THEN CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END END
  ) AS ours,
  collect(DISTINCT
    CASE WHEN one = $other THEN CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END END
  ) AS theirs
WHERE size(ours) > 0 AND size(theirs) > 0
RETURN id AS partner, name AS partner_name, place AS country_name, ours AS with_city, theirs AS with_other
ORDER BY partner_name, partner
