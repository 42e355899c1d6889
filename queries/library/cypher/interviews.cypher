//+ twin: interviews
MATCH (:City {id: $city})<-[:ABOUT]-(s:Study)<-[:SPOKE_IN]-(i:Interviewee)
RETURN
  s.id AS study,
  i.id AS interviewee,
  i.code AS code,
  CASE $lang WHEN 'fa' THEN coalesce(i.expertise_fa, i.expertise_en) ELSE i.expertise_en END AS expertise,
  i.minutes AS minutes
ORDER BY study, coalesce(size(i.code), 0), coalesce(code, ''), interviewee
