//+ twin: studies
MATCH (s:Study)-[:ABOUT]->(:City {id: $city})
OPTIONAL MATCH (i:Interviewee)-[:SPOKE_IN]->(s) WHERE i.minutes IS NOT NULL
WITH s, count(i.id) AS people, sum(i.minutes) AS length
OPTIONAL MATCH (n:Need)<-[:SCORES]-(:Assessment)-[:SCORED_IN]->(s)
WITH s, people, length, count(DISTINCT n.id) AS scored
OPTIONAL MATCH (k:Concept {id: 'study-kind/' + s.kind})
RETURN
  s.id AS study,
  CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label) ELSE s.label END AS study_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  s.date AS date,
  s.participants AS participants,
  s.minutes AS minutes,
  people AS interviewees,
  CASE WHEN people > 0 THEN length END AS minutes_told,
  scored AS needs_scored
ORDER BY study
