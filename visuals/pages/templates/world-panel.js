"use strict";
// What is done on the page: a city is chosen, the picture moved, the table turned, the address kept.
(() => {
  const { data, words, element, make, button, number, filled, state } = page;
  const { look, canvas, at } = picture;
  const partnersOf = (city) => world.tiesOf[city].map((tie) => world.otherEnd(world.ties[tie], city));
  const choose = (city, go = false) => {
    look.chosen = city;
    look.pointed = null;
    if (city === null) card.leave();
    else {
      card.show(city, choose);
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
    if (city === null) card.leave(); else card.beside(city, x, y);
    picture.draw();
  };

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
    if (name === "pointerup" && travelled <= 4) choose(picture.cityAt(event.offsetX, event.offsetY));
  });
  canvas.addEventListener("pointerleave", () => point(null));
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
  const show = (view) => { look.view = view; element("table").hidden = true; pressed(); picture.whole(); filters.apply(); };
  element("as-map").addEventListener("click", () => show("map"));
  element("as-network").addEventListener("click", () => show("network"));
  element("as-table").addEventListener("click", () => { element("table").hidden = false; pressed(); table(0); element("table").focus(); });
  filters.onChanged(() => { if (!element("table").hidden) table(0); });
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
      for (const text of [world.land(city)[0] || words.unknown, number(world.partners[city]), data.people[city] ? number(data.people[city]) : words.unknown, world.bodiesOf[city].length ? number(world.bodiesOf[city].length) : words.none_known]) make("bdi", text, make("td", "", row));
    }
    const turn = make("p", "", place, "row");
    if (start > 0) button(words.before, turn, () => { table(start - PAGE); place.scrollTop = 0; });
    if (start + PAGE < cities.length) button(words.next, turn, () => { table(start + PAGE); place.scrollTop = 0; });
  };


  // --- the address: what is seen is restored by a link ---
  const told = () => ({
    view: look.view === "map" ? "" : look.view, city: look.chosen === null ? "" : data.ids[look.chosen], ...filters.told(),
    at: picture.isWhole() ? "" : [at.x, at.y, at.k / picture.size()[0]].map((value) => Number(value.toPrecision(5))).join("_"),
  });
  picture.onMoved(() => page.remember(told()));
  const restore = () => {
    const from = state();
    const take = (name) => from.get(name) ?? "";
    filters.restore(take);
    look.view = take("view") === "network" ? "network" : "map";
    pressed();
    picture.resize();
    const place = take("at").split("_").map(Number);
    const city = data.ids.indexOf(take("city"));
    picture.whole();
    filters.apply();
    if (place.length === 3 && place.every(Number.isFinite) && place[2] > 0) [at.x, at.y, at.k] = [place[0], place[1], place[2] * picture.size()[0]];
    else if (city >= 0) picture.frame([city, ...partnersOf(city)]);
    choose(city < 0 ? null : city);
  };
  const keys = (city) => [data.names[city], data.others[city], ...(data.aliases[city] ?? [])].map(page.fold).filter(Boolean);
  page.finder(data.names.map((name, city) => ({ keys: keys(city), name, beside: world.land(city)[0], city })), ({ city }) => {
    if (!look.shown[city]) filters.clear();
    choose(city, true);
  });
  if (matchMedia("(max-width: 720px)").matches) element("options").open = element("about").open = false;
  new ResizeObserver(() => picture.resize()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.draw());
  addEventListener("hashchange", restore);
  document.fonts.load("500 14px Vazirmatn", "شهر City").finally(restore);
})();
