//+ twin: network-count
MATCH (:City {id: $other})-[m:MEMBER_OF]->(o:Organization)
WHERE m.stands AND m.grade >= 2
RETURN count(DISTINCT o.id) AS organizations
ORDER BY organizations
