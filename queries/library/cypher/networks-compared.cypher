//+ twin: networks-compared
MATCH (either)-[e:MEMBER_OF]->(o:Organization)
WHERE either.id IN [$city, $other] AND e.stands AND e.grade >= 2
WITH DISTINCT o
OPTIONAL MATCH (:City {id: $city})-[m:MEMBER_OF]->(o)
WITH
  o,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS city_full,
  count(m.stands) AS city_decided,
  count(m.id) AS city_told
OPTIONAL MATCH (:City {id: $other})-[m:MEMBER_OF]->(o)
WITH
  o, city_full, city_decided, city_told,
  count(CASE WHEN m.stands AND m.grade >= 2 THEN 1 END) AS other_full,
  count(m.stands) AS other_decided,
  count(m.id) AS other_told
OPTIONAL MATCH (r:Roster {coverage: 'whole'})-[:ROSTER_OF]->(o)
OPTIONAL MATCH (r)-[:ROSTER_WITHIN]->(place:Country)
OPTIONAL MATCH (:City {id: $city})-[:IN_COUNTRY]->(city_home:Country)
OPTIONAL MATCH (:City {id: $other})-[:IN_COUNTRY]->(other_home:Country)
WITH
  o, city_full, city_decided, city_told, other_full, other_decided, other_told,
  count(CASE WHEN place.id IS NULL OR place.id = city_home.id THEN r.id END) AS city_whole,
  max(CASE WHEN place.id IS NULL OR place.id = city_home.id THEN r.date END) AS city_latest,
  count(CASE WHEN place.id IS NULL OR place.id = other_home.id THEN r.id END) AS other_whole,
  max(CASE WHEN place.id IS NULL OR place.id = other_home.id THEN r.date END) AS other_latest
RETURN
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  CASE
    WHEN city_full > 0 THEN 'yes'
    WHEN city_decided = city_told AND (city_told > 0 OR city_whole > 0) THEN 'no'
    ELSE 'unknown'
  END AS city_member,
  CASE
    WHEN other_full > 0 THEN 'yes'
    WHEN other_decided = other_told AND (other_told > 0 OR other_whole > 0) THEN 'no'
    ELSE 'unknown'
  END AS other_member,
  city_latest AS city_list,
  other_latest AS other_list
ORDER BY organization_name, organization
