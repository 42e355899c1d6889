"use strict";
// What is chosen and filtered, and what is told of it: the card, the table, the keys, the address.
(() => {
  const { data, words, element, make, button, number, filled, cite } = page;
  const { network, look, view, boxes, shown, neighbours, tiesOf, otherEnd } = picture;
  const card = element("card");
  const place = new Map(data.nodes.map((node) => [node.key, node.id]));
  let pointed = null;
  let kept = null; // each is {nodes: Set, edges: [ids], main: id or null, fill: function}

  // --- the card: what is pointed to, what is kept ---
  const line = (text, parent = card, tag = "p") => make("bdi", text, make(tag, "", parent));
  const visibleTies = (id) => tiesOf.get(id).filter((edge) => shown.edges.has(edge)).map((edge) => data.edges[edge]);
  const aboutNode = (id) => ({
    nodes: new Set([id, ...visibleTies(id).map((edge) => otherEnd(edge, id))]), edges: visibleTies(id).map((edge) => edge.id), main: id,
    fill: (whole) => fillNode(data.nodes[id], whole),
  });
  const aboutEdge = (id) => {
    const edge = data.edges[id];
    return { nodes: new Set([edge.from, edge.to]), edges: [id], main: null, fill: () => fillEdge(edge) };
  };
  const head = (ids) => {
    const h2 = make("h2", "", card);
    ids.forEach((id, at) => {
      if (at) h2.append(" – ");
      make("bdi", data.nodes[id].name, h2);
    });
  };
  const told = (edge) => [data.ties[edge.kind].label, edge.status || words[edge.line], edge.since && words.since + " " + edge.since].filter(Boolean).join(" · ");
  const cited = (sources, parent) => { if (sources.length) cite(make("small", "", parent), sources); };
  const tiesOfNode = (node) => {
    const ties = visibleTies(node.id);
    const hidden = tiesOf.get(node.id).length - ties.length;
    make("h3", filled(words.ties_of, { n: number(ties.length) }), card);
    if (hidden) line(filled(words.hidden_ties, { n: number(hidden) }));
    const list = make("ul", "", card, "ties");
    ties.sort((a, b) => data.nodes[otherEnd(a, node.id)].name.localeCompare(data.nodes[otherEnd(b, node.id)].name, page.lang));
    for (const edge of ties) {
      const item = make("li", "", list);
      const other = otherEnd(edge, node.id);
      make("bdi", data.nodes[other].name, button("", item, () => choose(other)));
      make("bdi", told(edge), make("small", "", item));
      cited(edge.sources, item);
    }
  };
  const fillNode = (node, whole) => {
    head([node.id]);
    line([data.kinds[node.group], filled(words.neighbours, { n: number(neighbours.get(node.id).size) })].join(" · "));
    for (const fact of node.facts) line(fact);
    if (whole) tiesOfNode(node);
    if (node.sources.length) make("h3", words.sources_of, card);
    cited(node.sources, card);
  };
  const fillEdge = (edge) => {
    head([edge.from, edge.to]);
    line(told(edge));
    if (edge.sources.length) make("h3", words.sources, card);
    cited(edge.sources, card);
  };
  const show = (about, pointer) => {
    card.replaceChildren();
    card.hidden = !about;
    card.classList.toggle("pointed", Boolean(about) && about !== kept);
    card.style.left = card.style.top = "";
    look.about = about;
    network.redraw();
    if (!about) return;
    if (about === kept) {
      const close = button("×", card, () => keep(null));
      close.className = "close";
      close.ariaLabel = words.close;
    }
    about.fill(about === kept);
    card.scrollTop = 0;
    if (about === kept || !pointer) return;
    const room = element("picture");
    const left = pointer.x + 16 + card.offsetWidth > room.clientWidth ? pointer.x - card.offsetWidth - 16 : pointer.x + 16;
    card.style.left = Math.max(8, left) + "px";
    card.style.top = Math.max(8, Math.min(pointer.y + 12, room.clientHeight - card.offsetHeight - 8)) + "px";
  };
  const keep = (about) => { kept = about; pointed = null; show(about); remember(); };
  const point = (about, pointer) => {
    if (kept) return;
    pointed = about;
    show(about, pointer);
  };
  network.on("hoverNode", (event) => point(aboutNode(event.node), event.pointer.DOM));
  network.on("hoverEdge", (event) => point(aboutEdge(event.edge), event.pointer.DOM));
  network.on("blurNode", () => point(null));
  network.on("blurEdge", () => point(null));
  network.on("click", (event) => {
    if (event.nodes.length) {
      keep(aboutNode(event.nodes[0]));
      uncover(event.nodes[0]);
    }
    else if (event.edges.length) keep(aboutEdge(event.edges[0]));
    else keep(null);
  });
  const choose = (id) => {
    if (!shown.nodes.has(id)) reset();
    turn(false);
    keep(aboutNode(id));
    view.moved = true;
    network.moveTo({ position: network.getPosition(id), scale: Math.max(network.getScale(), 1), animation: false });
    uncover(id);
  };
  // Whom the card tells of, and its neighbours, stand in what the card leaves free of the picture: where it covers one of
  // them the view moves there, and shrinks as far as names can still be read.
  const LEAST = 0.5; // of the scale
  const EDGE = 12; // pixels free round them
  const uncover = (id) => {
    const [room, told] = [element("network"), card].map((one) => one.getBoundingClientRect());
    const covers = ({ x, y, radius }) => x + radius > told.left - room.left && x - radius < told.right - room.left && y + radius > told.top - room.top && y - radius < told.bottom - room.top;
    const at = picture.onScreen(room.width, room.height);
    const lit = [...look.about.nodes].filter((one) => shown.nodes.has(one)).map(at);
    if (!lit.some(covers)) return;
    view.moved = true;
    const free = { left: 0, right: room.width, top: 0, bottom: room.height };
    if (told.width > 0.6 * room.width) free.bottom = Math.max(1, told.top - room.top);
    else if (told.left > room.left + room.width / 2) free.right = told.left - room.left;
    else free.left = told.right - room.left;
    const low = ["x", "y"].map((side) => Math.min(...lit.map((one) => one[side] - one.radius)));
    const high = ["x", "y"].map((side) => Math.max(...lit.map((one) => one[side] + one.radius)));
    const wide = [free.right - free.left, free.bottom - free.top];
    const fitting = Math.min(...wide.map((one, side) => (one - 2 * EDGE) / (high[side] - low[side])));
    const factor = Math.min(1, Math.max(LEAST, fitting));
    const middle = fitting < LEAST ? [at(id).x, at(id).y] : low.map((one, side) => (one + high[side]) / 2);
    const scale = network.getScale();
    const [dx, dy] = [middle[0] - room.width / 2, middle[1] - room.height / 2].map((one) => one / scale);
    const [fx, fy] = [(free.left + free.right - room.width) / 2, (free.top + free.bottom - room.height) / 2].map((one) => one / scale / factor);
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + dx - fx, y: y + dy - fy }, scale: scale * factor, animation: false });
  };

  // --- filters ---
  const filter = () => {
    picture.refresh();
    element("shown").textContent = filled(words.shown, { nodes: number(shown.nodes.size), all_nodes: number(data.nodes.length), ties: number(shown.edges.size), all_ties: number(data.edges.length) });
    if (kept?.main != null) keep(shown.nodes.has(kept.main) ? aboutNode(kept.main) : null);
    else if (kept) keep(null);
    else remember();
    if (!view.moved) picture.whole();
    if (!element("table").hidden) table();
  };
  const reset = () => { for (const box of boxes) box.checked = true; filter(); };
  for (const box of boxes) box.addEventListener("change", filter);
  for (const [name, checked] of [["all-regions", true], ["no-regions", false]]) {
    element(name)?.addEventListener("click", () => {
      for (const box of boxes) if (box.className === "region") box.checked = checked;
      filter();
    });
  }

  // --- the table: the ties that are shown, and what has none ---
  const table = () => {
    const place_ = element("table");
    place_.replaceChildren();
    const made = make("table", "", place_);
    make("caption", element("shown").textContent, made);
    const row = make("tr", "", make("thead", "", made));
    for (const title of words.columns) make("th", title, row).scope = "col";
    const body = make("tbody", "", made);
    const name = (id, parent) => make("bdi", data.nodes[id].name, button("", make("td", "", parent), () => choose(id)));
    const ties = [...shown.edges].map((id) => data.edges[id]);
    const named = (id) => data.nodes[id].name;
    ties.sort((a, b) => named(a.from).localeCompare(named(b.from), page.lang) || named(a.to).localeCompare(named(b.to), page.lang));
    for (const edge of ties) {
      const cells = make("tr", "", body);
      name(edge.from, cells);
      name(edge.to, cells);
      for (const text of [data.ties[edge.kind].label, edge.status || words[edge.line], edge.since || "–"]) make("bdi", text, make("td", "", cells));
      cite(make("td", "", cells), edge.sources);
    }
    for (const id of shown.nodes) {
      if (tiesOf.get(id).length) continue;
      const cells = make("tr", "", body);
      name(id, cells);
      make("td", words.no_tie, cells).colSpan = words.columns.length - 1;
    }
  };
  const turn = (toTable) => {
    element("table").hidden = !toTable;
    element("as-table").setAttribute("aria-pressed", String(toTable));
    element("as-picture").setAttribute("aria-pressed", String(!toTable));
    if (toTable) { table(); element("table").focus(); }
  };
  element("as-table").addEventListener("click", () => turn(true));
  element("as-picture").addEventListener("click", () => turn(false));

  // --- keys and buttons ---
  element("nearer").addEventListener("click", () => picture.enlarge(1.4));
  element("farther").addEventListener("click", () => picture.enlarge(1 / 1.4));
  element("whole").addEventListener("click", () => { keep(null); picture.whole(); });
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // The nearest mark in a direction; without one that is kept, the one with most ties.
  const next = ([dx, dy]) => {
    if (kept?.main == null) return data.order.find((id) => shown.nodes.has(id));
    const at = picture.onScreen(0, 0);
    const from = at(kept.main);
    const away = (id) => Math.hypot(at(id).x - from.x, at(id).y - from.y);
    const there = [...shown.nodes].filter((id) => id !== kept.main && (at(id).x - from.x) * dx + (at(id).y - from.y) * dy > 0.7 * away(id));
    return there.sort((a, b) => away(a) - away(b))[0];
  };
  element("network").addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) picture.shift(60 * arrow[0], 60 * arrow[1]);
    else if (arrow || event.key === "Enter") {
      const id = arrow ? next(arrow) : kept?.main ?? next([0, 0]);
      if (id != null) choose(id);
      if (event.key === "Enter") card.querySelector("button")?.focus();
    } else if (event.key === "+" || event.key === "=") picture.enlarge(1.4);
    else if (event.key === "-") picture.enlarge(1 / 1.4);
    else if (event.key === "0") picture.whole();
    else return;
    event.preventDefault();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!element("table").hidden) turn(false);
    else keep(null);
    element("network").focus();
  });
  const nodes = data.order.map((id) => data.nodes[id]);
  page.finder(nodes.map((node) => ({ keys: [node.name, ...node.others].map(page.fold), name: node.name, beside: data.kinds[node.group], node })), ({ node }) => choose(node.id));

  // --- the address: a link restores what is chosen and what is filtered ---
  const remember = () => page.remember({
    node: kept?.main == null ? "" : data.nodes[kept.main].key,
    off: boxes.filter((box) => !box.checked).map((box) => box.className + "." + box.value).join(" "),
  });
  const restore = () => {
    const from = page.state();
    const off = new Set((from.get("off") ?? "").split(" "));
    for (const box of boxes) box.checked = !off.has(box.className + "." + box.value);
    const id = place.get(from.get("node"));
    kept = null;
    filter();
    if (id !== undefined && shown.nodes.has(id)) keep(aboutNode(id));
    else keep(null);
  };
  addEventListener("hashchange", restore);
  if (matchMedia("(max-width: 720px)").matches) element("options").open = false;
  restore();
})();
