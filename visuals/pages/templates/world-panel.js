"use strict";
// What is chosen and filtered, and what is told of it: the panel, the card, the table, files, the address.
(() => {
  const { data, words, element, make, button, number, filled, cite, state } = page;
  const { look, canvas, at } = picture;
  const fields = { region: element("region"), country: element("country"), body: element("body"), degree: element("degree"), standing: element("standing"), by: element("by") };
  const off = new Set(); // continents or communities that are switched off
  const sorted = (names) => [...new Set(names)].filter(Boolean).sort((a, b) => a.localeCompare(b, page.lang));
  const continents = data.continents;
  const communities = [...new Set(data.community)].filter((group) => group >= 0).sort((a, b) => a - b);
  for (const name of sorted(data.countries.map(([, region]) => region))) fields.region.append(new Option(name, name));
  for (const name of sorted(data.countries.map(([land]) => land))) fields.country.append(new Option(name, name));
  data.bodies.forEach(([name, members], place) => fields.body.append(new Option(`${name} (${number(members.length)})`, place)));

  const groupOf = () => fields.by.value === "community" ? (city) => data.community[city] : (city) => continents.indexOf(world.land(city)[2]);
  const groups = () => fields.by.value === "community" ? communities.map((place) => filled(words.community, { n: number(place + 1) })) : continents;

  // --- the key, which filters too ---
  const key = () => {
    const box = element("key");
    box.replaceChildren(element("key-title"));
    element("key-title").textContent = fields.by.value === "community" ? words.communities : words.continents;
    const counts = new Map();
    const group = groupOf();
    for (let city = 0; city < world.number; city++) counts.set(group(city), (counts.get(group(city)) ?? 0) + 1);
    [...groups().entries(), [-1, fields.by.value === "community" ? words.other : words.unknown]].forEach(([place, name]) => {
      if (!counts.get(place)) return;
      const label = make("label", "", box);
      const check = make("input", "", label);
      check.type = "checkbox";
      check.checked = !off.has(place);
      check.value = place;
      check.addEventListener("change", () => { off[check.checked ? "delete" : "add"](place); filter(); });
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 14 14");
      svg.setAttribute("aria-hidden", "true");
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [name_, value] of Object.entries({ cx: 7, cy: 7, r: 6, fill: picture.KEY[place] ?? picture.GREY })) circle.setAttribute(name_, value);
      svg.append(circle);
      label.append(svg);
      make("bdi", name, label);
      make("span", number(counts.get(place)), label, "count");
    });
  };

  // --- filters: cities that match, and the partners of these; a city without a tie that is shown is not shown ---
  const filter = () => {
    const members = fields.body.value === "" ? null : new Set(data.bodies[fields.body.value][1]);
    const least = Number(fields.degree.value) || 0;
    const group = groupOf();
    look.group = group;
    look.matches = Uint8Array.from({ length: world.number }, (_, city) => {
      const [land, region] = world.land(city);
      return !off.has(group(city)) && (!fields.region.value || region === fields.region.value) && (!fields.country.value || land === fields.country.value)
        && world.partners[city] >= least && (!members || members.has(city)) ? 1 : 0;
    });
    look.shown = new Uint8Array(world.number);
    look.ties = world.ties.filter((tie) => (look.matches[tie.one] || look.matches[tie.other]) && (!fields.standing.checked || tie.line === "standing"));
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
    if (!element("table").hidden) table(0);
  };

  // --- the card of a city ---
  const partnersOf = (city) => world.tiesOf[city].map((tie) => world.otherEnd(world.ties[tie], city));
  const card = element("card");
  const line = (text, parent, tag = "p") => make("bdi", text, make(tag, "", parent));
  const fill = (city) => {
    card.replaceChildren();
    const close = button("×", card, () => choose(null));
    close.className = "close";
    close.ariaLabel = words.close;
    make("bdi", data.names[city], make("h2", "", card));
    if (data.others[city]) line(data.others[city], card);
    line([world.land(city)[0] || words.no_country, world.land(city)[1]].filter(Boolean).join(" · "), card);
    const people = data.people[city] ? filled(data.when[city] ? words.people : words.people_undated, { n: number(data.people[city]), when: data.when[city] }) : words.no_people;
    line(people, card);
    if (!data.map[city]) line(words.no_place, card);
    make("h3", filled(words.ties_of, { n: number(world.tiesOf[city].length), partners: number(world.partners[city]) }), card);
    const list = make("ul", "", card, "ties");
    const ties = world.tiesOf[city].map((place) => world.ties[place]);
    ties.sort((a, b) => data.names[world.otherEnd(a, city)].localeCompare(data.names[world.otherEnd(b, city)], page.lang));
    for (const tie of ties) {
      const item = make("li", "", list);
      const other = world.otherEnd(tie, city);
      make("bdi", data.names[other], button("", item, () => choose(other, true)));
      make("bdi", [world.land(other)[0], tie.kind, tie.status || words[tie.line], tie.since && filled(words.since, { when: tie.since })].filter(Boolean).join(" · "), make("small", "", item));
      cite(make("small", "", item), tie.sources);
    }
    make("h3", words.bodies, card);
    if (!world.bodiesOf[city].length) line(words.no_bodies, card);
    else {
      const told = make("ul", "", card);
      for (const body of world.bodiesOf[city]) line(data.bodies[body][0], told, "li");
    }
  };
  const choose = (city, go = false) => {
    look.chosen = city;
    look.pointed = null;
    card.hidden = city === null;
    card.classList.remove("pointed");
    if (city !== null) {
      fill(city);
      card.scrollTop = 0;
      if (look.view === "map" && !data.map[city]) show("network");
      if (go) {
        picture.frame([city, ...partnersOf(city)]);
        element("table").hidden = true;
        pressed();
      }
    }
    picture.draw();
  };
  const point = (city, x, y) => {
    if (city === look.pointed || look.chosen !== null) return;
    look.pointed = city;
    card.hidden = city === null;
    card.classList.toggle("pointed", city !== null);
    if (city !== null) {
      card.replaceChildren();
      make("bdi", data.names[city], make("h2", "", card));
      line([world.land(city)[0], filled(words.ties_of, { n: number(world.tiesOf[city].length), partners: number(world.partners[city]) })].filter(Boolean).join(" · "), card);
      const [width, height] = picture.size();
      card.style.left = Math.max(8, Math.min(x + 14, width - card.offsetWidth - 8)) + "px";
      card.style.top = Math.max(8, Math.min(y + 14, height - card.offsetHeight - 8)) + "px";
    }
    picture.draw();
  };
  const leave = () => { card.style.left = card.style.top = ""; };

  // --- moving, pointing, keys ---
  const fingers = new Map();
  let travelled = 0;
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, event); travelled = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) { if (event.pointerType === "mouse") point(picture.cityAt(event.offsetX, event.offsetY), event.offsetX, event.offsetY); return; }
    const [dx, dy] = [event.offsetX - before.offsetX, event.offsetY - before.offsetY];
    travelled += Math.hypot(dx, dy);
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const gap = (finger) => Math.hypot(finger.offsetX - other.offsetX, finger.offsetY - other.offsetY);
      picture.enlarge(gap(event) / Math.max(1, gap(before)), (event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2);
    } else if (travelled > 4) picture.shift(dx, dy);
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => {
    fingers.delete(event.pointerId);
    if (name === "pointerup" && travelled <= 4) { leave(); choose(picture.cityAt(event.offsetX, event.offsetY)); }
  });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); picture.enlarge(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
  const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey && look.chosen !== null) neighbour(arrow);
    else if (arrow) picture.shift(60 * arrow[0], 60 * arrow[1]);
    else if (event.key === "+" || event.key === "=") picture.enlarge(1.5);
    else if (event.key === "-") picture.enlarge(1 / 1.5);
    else if (event.key === "0") picture.whole();
    else if (event.key === "Enter") inMiddle();
    else return;
    event.preventDefault();
  });
  const near = (reach) => {
    const [width, height] = picture.size();
    return [...picture.order()].filter((city) => {
      const place = picture.now().at[city];
      if (!place) return false;
      const [x, y] = picture.toScreen(place);
      return x > 0 && y > 0 && x < width && y < height && reach(x, y);
    });
  };
  const inMiddle = () => { const [first] = near(() => true); if (first !== undefined) choose(first); };
  const neighbour = ([dx, dy]) => { // the nearest of the most tied cities in that direction
    const [x0, y0] = picture.toScreen(picture.now().at[look.chosen]);
    const there = near((x, y) => (x - x0) * -dx + (y - y0) * -dy > Math.hypot(x - x0, y - y0) * 0.7 && Math.hypot(x - x0, y - y0) > 4).slice(0, 200);
    const away = (city) => { const [x, y] = picture.toScreen(picture.now().at[city]); return Math.hypot(x - x0, y - y0); };
    there.sort((a, b) => away(a) - away(b));
    if (there.length) choose(there[0]);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!element("table").hidden) { element("table").hidden = true; pressed(); } else choose(null);
  });
  element("nearer").addEventListener("click", () => picture.enlarge(1.6));
  element("farther").addEventListener("click", () => picture.enlarge(1 / 1.6));
  element("whole").addEventListener("click", () => picture.whole());

  // --- map, network, table ---
  const pressed = () => {
    const isTable = !element("table").hidden;
    for (const [id, on] of [["as-map", !isTable && look.view === "map"], ["as-network", !isTable && look.view === "network"], ["as-table", isTable]]) element(id).setAttribute("aria-pressed", String(on));
  };
  const show = (view) => { look.view = view; element("table").hidden = true; pressed(); picture.whole(); filter(); };
  element("as-map").addEventListener("click", () => show("map"));
  element("as-network").addEventListener("click", () => show("network"));
  element("as-table").addEventListener("click", () => { element("table").hidden = false; pressed(); table(0); element("table").focus(); });
  const PAGE = 100;
  const table = (start) => {
    const place = element("table");
    const cities = [...picture.order()];
    place.replaceChildren();
    const made = make("table", "", place);
    make("caption", filled(words.rows, { from: number(Math.min(start + 1, cities.length)), to: number(Math.min(start + PAGE, cities.length)), all: number(cities.length) }), made);
    const head = make("tr", "", make("thead", "", made));
    for (const title of words.columns) make("th", title, head).scope = "col";
    const body = make("tbody", "", made);
    for (const city of cities.slice(start, start + PAGE)) {
      const row = make("tr", "", body);
      make("bdi", data.names[city], button("", make("td", "", row), () => choose(city, true)));
      for (const text of [world.land(city)[0] || words.unknown, number(world.partners[city]), data.people[city] ? number(data.people[city]) : words.unknown, number(world.bodiesOf[city].length)]) make("bdi", text, make("td", "", row));
    }
    const turn = make("p", "", place, "row");
    if (start > 0) button(words.before, turn, () => { table(start - PAGE); place.scrollTop = 0; });
    if (start + PAGE < cities.length) button(words.next, turn, () => { table(start + PAGE); place.scrollTop = 0; });
  };

  // --- the address: what is seen is restored by a link ---
  const told = () => ({
    view: look.view === "map" ? "" : look.view, city: look.chosen === null ? "" : data.ids[look.chosen],
    region: fields.region.value, country: fields.country.value, body: fields.body.value === "" ? "" : data.bodies[fields.body.value][0],
    degree: Number(fields.degree.value) || "", standing: fields.standing.checked ? 1 : "", by: fields.by.value === "continent" ? "" : fields.by.value,
    off: [...off].join("."), at: [at.x, at.y, at.k / picture.size()[0]].map((value) => Number(value.toPrecision(5))).join("_"),
  });
  picture.onMoved(() => page.remember(told()));
  const restore = () => {
    const from = state();
    const take = (name) => from.get(name) ?? "";
    for (const name of ["region", "country"]) fields[name].value = take(name);
    fields.degree.value = Number(take("degree")) || 0;
    const body = data.bodies.findIndex(([name]) => name === take("body"));
    fields.body.value = body < 0 ? "" : body;
    fields.standing.checked = take("standing") === "1";
    fields.by.value = take("by") === "community" ? "community" : "continent";
    off.clear();
    for (const place of take("off").split(".")) if (/^-?\d+$/.test(place)) off.add(Number(place));
    key();
    look.view = take("view") === "network" ? "network" : "map";
    pressed();
    picture.resize();
    const place = take("at").split("_").map(Number);
    const city = data.ids.indexOf(take("city"));
    picture.whole();
    filter();
    if (place.length === 3 && place.every(Number.isFinite) && place[2] > 0) [at.x, at.y, at.k] = [place[0], place[1], place[2] * picture.size()[0]];
    else if (city >= 0) picture.frame([city, ...partnersOf(city)]);
    choose(city < 0 ? null : city);
  };
  for (const name of ["region", "country", "body", "degree", "standing"]) fields[name].addEventListener("input", filter);
  fields.by.addEventListener("input", () => { off.clear(); key(); filter(); });
  element("reset").addEventListener("click", () => {
    for (const name of ["region", "country", "body"]) fields[name].value = "";
    fields.degree.value = 0;
    fields.standing.checked = false;
    off.clear();
    key();
    filter();
  });
  page.finder(data.names.map((name, city) => ({ keys: [page.fold(name), page.fold(data.others[city])].filter(Boolean), name, beside: world.land(city)[0], city })), ({ city }) => {
    if (!look.shown[city]) element("reset").click();
    choose(city, true);
  });
  if (matchMedia("(max-width: 720px)").matches) element("options").open = element("about").open = false;
  new ResizeObserver(() => picture.resize()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.draw());
  addEventListener("hashchange", restore);
  document.fonts.load("500 14px Vazirmatn", "شهر City").finally(restore);
})();
