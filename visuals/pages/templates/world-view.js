"use strict";
// The picture: what is drawn, and how it is moved and enlarged. `look` says what of it: see world-panel.js.
const picture = (() => {
  const { data, element, color } = page;
  const canvas = element("world");
  const context = canvas.getContext("2d");
  const still = document.createElement("canvas"); // the last whole picture, which stands in while the picture is moved
  const KEY = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#BFA800", "#8A5FBF"];
  const GREY = "#8b93a1";
  const look = { view: "map", matches: null, shown: null, ties: [], seen: new Set(), group: () => -1, chosen: null, pointed: null };
  const at = { x: 0, y: 0, k: 1 }; // the point in the middle, and pixels to its unit
  let [width, height, least, drawn, ready] = [0, 0, 1, null, null];

  const font = (weight, size) => `${weight} ${size}px Vazirmatn, 'Noto Sans', system-ui, sans-serif`;
  const now = () => world.views[look.view];
  const toScreen = ([x, y]) => [(x - at.x) * at.k + width / 2, (y - at.y) * at.k + height / 2];
  const hue = (city) => KEY[look.group(city)] ?? GREY;
  const radius = (city) => Math.min(14, (0.8 + 0.36 * Math.sqrt(world.partners[city])) * Math.min(3.2, (at.k / least) ** 0.4));

  const bounds = (points) => {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of points) {
      left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
    return [left, top, right, bottom];
  };
  const fit = (points, most = Infinity) => {
    const [left, top, right, bottom] = bounds(points);
    at.x = (left + right) / 2;
    at.y = (top + bottom) / 2;
    at.k = Math.min(most, 0.94 * Math.min(width / Math.max(right - left, 1e-6), height / Math.max(bottom - top, 1e-6)));
  };
  const everything = () => now().edge ? Array.from({ length: now().edge.length / 2 }, (_, i) => [now().edge[2 * i], now().edge[2 * i + 1]]) : now().at;
  const isWhole = () => {
    const before = { ...at };
    fit(everything());
    const [k, x, y] = [at.k, at.x, at.y];
    Object.assign(at, before);
    return Math.abs(at.k / k - 1) < 1e-3 && Math.hypot(at.x - x, at.y - y) * k < 1;
  };
  const whole = () => { fit(everything()); least = at.k; draw(); };
  // Some cities, as large as there is room for them beside the card, or above it.
  const frame = (cities) => {
    const points = cities.map((city) => now().at[city]).filter(Boolean);
    if (!points.length) return;
    fit(everything());
    least = at.k;
    const [own, card] = [canvas, element("card")].map((one) => one.getBoundingClientRect());
    const below = card.width > own.width / 2 ? Math.max(0, own.bottom - card.top) : 0;
    const beside = below || !card.width ? 0 : card.width + 24;
    [width, height] = [width - beside, height - below];
    fit(points, least * 60);
    [width, height] = [width + beside, height + below];
    at.k = Math.max(at.k * 0.9, least * 0.7);
    at.x += ((page.lang === "fa" ? -1 : 1) * beside) / 2 / at.k;
    at.y += below / 2 / at.k;
  };

  const trace = (into, points, close) => {
    for (let i = 0; i < points.length; i += 2) {
      const x = (points[i] - at.x) * at.k + width / 2;
      const y = (points[i + 1] - at.y) * at.k + height / 2;
      if (i) into.lineTo(x, y); else into.moveTo(x, y);
    }
    if (close) into.closePath();
  };
  const ground = (into) => {
    into.fillStyle = color("ground");
    into.fillRect(0, 0, width, height);
    if (!now().edge) return;
    into.save();
    into.beginPath();
    trace(into, now().edge, true);
    into.fillStyle = color("sea");
    into.fill();
    into.clip();
    into.beginPath();
    for (const ring of now().land) trace(into, ring, true);
    into.fillStyle = color("land");
    into.fill();
    into.beginPath();
    for (const line of now().borders) trace(into, line);
    into.strokeStyle = color("border");
    into.lineWidth = 0.7;
    into.stroke();
    into.restore();
  };
  const drawTies = (into, ties, opacity, lineWidth, style) => {
    into.globalAlpha = opacity;
    into.lineWidth = lineWidth;
    into.strokeStyle = style;
    for (let start = 0; start < ties.length; start += 300) { // in lots: what crosses within one is not laid over itself
      into.beginPath();
      for (const tie of ties.slice(start, start + 300)) for (const piece of now().tie(tie)) trace(into, piece);
      into.stroke();
    }
    into.globalAlpha = 1;
  };
  const dot = (into, city, ring) => {
    const place = now().at[city];
    if (!place) return;
    const [x, y] = toScreen(place);
    const r = radius(city);
    if (x < -r || y < -r || x > width + r || y > height + r) return;
    into.beginPath();
    into.arc(x, y, r, 0, 2 * Math.PI);
    into.fillStyle = hue(city);
    into.fill();
    into.lineWidth = ring ? 1.4 : 0.5;
    into.strokeStyle = ring ? color("ink") : color("ground");
    into.stroke();
  };
  // Where names stand, none over another: {city, text, x, y, size, weight, box}.
  const placed = (cities, most) => {
    const taken = [];
    for (const city of cities) {
      if (taken.length >= most) break;
      const place = now().at[city];
      if (!place) continue;
      const [x, y] = toScreen(place);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const main = city === look.chosen;
      const size = main ? 15 : 12;
      const weight = main ? 700 : 500;
      const text = "\u2068" + data.names[city] + "\u2069";
      context.font = font(weight, size);
      const w = context.measureText(text).width + 6;
      const h = size * 1.35;
      const away = radius(city) + 2;
      for (const [dx, dy] of [[0, away + h / 2], [0, -away - h / 2], [away + w / 2, 0], [-away - w / 2, 0]]) {
        const box = [x + dx - w / 2, y + dy - h / 2, x + dx + w / 2, y + dy + h / 2];
        if (box[0] < 2 || box[1] < 2 || box[2] > width - 2 || box[3] > height - 2) continue;
        if (taken.some(({ box: other }) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
        taken.push({ city, text, x: x + dx, y: y + dy, size, weight, box });
        break;
      }
    }
    return taken;
  };
  // The most tied cities in sight; of a city, it and its partners.
  const labels = () => {
    const room = Math.max(12, (width * height) / 16000);
    const city = look.chosen ?? look.pointed;
    return city === null ? placed(order(), room) : placed([city, ...[...near(city)].sort((a, b) => a - b)], 2 * room);
  };
  // The ties of a city that the filters leave, and its partners by these.
  const tiesOf = (city) => world.tiesOf[city].map((place) => world.ties[place]).filter((tie) => look.seen.has(tie));
  // Those in force, and the others, with their dashes.
  const byForce = (city) => [[tiesOf(city).filter((tie) => tie.line === "standing"), []], [tiesOf(city).filter((tie) => tie.line !== "standing"), [5, 4]]];
  const near = (city) => new Set(tiesOf(city).map((tie) => world.otherEnd(tie, city)));
  const write = (into) => {
    into.textBaseline = "middle";
    into.textAlign = "center";
    into.lineJoin = "round";
    into.lineWidth = 3;
    into.strokeStyle = color("ground");
    into.fillStyle = color("ink");
    for (const { text, x, y, size, weight } of labels()) {
      into.font = font(weight, size);
      into.strokeText(text, x, y);
      into.fillText(text, x, y);
    }
  };
  const faint = () => Math.min(0.6, 7 / Math.sqrt(look.ties.length + 1)); // many ties: each fainter
  const paint = (into) => {
    ground(into);
    const chosen = look.chosen ?? look.pointed;
    drawTies(into, look.ties, chosen === null ? faint() : faint() / 2.5, 0.8, color("soft"));
    into.globalAlpha = chosen === null ? 1 : 0.3;
    for (let city = world.number - 1; city >= 0; city--) if (look.shown[city]) dot(into, city, false);
    into.globalAlpha = 1;
    if (chosen !== null) {
      for (const [ties, dashes] of byForce(chosen)) {
        into.setLineDash(dashes);
        drawTies(into, ties, 0.75, 1.3, hue(chosen));
      }
      into.setLineDash([]);
      for (const city of near(chosen)) dot(into, city, false);
      dot(into, chosen, true);
    }
    write(into);
  };
  function* order() { for (let city = 0; city < world.number; city++) if (look.shown[city] && look.matches[city]) yield city; }

  const draw = () => {
    if (!width || !look.shown) return;
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context);
    still.width = canvas.width;
    still.height = canvas.height;
    still.getContext("2d").drawImage(canvas, 0, 0);
    drawn = { ...at };
    ready ??= performance.now();
    canvas.dataset.ready = String(Math.round(ready));
    moved();
  };
  let waiting = 0;
  const soon = () => { // the last picture, moved and enlarged; the true one when the hand rests
    const ratio = devicePixelRatio || 1;
    const scale = at.k / drawn.k;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = color("ground");
    context.fillRect(0, 0, width, height);
    context.drawImage(still, width / 2 + (drawn.x - at.x) * at.k - (width / 2) * scale, height / 2 + (drawn.y - at.y) * at.k - (height / 2) * scale, width * scale, height * scale);
    clearTimeout(waiting);
    waiting = setTimeout(draw, 140);
  };
  let moved = () => {};
  const resize = () => {
    const ratio = devicePixelRatio || 1;
    const before = [width, height];
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || (before[0] === width && before[1] === height)) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const scale = Math.min(width, height) / Math.min(before[0], before[1]);
    if (!before[0] || at.k <= least * 1.001) whole(); // the whole picture stays whole
    else { at.k *= Number.isFinite(scale) ? scale : 1; draw(); }
  };
  const enlarge = (factor, x = width / 2, y = height / 2) => {
    const k = Math.max(least * 0.7, Math.min(least * 400, at.k * factor));
    at.x += (x - width / 2) * (1 / at.k - 1 / k);
    at.y += (y - height / 2) * (1 / at.k - 1 / k);
    at.k = k;
    soon();
  };
  const shift = (dx, dy) => { at.x -= dx / at.k; at.y -= dy / at.k; soon(); };

  const cityAt = (x, y) => {
    let [best, nearest] = [null, 12];
    for (let city = 0; city < world.number; city++) {
      const place = now().at[city];
      if (!look.shown[city] || !place) continue;
      const [px, py] = toScreen(place);
      const distance = Math.hypot(px - x, py - y) - radius(city);
      if (distance < nearest) [best, nearest] = [city, distance];
      if (nearest < -radius(city) / 2) break;
    }
    return nearest < 5 ? best : null;
  };
  const onMoved = (act) => { moved = act; };
  return { canvas, look, at, KEY, GREY, hue, radius, now, toScreen, draw, whole, isWhole, font, labels, near, byForce, faint, frame, resize, enlarge, shift, cityAt, paint, order, onMoved, size: () => [width, height] };
})();
