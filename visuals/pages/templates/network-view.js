"use strict";
// The picture: vis-network draws marks and lines; the page lights a neighbourhood and places the names.
const picture = (() => {
  const { data, element, color } = page;
  const opacity = Math.max(0.22, 0.8 - 0.13 * Math.log10(1 + data.edges.length)); // many ties: each fainter
  const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
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

  // --- filters: a tie goes with its nodes, and a node with the last of its ties; whom it is round stays in any region ---
  const boxes = [...document.querySelectorAll("fieldset input")];
  const shown = { nodes: new Set(), edges: new Set() };
  const select = () => {
    const on = (name) => new Set(boxes.filter((box) => box.className === name && box.checked).map((box) => box.value));
    const [kinds, ties, lines, regions] = [on("kind"), on("tie"), on("line"), on("region")];
    const placed = (node) => node.focus || regions.has(String(node.region)) || !boxes.some((box) => box.className === "region");
    const fits = (id) => kinds.has(data.nodes[id].group) && placed(data.nodes[id]);
    const kept = data.edges.filter((edge) => ties.has(String(edge.kind)) && lines.has(edge.line) && fits(edge.from) && fits(edge.to));
    const tied = new Set(kept.flatMap((edge) => [edge.from, edge.to]));
    shown.edges = new Set(kept.map((edge) => edge.id));
    shown.nodes = new Set(data.nodes.map((node) => node.id).filter((id) => fits(id) && (tied.has(id) || !tiesOf.get(id).length)));
  };
  select();
  const nodes = new vis.DataView(new vis.DataSet(data.nodes), { filter: (node) => shown.nodes.has(node.id) });
  const edges = new vis.DataView(new vis.DataSet(data.edges), { filter: (edge) => shown.edges.has(edge.id) });
  const network = new vis.Network(element("network"), { nodes, edges }, data.options);
  const refresh = () => { select(); nodes.refresh(); edges.refresh(); };

  // --- the view ---
  const view = { moved: false }; // whoever moved or enlarged the picture keeps that view when the window changes
  const whole = () => { view.moved = false; network.fit({ maxZoomLevel: 1.6, animation: false }); };
  whole();
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { view.moved = true; });
  network.on("resize", () => { if (!view.moved) setTimeout(whole); }); // the library first scales by the mean of both sides
  const enlarge = (factor) => { view.moved = true; network.moveTo({ scale: network.getScale() * factor, animation: false }); };
  const shift = (dx, dy) => {
    view.moved = true;
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() }, animation: false });
  };
  const look = { about: null }; // what has the light: {nodes: Set, edges: [ids], main: id or null}

  // --- names, which keep clear of one another ---
  const widths = new Map();
  const LINE = 30;
  // A name in up to three lines; a longer one stands in the card and the table alone, since none is cut.
  const lines = (name) => {
    const made = [""];
    for (const word of name.split(" ")) {
      if (made.at(-1) && (made.at(-1) + " " + word).length > LINE) made.push(word);
      else made.push((made.pop() + " " + word).trim());
    }
    return made.length > 3 || made.some((line) => line.length > 2 * LINE) ? [] : made.map((line) => "\u2068" + line + "\u2069");
  };
  const font = (size, bold) => (bold ? "700 " : "500 ") + size + "px Vazirmatn, 'Noto Sans', system-ui, sans-serif";
  const biggest = Math.max(1, ...data.order.slice(0, 1).map((id) => data.nodes[id].size));
  // Where the names go: for each that has room, its box and lines. Tells nothing of the canvas, so that files use it too.
  const labels = (context, width, height, at, about) => {
    const visible = [];
    const discs = new Map(); // node marks by square of the screen, so that a label sees those near it only
    for (const id of data.order) {
      if (!shown.nodes.has(id) || (about && !about.nodes.has(id))) continue;
      const { x, y, radius } = at(id);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const mark = { id, x, y, radius };
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
    if (about?.main != null) visible.sort((a, b) => (b.id === about.main) - (a.id === about.main)); // its name first
    let tried = 0;
    for (const mark of visible) {
      if (placed.length >= most || tried++ > 1500) break;
      const node = data.nodes[mark.id];
      const main = about?.main === mark.id;
      const size = Math.round(12 + 4 * Math.min(1, node.size / biggest)) + (main ? 2 : 0);
      context.font = font(size, main);
      const text = lines(node.name);
      if (!text.length) continue;
      const key = node.name + size + main;
      if (!widths.has(key)) widths.set(key, Math.max(...text.map((line) => context.measureText(line).width)));
      const w = widths.get(key) + 4;
      const h = size * (1.2 * text.length + 0.2);
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
        if (cost < least) [best, least] = [{ ...box, cx: x, cy: y, text, size, main }, cost];
        if (!cost) break;
      }
      if (best) placed.push(best);
    }
    return placed;
  };
  const write = (context, placed) => {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = color("ground");
    context.fillStyle = color("ink");
    for (const { cx, cy, text, size, main } of placed) {
      context.font = font(size, main);
      text.forEach((line, place) => {
        const y = cy + (place - (text.length - 1) / 2) * 1.2 * size;
        context.strokeText(line, cx, y);
        context.fillText(line, cx, y);
      });
    }
  };
  const onScreen = (width, height) => {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    return (id) => {
      const { x, y } = network.body.nodes[id];
      return { x: (x - middle.x) * scale + width / 2, y: (y - middle.y) * scale + height / 2, radius: data.nodes[id].size * scale };
    };
  };
  network.on("afterDrawing", (context) => {
    const canvas = context.canvas;
    const ratio = canvas.width / canvas.clientWidth;
    const { about } = look;
    if (about) {
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.globalAlpha = 0.82;
      context.fillStyle = color("ground");
      context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
      context.restore();
      for (const id of about.edges) if (network.body.edges[id]?.connected) network.body.edges[id].draw(context);
      for (const id of about.nodes) network.body.nodes[id]?.draw(context);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    write(context, labels(context, canvas.clientWidth, canvas.clientHeight, onScreen(canvas.clientWidth, canvas.clientHeight), about));
    context.restore();
    canvas.dataset.ready ??= String(Math.round(performance.now()));
  });
  document.fonts.load("500 14px Vazirmatn", "شهر City").finally(() => { widths.clear(); network.redraw(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.redraw());
  return { network, look, view, boxes, shown, neighbours, tiesOf, otherEnd, refresh, whole, enlarge, shift, onScreen, labels, font };
})();
