//+ twin: statistics
MATCH (o:Observation)-[:OBSERVED_OF]->(:City {id: $city})
OPTIONAL MATCH (m:Concept {id: 'measure/' + o.measure})
OPTIONAL MATCH (o)-[:ON_TOPIC]->(t)
OPTIONAL MATCH (q:Concept {id: 'qualifier/' + o.qualifier})
OPTIONAL MATCH (u:Concept {id: 'unit/' + o.unit})
RETURN
  m.id AS measure,
  CASE $lang WHEN 'fa' THEN coalesce(m.label_fa, m.label_en) ELSE m.label_en END AS measure_name,
  t.id AS topic,
  CASE $lang WHEN 'fa' THEN coalesce(t.label_fa, t.label_en) ELSE t.label_en END AS topic_name,
  o.period AS period,
  o.value AS value,
  o.upper AS upper,
  CASE $lang WHEN 'fa' THEN coalesce(q.label_fa, q.label_en) ELSE q.label_en END AS qualifier_name,
  CASE $lang WHEN 'fa' THEN coalesce(u.label_fa, u.label_en) ELSE u.label_en END AS unit_name,
  o.detail AS detail,
  o.sources AS sources,
  CASE WHEN size(o.disputed) > 0 THEN 'yes' ELSE 'no' END AS disputed
ORDER BY measure, coalesce(topic, ''), coalesce(o.period_to, date('0001-01-01')), coalesce(period, ''), o.id
