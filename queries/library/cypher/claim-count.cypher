//+ twin: claim-count
// Ties with the city at either end, judgements on it, and nodes that speak of it.
UNWIND ['tie', 'judgement', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH|MEMBER_OF|REPRESENTED_IN|FLIES_TO]-()
WHERE form = 'tie'
OPTIONAL MATCH (:City {id: $city})
  -[l:FACES|HINDERS|ADDRESSES|OFFERS|ABOUT|DIMENSION|FUNCTION|SAME_THEME_AS|REMEDIES|AGREES_WITH|BEARER_OF|HAS_TRAIT|LACKS_TRAIT]->()
WHERE form = 'judgement'
OPTIONAL MATCH (:City {id: $city})<-[:HAS_PARTY|TOOK_PART|OBSERVED_OF|NEED_OF]-(n)
WHERE form = 'node'
RETURN count(DISTINCT coalesce(t.id, l.id, n.id)) AS claims
ORDER BY claims
