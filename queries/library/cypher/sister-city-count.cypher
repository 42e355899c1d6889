//+ twin: sister-city-count
MATCH (:City {id: $other})-[t:TWINNED_WITH]-(p)
WHERE coalesce(t.stands, t.status IS NULL)
RETURN count(DISTINCT p.id) AS partners
ORDER BY partners
