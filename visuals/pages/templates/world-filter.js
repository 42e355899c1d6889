"use strict";
// What is shown: cities that match and their ties. The key of the colours filters too.
const filters = (() => {
  const { data, words, element, make, number, filled } = page;
  const { look } = picture;
  const fields = Object.fromEntries(["by", "region", "country", "body", "degree", "kind", "told", "standing", "nowhere"].map((id) => [id, element(id)]));
  const off = new Set(); // continents or communities that are switched off
  const sorted = (names) => [...new Set(names)].filter(Boolean).sort((a, b) => a.localeCompare(b, page.lang));
  const options = (field, names) => { for (const name of sorted(names)) fields[field].append(new Option(name, name)); };
  options("region", data.countries.map(([, region]) => region));
  options("country", data.countries.map(([land]) => land));
  options("kind", data.details.map(([kind]) => kind));
  options("told", data.sources.map(([, , kind]) => kind));
  data.bodies.forEach(([name, members], place) => fields.body.append(new Option(`${name} (${number(members.length)})`, place)));
  for (const least of [2, 3, 5, 10, 20, 50]) fields.degree.append(new Option(number(least), least));

  const byCommunity = () => fields.by.value === "community";
  const groupOf = () => (byCommunity() ? (city) => data.community[city] : (city) => data.continents.indexOf(world.land(city)[2]));
  // A community is called by its most tied cities.
  const called = new Map();
  data.community.forEach((group, city) => {
    const cities = called.get(group) ?? called.set(group, []).get(group);
    if (cities.length < 3) cities.push(data.names[city]);
  });
  const groups = () => (byCommunity()
    ? [...called.keys()].filter((group) => group >= 0).sort((a, b) => a - b).map((group) => page.listed(called.get(group)))
    : data.continents);
  // Name, colour and number of cities of each group that has any.
  const legend = () => {
    const counts = new Map();
    const group = groupOf();
    for (let city = 0; city < world.number; city++) counts.set(group(city), (counts.get(group(city)) ?? 0) + 1);
    return [...groups().entries(), [-1, byCommunity() ? words.other : words.unknown]]
      .map(([place, name]) => ({ place, name, hue: picture.KEY[place] ?? picture.GREY, count: counts.get(place) ?? 0 }))
      .filter(({ count }) => count);
  };
  const title = () => (byCommunity() ? words.communities : words.continents);

  const key = () => {
    const box = element("key");
    box.replaceChildren(element("key-title"));
    element("key-title").textContent = title();
    for (const { place, name, hue, count } of legend()) {
      const label = make("label", "", box);
      const check = make("input", "", label);
      check.type = "checkbox";
      check.checked = !off.has(place);
      check.value = place;
      check.addEventListener("change", () => { off[check.checked ? "delete" : "add"](place); apply(); });
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 14 14");
      svg.setAttribute("aria-hidden", "true");
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [attribute, value] of Object.entries({ cx: 7, cy: 7, r: 6, fill: hue })) circle.setAttribute(attribute, value);
      svg.append(circle);
      label.append(svg);
      make("bdi", name, label);
      make("span", number(count), label, "count");
    }
  };

  // Of ties: those of a kind, in force, told by a kind of evidence or by several voices.
  const takes = (tie) => {
    const told = fields.told.value;
    return (!fields.kind.value || tie.kind === fields.kind.value) && (!fields.standing.checked || tie.line === "standing")
      && (!told || (told === "2" ? tie.voices > 1 : tie.sources.some((place) => data.sources[place][2] === told)));
  };
  let changed = () => {};
  // Cities that match, and the partners of these; a city without a tie that is shown is not shown.
  const apply = () => {
    const members = fields.body.value === "" ? null : new Set(data.bodies[fields.body.value][1]);
    const least = Number(fields.degree.value) || 0;
    const group = groupOf();
    look.group = group;
    look.matches = Uint8Array.from({ length: world.number }, (_, city) => {
      const [land, region] = world.land(city);
      return !off.has(group(city)) && (!fields.region.value || region === fields.region.value) && (!fields.country.value || land === fields.country.value)
        && (!fields.nowhere.checked || !data.map[city]) && world.partners[city] >= least && (!members || members.has(city)) ? 1 : 0;
    });
    look.shown = new Uint8Array(world.number);
    look.ties = world.ties.filter((tie) => (look.matches[tie.one] || look.matches[tie.other]) && takes(tie));
    look.seen = new Set(look.ties);
    for (const tie of look.ties) look.shown[tie.one] = look.shown[tie.other] = 1;
    let [matching, partners, nowhere] = [0, 0, 0];
    for (let city = 0; city < world.number; city++) {
      if (!look.shown[city]) continue;
      if (look.matches[city]) matching++; else partners++;
      if (!data.map[city]) nowhere++;
    }
    const told = [filled(words.shown, { cities: number(matching), all: number(world.number), ties: number(look.ties.length) })];
    if (partners) told.push(filled(words.partners_shown, { n: number(partners) }));
    if (nowhere && look.view === "map") told.push(filled(words.nowhere, { n: number(nowhere) }));
    element("shown").textContent = told.join(" ");
    picture.draw();
    changed();
  };
  const clear = () => {
    for (const [name, field] of Object.entries(fields)) if (name !== "by") field.type === "checkbox" ? (field.checked = false) : (field.value = "");
    off.clear();
    key();
    apply();
  };

  // As the address of the page tells them.
  const told = () => ({
    region: fields.region.value, country: fields.country.value, body: fields.body.value === "" ? "" : data.bodies[fields.body.value][0],
    degree: fields.degree.value, kind: fields.kind.value, told: fields.told.value, standing: fields.standing.checked ? 1 : "",
    nowhere: fields.nowhere.checked ? 1 : "", by: byCommunity() ? "community" : "", off: [...off].join("."),
  });
  const restore = (take) => {
    const set = (field, value) => { field.value = value; if (field.selectedIndex < 0) field.value = ""; };
    for (const name of ["region", "country", "degree", "kind", "told"]) set(fields[name], take(name));
    set(fields.body, take("body") && String(data.bodies.findIndex(([name]) => name === take("body"))));
    for (const name of ["standing", "nowhere"]) fields[name].checked = take(name) === "1";
    fields.by.value = take("by") === "community" ? "community" : "continent";
    off.clear();
    for (const place of take("off").split(".")) if (/^-?\d+$/.test(place)) off.add(Number(place));
    key();
  };
  for (const [name, field] of Object.entries(fields)) if (name !== "by") field.addEventListener("input", apply);
  fields.by.addEventListener("input", () => { off.clear(); key(); apply(); });
  element("reset").addEventListener("click", clear);
  return { apply, clear, told, restore, legend, title, onChanged: (act) => { changed = act; } };
})();
