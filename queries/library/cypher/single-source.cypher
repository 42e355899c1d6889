//+ twin: single-source
// Ties with the city at either end, judgements on it, and nodes that speak of it.
UNWIND ['tie', 'judgement', 'node'] AS form
OPTIONAL MATCH (:City {id: $city})
  -[t:TWINNED_WITH|TWINNED_REGION_WITH|FRIENDS_WITH|HAS_MEMORANDUM_WITH|COOPERATES_WITH|MEMBER_OF|REPRESENTED_IN|FLIES_TO]-()
WHERE form = 'tie' AND t.agreed_by = 1
OPTIONAL MATCH (:City {id: $city})
  -[l:FACES|HINDERS|ADDRESSES|OFFERS|ABOUT|DIMENSION|FUNCTION|SAME_THEME_AS|REMEDIES|AGREES_WITH|BEARER_OF|HAS_TRAIT|LACKS_TRAIT]->()
WHERE form = 'judgement' AND l.agreed_by = 1
OPTIONAL MATCH (:City {id: $city})<-[:HAS_PARTY|TOOK_PART|OBSERVED_OF|NEED_OF]-(n)
WHERE form = 'node' AND n.agreed_by = 1
WITH DISTINCT coalesce(t.id, l.id, n.id) AS record, coalesce(t.sources, l.sources, n.sources) AS told_by
UNWIND told_by AS teller
MATCH (s:Source {id: teller})
MATCH (v:Source {id: s.voice})
OPTIONAL MATCH (k:Concept {id: 'evidence-kind/' + s.kind})
RETURN
  record AS claim,
  max(coalesce(s.reliability, k.reliability, 1)) AS reliability,
  v.id AS voice,
  CASE $lang WHEN 'fa' THEN coalesce(v.label_fa, v.label) ELSE v.label END AS voice_name,
  collect(s.id) AS sources
ORDER BY reliability, voice, claim
