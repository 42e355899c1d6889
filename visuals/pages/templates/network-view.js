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

  // --- names, which keep clear of marks and of one another ---
  const widths = new Map();
  const GAP = 3; // pixels between a mark and its name, and the least between a name and the mark of another
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
    const near = new Map(); // marks by each square of the screen that they reach, so that a name sees those near it only
    const squares = function* ({ x, y, w, h }) {
      for (let i = Math.floor(x / 40); i <= Math.floor((x + w) / 40); i++) {
        for (let j = Math.floor(y / 40); j <= Math.floor((y + h) / 40); j++) yield i + "," + j;
      }
    };
    for (const id of data.order) {
      if (!shown.nodes.has(id) || (about && !about.nodes.has(id))) continue;
      const { x, y, radius } = at(id);
      const reach = radius + GAP;
      if (x < -reach || y < -reach || x > width + reach || y > height + reach) continue;
      const mark = { id, x, y, radius, round: data.options.groups[data.nodes[id].group].shape === "dot" };
      if (x >= 0 && y >= 0 && x <= width && y <= height) visible.push(mark);
      for (const square of squares({ x: x - reach, y: y - reach, w: 2 * reach, h: 2 * reach })) {
        if (!near.has(square)) near.set(square, []);
        near.get(square).push(mark);
      }
    }
    // Whether a name lies over a mark, or is nearer to another than to its own.
    const covers = (box, own) => {
      for (const square of squares(box)) {
        for (const mark of near.get(square) ?? []) {
          const dx = Math.max(box.x - mark.x, 0, mark.x - box.x - box.w);
          const dy = Math.max(box.y - mark.y, 0, mark.y - box.y - box.h);
          if ((mark.round ? Math.hypot(dx, dy) : Math.max(dx, dy)) < mark.radius + (mark === own ? 0 : GAP)) return true;
        }
      }
      return false;
    };
    const placed = [];
    const most = Math.max(25, (width * height) / 12000);
    const first = ({ id }) => (about?.main === id ? 2 : data.nodes[id].focus ? 1 : 0); // what is pointed at, whom it is round
    visible.sort((a, b) => first(b) - first(a));
    let tried = 0;
    for (const mark of visible) {
      if (placed.length >= most || tried++ > 1500) break;
      const node = data.nodes[mark.id];
      const main = first(mark) > 0;
      const size = Math.round(12 + 4 * Math.min(1, node.size / biggest)) + (main ? 2 : 0);
      context.font = font(size, main);
      const text = lines(node.name);
      if (!text.length) continue;
      const key = node.name + size + main;
      if (!widths.has(key)) widths.set(key, Math.max(...text.map((line) => context.measureText(line).width)));
      const w = widths.get(key) + 4;
      const h = size * (1.2 * text.length + 0.2);
      const places = (main ? [GAP, 5 * GAP, 10 * GAP] : [GAP]).flatMap((gap) => {
        const away = mark.radius + gap;
        return [
          [mark.x, mark.y + away + h / 2], [mark.x, mark.y - away - h / 2],
          [mark.x + away + w / 2, mark.y], [mark.x - away - w / 2, mark.y],
          ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([i, j]) => [mark.x + i * (0.7 * away + w / 2), mark.y + j * (0.7 * away + h / 2)]),
        ];
      });
      for (const [x, y] of places) {
        const box = { x: x - w / 2, y: y - h / 2, w, h };
        if (box.x < 2 || box.y < 2 || box.x + w > width - 2 || box.y + h > height - 2) continue;
        if (placed.some((other) => box.x < other.x + other.w && other.x < box.x + w && box.y < other.y + other.h && other.y < box.y + h)) continue;
        if (covers(box, mark)) continue;
        placed.push({ ...box, cx: x, cy: y, text, size, main });
        break;
      }
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
