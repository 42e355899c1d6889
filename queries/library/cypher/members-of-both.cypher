//+ twin: members-of-both
MATCH (:Organization {id: $organization})<-[m:MEMBER_OF]-(a)-[n:MEMBER_OF]->(:Organization {id: $other_organization})
WHERE m.stands AND m.grade >= 2 AND n.stands AND n.grade >= 2 AND $organization <> $other_organization
OPTIONAL MATCH (a)-[:IN_COUNTRY|IN_WORLD_REGION]->(k)
UNWIND m.sources + n.sources AS source
WITH a, k, collect(DISTINCT source) AS told
RETURN
  a.id AS actor,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS actor_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name,
  told AS sources
ORDER BY actor_name, actor
