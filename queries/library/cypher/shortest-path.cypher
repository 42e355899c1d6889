//+ title: {en: Shortest diplomatic path, fa: کوتاه‌ترین راه دیپلماتیک}
//+ description:
//+   en: >-
//+     Who stands between two cities: all that lie on a shortest path of standing sister-city ties, by the number of the
//+     step. Several at one step lie on several paths of the same length. No row: no path of ten steps or fewer is
//+     known.
//+   fa: >-
//+     چه کسانی میان دو شهرند: همهٔ آن‌ها که بر یکی از کوتاه‌ترین راه‌ها از پیوندهای خواهرخواندگی برقرار جای دارند،
//+     به شمارهٔ گام. چند نام در یک گام بر چند راه هم‌اندازه‌اند. اگر ردیفی نباشد، راهی با ده گام یا کمتر دانسته نیست.
//+ view: merged
//+ parameters:
//+   - {name: city, type: city, description: {en: From this city, fa: از این شهر}}
//+   - {name: other, type: city, description: {en: To this city, fa: به این شهر}}
//+   - {name: lang, type: lang, default: en, description: {en: Language of names, fa: زبان نام‌ها}}
//+ columns:
//+   - {name: step, type: integer, title: {en: Step, fa: گام}}
//+   - {name: actor, type: id, title: {en: Actor, fa: کنشگر}}
//+   - {name: actor_name, type: text, title: {en: Name of the actor, fa: نام کنشگر}}
//+   - {name: country_name, type: text, title: {en: Country, fa: کشور}}
// Both ends first, held by DISTINCT: a server that looks for one of them on the way makes ways to every city there is.
MATCH (c:City {id: $city}), (o:City {id: $other})
WHERE c.id <> o.id
WITH DISTINCT c, o
MATCH way = ALL SHORTEST (c) (()-[t:TWINNED_WITH]-() WHERE t.stands){1,10} (o)
UNWIND range(0, length(way)) AS number
WITH DISTINCT number, nodes(way)[number] AS a
OPTIONAL MATCH (a)-[:IN_COUNTRY|IN_WORLD_REGION]->(k)
RETURN
  number AS step,
  a.id AS actor,
  CASE $lang WHEN 'fa' THEN coalesce(a.label_fa, a.label) ELSE a.label END AS actor_name,
  CASE $lang WHEN 'fa' THEN coalesce(k.label_fa, k.label_en) ELSE k.label_en END AS country_name
ORDER BY step, actor_name, actor
