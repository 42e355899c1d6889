"use strict";
// Draws the network of the page. Data reaches the page as canvas text or text nodes only, never as HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const opacity = Math.max(0.22, 0.8 - 0.13 * Math.log10(1 + data.edges.length)); // many ties: each fainter
  const element = (id) => document.getElementById(id);
  const make = (tag, text, parent) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  const number = (value) => value.toLocaleString(data.lang === "fa" ? "fa" : "en");

  // --- the network ---
  const neighbours = new Map(data.nodes.map((node) => [node.id, new Set()]));
  const tiesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    neighbours.get(edge.from).add(edge.to);
    neighbours.get(edge.to).add(edge.from);
    tiesOf.get(edge.from).push(edge.id);
    if (edge.to !== edge.from) tiesOf.get(edge.to).push(edge.id);
    edge.color = { color: data.ties[edge.kind].color, opacity };
    const dashes = data.lines[edge.line];
    if (dashes.length) edge.dashes = dashes;
    if (edge.turn) {
      const type = edge.turn % 2 ? "curvedCW" : "curvedCCW";
      edge.smooth = { enabled: true, type, roundness: 0.14 * Math.ceil(edge.turn / 2) };
    }
  }
  const shown = { kind: new Set(), tie: new Set(), line: new Set() };
  const nodes = new vis.DataView(new vis.DataSet(data.nodes), { filter: (node) => shown.kind.has(node.group) });
  const edges = new vis.DataView(new vis.DataSet(data.edges), {
    filter: (edge) => shown.tie.has(String(edge.kind)) && shown.line.has(edge.line), // a tie goes with its nodes
  });
  const boxes = [...document.querySelectorAll("fieldset input")];
  const refresh = () => {
    for (const box of boxes) shown[box.className][box.checked ? "add" : "delete"](box.value);
    nodes.refresh();
    edges.refresh();
  };
  refresh();
  const network = new vis.Network(element("network"), { nodes, edges }, data.options);
  const whole = () => network.fit({ maxZoomLevel: 1.6, animation: false });
  whole();
  let moved = false; // whoever moved or enlarged the picture keeps that view when the window changes
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { moved = true; });
  network.on("resize", () => { if (!moved) setTimeout(whole); }); // the library first scales by the mean of both sides
  for (const box of boxes) box.addEventListener("change", refresh);
  element("whole").addEventListener("click", () => { keep(null); moved = false; whole(); });

  // --- what is pointed to, what is kept ---
  const card = element("card");
  let pointed = null;
  let kept = null; // each is {nodes: Set, edges: [ids], fill: function}
  const aboutNode = (id) => ({ nodes: new Set([id, ...neighbours.get(id)]), edges: tiesOf.get(id), main: id, fill: () => fillNode(data.nodes[id]) });
  const aboutEdge = (id) => {
    const edge = data.edges[id];
    return { nodes: new Set([edge.from, edge.to]), edges: [id], main: null, fill: () => fillEdge(edge) };
  };
  const list = (heading, lines) => {
    if (!lines.length) return;
    make("h3", heading, card);
    const ul = make("ul", "", card);
    for (const line of lines) make("bdi", line, make("li", "", ul));
  };
  const head = (names) => {
    const h2 = make("h2", "", card);
    names.forEach((name, place) => {
      if (place) h2.append(" – ");
      make("bdi", name, h2);
    });
  };
  const sources = (item) => list(words.sources, item.sources.map((place) => data.sources[place]));
  const fillNode = (node) => {
    head([node.name]);
    const others = neighbours.get(node.id).size;
    make("p", data.kinds[node.group] + " · " + words.neighbours.replace("{n}", number(others)), card);
    list(words.facts, node.facts);
    sources(node);
  };
  const fillEdge = (edge) => {
    head([data.nodes[edge.from].name, data.nodes[edge.to].name]);
    const status = edge.status || words[edge.line];
    const since = edge.since ? words.since + " " + edge.since : "";
    make("p", [data.ties[edge.kind].label, status, since].filter(Boolean).join(" · "), card);
    sources(edge);
  };
  const show = (about, pointer) => {
    card.replaceChildren();
    card.hidden = !about;
    card.classList.toggle("kept", Boolean(about) && about === kept);
    if (!about) return;
    if (about === kept) {
      const close = make("button", "×", card);
      close.type = "button";
      close.ariaLabel = words.close;
      close.addEventListener("click", () => keep(null));
    }
    about.fill();
    card.style.left = card.style.top = "";
    if (about === kept || !pointer) return;
    const room = element("picture");
    const left = pointer.x + 16 + card.offsetWidth > room.clientWidth ? pointer.x - card.offsetWidth - 16 : pointer.x + 16;
    card.style.left = Math.max(8, left) + "px";
    card.style.top = Math.max(8, Math.min(pointer.y + 12, room.clientHeight - card.offsetHeight - 8)) + "px";
  };
  const keep = (about) => { kept = about; pointed = null; show(about); network.redraw(); };
  const point = (about, pointer) => {
    if (kept) return;
    pointed = about;
    show(about, pointer);
    network.redraw();
  };
  network.on("hoverNode", (event) => point(aboutNode(event.node), event.pointer.DOM));
  network.on("hoverEdge", (event) => point(aboutEdge(event.edge), event.pointer.DOM));
  network.on("blurNode", () => point(null));
  network.on("blurEdge", () => point(null));
  network.on("click", (event) => {
    if (event.nodes.length) keep(aboutNode(event.nodes[0]));
    else if (event.edges.length) keep(aboutEdge(event.edges[0]));
    else keep(null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") keep(null); });

  // --- drawing over vis-network's picture: the light on a neighbourhood, and labels that keep clear of one another ---
  const widths = new Map();
  const label = (node) => "\u2068" + (node.name.length > 34 ? node.name.slice(0, 33).trimEnd() + "…" : node.name) + "\u2069";
  const font = (size, bold) => (bold ? "700 " : "500 ") + size + "px Vazirmatn, 'Noto Sans', system-ui, sans-serif";
  const biggest = Math.max(1, ...data.order.slice(0, 1).map((id) => data.nodes[id].size));
  network.on("afterDrawing", (context) => {
    const canvas = context.canvas;
    const ratio = canvas.width / canvas.clientWidth;
    const about = kept || pointed;
    if (about) {
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.fillStyle = "rgba(255, 255, 255, 0.82)";
      context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
      context.restore();
      for (const id of about.edges) if (network.body.edges[id]?.connected) network.body.edges[id].draw(context);
      for (const id of about.nodes) network.body.nodes[id]?.draw(context);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels(context, canvas.clientWidth, canvas.clientHeight, about);
    context.restore();
  });
  const labels = (context, width, height, about) => {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const visible = [];
    const discs = new Map(); // node marks by square of the screen, so that a label sees those near it only
    for (const id of data.order) {
      const item = network.body.nodes[id];
      if (!item || (about && !about.nodes.has(id))) continue;
      const x = (item.x - middle.x) * scale + width / 2;
      const y = (item.y - middle.y) * scale + height / 2;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const mark = { id, x, y, radius: data.nodes[id].size * scale };
      visible.push(mark);
      const square = Math.floor(x / 40) + "," + Math.floor(y / 40);
      if (!discs.has(square)) discs.set(square, []);
      discs.get(square).push(mark);
    }
    const covered = (box, own) => {
      let sum = 0;
      for (let i = Math.floor(box.x / 40) - 1; i <= Math.floor((box.x + box.w) / 40) + 1; i++) {
        for (let j = Math.floor(box.y / 40) - 1; j <= Math.floor((box.y + box.h) / 40) + 1; j++) {
          for (const mark of discs.get(i + "," + j) ?? []) {
            if (mark === own) continue;
            const dx = Math.max(box.x - mark.x, 0, mark.x - box.x - box.w);
            const dy = Math.max(box.y - mark.y, 0, mark.y - box.y - box.h);
            if (dx * dx + dy * dy < mark.radius * mark.radius) sum += mark.radius;
          }
        }
      }
      return sum;
    };
    const placed = [];
    const most = Math.max(25, (width * height) / 12000);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = "rgba(255, 255, 255, 0.92)";
    context.fillStyle = "#111827";
    if (about?.main != null) visible.sort((a, b) => (b.id === about.main) - (a.id === about.main)); // its name first
    let tried = 0;
    for (const mark of visible) {
      if (placed.length >= most || tried++ > 1500) break;
      const node = data.nodes[mark.id];
      const main = about?.main === mark.id;
      const size = Math.round(12 + 4 * Math.min(1, node.size / biggest)) + (main ? 2 : 0);
      context.font = font(size, main);
      const text = label(node);
      const key = text + size + main;
      if (!widths.has(key)) widths.set(key, context.measureText(text).width);
      const w = widths.get(key) + 4;
      const h = size * 1.4;
      const away = mark.radius + 3;
      const places = [
        [mark.x, mark.y + away + h / 2], [mark.x, mark.y - away - h / 2],
        [mark.x + away + w / 2, mark.y], [mark.x - away - w / 2, mark.y],
        ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([i, j]) => [mark.x + i * (0.7 * away + w / 2), mark.y + j * (0.7 * away + h / 2)]),
      ];
      let best = null;
      // The most influential are named at any price but another label; the rest where they cover next to nothing.
      let least = main || placed.length < most / 4 ? Infinity : Math.max(3, mark.radius * 0.8);
      for (const [x, y] of places) {
        const box = { x: x - w / 2, y: y - h / 2, w, h };
        if (box.x < 2 || box.y < 2 || box.x + w > width - 2 || box.y + h > height - 2) continue;
        if (placed.some((other) => box.x < other.x + other.w && other.x < box.x + w && box.y < other.y + other.h && other.y < box.y + h)) continue;
        const cost = covered(box, mark);
        if (cost < least) [best, least] = [{ ...box, cx: x, cy: y }, cost];
        if (!cost) break;
      }
      if (!best) continue;
      placed.push(best);
      context.lineWidth = 3.5;
      context.strokeText(text, best.cx, best.cy);
      context.fillText(text, best.cx, best.cy);
    }
  };
  document.fonts.load("500 14px Vazirmatn", "شهر City").finally(() => { widths.clear(); network.redraw(); });

  // --- search ---
  // Names are matched folded: Arabic yeh and kaf as Persian, no half-spaces, marks, spaces or punctuation, small letters.
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLowerCase()
      .replace(/[يىئ]/g, "ی").replace(/ك/g, "ک").replace(/[ةۀە]/g, "ه").replace(/ؤ/g, "و")
      .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
      .replace(/[^\p{L}\p{N}]/gu, "");
  const keys = data.order.map((id) => [fold(data.nodes[id].name), data.nodes[id]]);
  const input = element("name");
  const found = element("found");
  const matches = () => {
    const wanted = fold(input.value);
    if (!wanted) return [];
    const rank = (key) => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : 2);
    return keys.filter(([key]) => key.includes(wanted)).sort((a, b) => rank(a[0]) - rank(b[0])).slice(0, 8).map(([, node]) => node);
  };
  const choose = (node) => {
    found.hidden = true;
    const box = boxes.find((one) => one.className === "kind" && one.value === node.group);
    if (!box.checked) { box.checked = true; refresh(); }
    keep(aboutNode(node.id));
    moved = true;
    network.focus(node.id, { scale: Math.max(network.getScale(), 1), animation: false });
  };
  input.addEventListener("input", () => {
    found.replaceChildren();
    found.hidden = !fold(input.value);
    const nodesFound = matches();
    for (const node of nodesFound) {
      const button = make("button", "", make("li", "", found));
      button.type = "button";
      make("bdi", node.name, button);
      button.append(" ");
      make("span", data.kinds[node.group], button);
      button.addEventListener("click", () => choose(node));
    }
    if (!nodesFound.length) make("p", words.none, make("li", "", found));
  });
  element("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matches();
    if (first) choose(first);
  });
})();
