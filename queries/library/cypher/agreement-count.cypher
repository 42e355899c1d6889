//+ twin: agreement-count
// An agreement of two parties is a relationship, one of more parties a node, and some are both.
UNWIND ['relationship', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH]-()
WHERE form = 'relationship'
OPTIONAL MATCH (:City {id: $city})<-[:HAS_PARTY]-(a:Agreement)
WHERE form = 'node'
RETURN count(DISTINCT coalesce(t.id, a.id)) AS agreements
ORDER BY agreements
