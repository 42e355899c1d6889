//+ twin: organizations
MATCH (o:Organization)
OPTIONAL MATCH (c:City)-[m:MEMBER_OF]->(o) WHERE m.stands AND m.grade >= 2
WITH o, count(DISTINCT c.id) AS members
OPTIONAL MATCH (o)-[:OFFERS]->(s)
WITH
  o,
  members,
  collect(DISTINCT CASE $lang WHEN 'fa' THEN coalesce(s.label_fa, s.label_en) ELSE s.label_en END) AS offered
OPTIONAL MATCH (k:Concept {id: 'organization-kind/' + o.kind})
OPTIONAL MATCH (o)-[:SEATED_IN]->(x:City)
OPTIONAL MATCH (o)-[:SEATED_IN]->(y:Country)
RETURN
  o.id AS organization,
  CASE $lang WHEN 'fa' THEN coalesce(o.label_fa, o.label) ELSE o.label END AS organization_name,
  o.acronym AS acronym,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS kind_name,
  o.founded AS founded,
  CASE $lang
    WHEN 'fa' THEN coalesce(x.label_fa, x.label_en, y.label_fa, y.label_en)
    ELSE coalesce(x.label_en, y.label_en)
  END AS seat_name,
  offered AS services,
  members AS cities
ORDER BY coalesce(o.kind, ''), organization_name, organization
