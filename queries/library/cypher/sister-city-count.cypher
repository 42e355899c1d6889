//+ twin: sister-city-count
MATCH (:City {id: $other})-[t:TWINNED_WITH]-(p:City)
WHERE t.stands
RETURN count(DISTINCT p.id) AS partners
ORDER BY partners
