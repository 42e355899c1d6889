"use strict";
// Cities and ties as the page holds them, and where they stand: on the map (Equal Earth) and in the network.
const world = (() => {
  const { data } = page;
  const number = data.ids.length;
  const ties = [];
  const tiesOf = Array.from({ length: number }, () => []);
  for (let at = 0; at < data.ties.length; at += 4) {
    const [one, other, bundle, detail] = data.ties.slice(at, at + 4);
    const [kind, status, since, line, voices] = data.details[detail];
    tiesOf[one].push(ties.length);
    tiesOf[other].push(ties.length);
    ties.push({ one, other, sources: data.bundles[bundle], kind, status, since, line, voices });
  }
  const otherEnd = (tie, city) => (tie.one === city ? tie.other : tie.one);
  const partners = tiesOf.map((list, city) => new Set(list.map((tie) => otherEnd(ties[tie], city))).size);
  const bodiesOf = Array.from({ length: number }, () => []);
  data.bodies.forEach(([, members], body) => { for (const city of members) bodiesOf[city].push(body); });
  const land = (city) => data.countries[data.country[city]];

  // Equal Earth (Šavrič, Patterson and Jenny 2018): degrees east of the map's middle and north, to radii, y downwards.
  const A = [1.340264, -0.081106, 0.000893, 0.003796];
  const project = (east, north) => {
    const t = Math.asin((Math.sqrt(3) / 2) * Math.sin((north * Math.PI) / 180));
    const t2 = t * t;
    const t6 = t2 * t2 * t2;
    const x = (((2 * Math.sqrt(3)) / 3) * ((east * Math.PI) / 180) * Math.cos(t)) / (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2));
    return [x, -t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))];
  };
  const fromMiddle = (east) => ((((east - data.middle + 180) % 360) + 360) % 360) - 180;
  const vector = ([north, east]) => {
    const [n, e] = [(north * Math.PI) / 180, (east * Math.PI) / 180];
    return [Math.cos(n) * Math.cos(e), Math.cos(n) * Math.sin(e), Math.sin(n)];
  };
  const STEP = 2; // degrees between two points of a great circle
  // The shortest way between two places as lines on the map: two where it crosses the map's edge.
  const greatCircle = (from, to) => {
    const [a, b] = [vector(from), vector(to)];
    const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
    const parts = Math.max(1, Math.ceil(((angle * 180) / Math.PI) / STEP));
    const sine = Math.sin(angle);
    const pieces = [[]];
    let last = null;
    for (let part = 0; part <= parts; part++) {
      const share = part / parts;
      const [p, q] = sine < 1e-9 ? [1 - share, share] : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
      const [x, y, z] = [0, 1, 2].map((axis) => p * a[axis] + q * b[axis]);
      const east = fromMiddle((Math.atan2(y, x) * 180) / Math.PI);
      const north = (Math.asin(Math.max(-1, Math.min(1, z))) * 180) / Math.PI;
      if (last && Math.abs(east - last[0]) > 180) {
        const turn = east > last[0] ? -360 : 360; // to the edge on this side, and on from the other
        const until = (Math.sign(last[0]) * 180 - last[0]) / (east + turn - last[0]);
        const edge = last[1] + until * (north - last[1]);
        pieces.at(-1).push(...project(Math.sign(last[0]) * 180, edge));
        pieces.push([...project(-Math.sign(last[0]) * 180, edge)]);
      }
      pieces.at(-1).push(...project(east, north));
      last = [east, north];
    }
    return pieces;
  };

  const lines = (list) => list.map((steps) => {
    const points = new Float32Array(steps.length);
    let [x, y] = [0, 0];
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points[at] = x / data.fine;
      points[at + 1] = -y / data.fine;
    }
    return points;
  });
  const edge = [];
  for (let north = -90; north <= 90; north += 3) edge.push(...project(-180, north));
  for (let north = 90; north >= -90; north -= 3) edge.push(...project(180, north));

  const onMap = data.map.map((place) => (place ? project(fromMiddle(place[1]), place[0]) : null));
  const views = {
    map: {
      at: onMap,
      tie: (tie) => (tie.pieces ??= onMap[tie.one] && onMap[tie.other] ? greatCircle(data.map[tie.one], data.map[tie.other]) : []),
      land: lines(data.land),
      borders: lines(data.borders),
      edge,
    },
    network: {
      at: data.network,
      tie: (tie) => [[...data.network[tie.one], ...data.network[tie.other]]],
      land: [],
      borders: [],
      edge: null,
    },
  };
  return { number, ties, tiesOf, partners, bodiesOf, land, otherEnd, views };
})();
