"use strict";
// What is seen, as files: the ties as CSV and GEXF, the picture as SVG and PNG, each with its title, key and date.
(() => {
  const { data, words, element, escaped, color } = page;
  const { shown, network } = picture;
  const ends = (edge) => [data.nodes[edge.from], data.nodes[edge.to]];
  const ties = () => [...shown.edges].map((id) => data.edges[id]);
  const titles = (edge) => edge.sources.map((place) => data.sources[place][0]).join(" | ");
  const addresses = (edge) => edge.sources.map((place) => data.sources[place][1]).filter(Boolean).join(" | ");
  element("save-csv").addEventListener("click", () => page.save(page.csv([
    [...words.columns, words.addresses],
    ...ties().map((edge) => [...ends(edge).map((node) => node.name), data.ties[edge.kind].label, edge.status || words[edge.line], edge.since, titles(edge), addresses(edge)]),
  ]), ".csv"));

  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const viz = (hex) => { const [r, g, b] = rgb(hex); return `<viz:color r="${r}" g="${g}" b="${b}"/>`; };
  element("save-gexf").addEventListener("click", () => {
    const at = network.getPositions();
    const nodes = [...shown.nodes].map((id) => {
      const node = data.nodes[id];
      return `<node id="${escaped(node.key)}" label="${escaped(node.name)}"><attvalues><attvalue for="kind" value="${escaped(data.kinds[node.group])}"/></attvalues>`
        + `${viz(data.options.groups[node.group].color.background)}<viz:position x="${at[id].x}" y="${-at[id].y}" z="0"/><viz:size value="${node.size}"/></node>`;
    });
    const edges = ties().map((edge) =>
      `<edge id="${edge.id}" source="${escaped(data.nodes[edge.from].key)}" target="${escaped(data.nodes[edge.to].key)}"><attvalues>`
      + Object.entries({ kind: data.ties[edge.kind].label, status: edge.status || words[edge.line], since: edge.since, sources: titles(edge) }).map(([name, value]) => `<attvalue for="${name}" value="${escaped(value)}"/>`).join("")
      + `</attvalues>${viz(data.ties[edge.kind].color)}</edge>`);
    const attributes = (kind, names) => `<attributes class="${kind}">${names.map((name) => `<attribute id="${name}" title="${name}" type="string"/>`).join("")}</attributes>`;
    page.save(new Blob([`<?xml version="1.0" encoding="UTF-8"?><gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><meta><title>${escaped(data.title)}</title><description>${escaped(data.caption)}</description></meta>`
      + `<graph defaultedgetype="undirected">${attributes("node", ["kind"])}${attributes("edge", ["kind", "status", "since", "sources"])}<nodes>${nodes.join("")}</nodes><edges>${edges.join("")}</edges></graph></gexf>`], { type: "application/xml" }), ".gexf");
  });

  // The picture as it is seen, and below it the key, the figures and the day.
  // What has a sign in the drawing; regions of the world have none.
  const key = () => [...document.querySelectorAll("fieldset label:has(svg)")].filter((label) => label.querySelector("input").checked).map((label) => ({ svg: label.querySelector("svg"), text: label.querySelector("bdi, span:not(.count)").textContent }));
  const drawing = (hue = color) => {
    const canvas = element("network").querySelector("canvas");
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const at = picture.onScreen(width, height);
    const rtl = page.lang === "fa";
    const isolated = (text) => (rtl ? "\u2067" : "\u2066") + escaped(text) + "\u2069";
    const columns = Math.max(1, Math.floor(width / 230));
    const entries = key();
    const bottom = height + 30 + 20 * Math.ceil(entries.length / columns);
    const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -44 ${width} ${bottom + 84}" width="${width}" height="${bottom + 84}" font-family="Vazirmatn, 'Noto Sans', sans-serif" fill="${hue("ink")}"><title>${escaped(data.title)}</title><rect y="-44" width="${width}" height="${bottom + 84}" fill="${hue("ground")}"/><clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath><g clip-path="url(#frame)">`];
    for (const edge of ties()) {
      const [a, b] = [at(edge.from), at(edge.to)];
      const bend = edge.turn ? 0.14 * Math.ceil(edge.turn / 2) * (edge.turn % 2 ? 1 : -1) : 0;
      const middle = [(a.x + b.x) / 2 - (b.y - a.y) * bend, (a.y + b.y) / 2 + (b.x - a.x) * bend];
      const dashes = data.lines[edge.line].length ? ` stroke-dasharray="${data.lines[edge.line].join(" ")}"` : "";
      parts.push(`<path d="M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${middle.map((value) => value.toFixed(1)).join(" ")} ${b.x.toFixed(1)} ${b.y.toFixed(1)}" fill="none" stroke="${edge.color.color}" stroke-opacity="${edge.color.opacity.toFixed(2)}" stroke-width="1.6"${dashes}/>`);
    }
    const outlines = [...document.querySelectorAll("label:has(.kind) svg")].map((svg) => svg.firstElementChild);
    for (const id of [...shown.nodes].reverse()) {
      const { x, y, radius } = at(id);
      const mark = outlines[data.nodes[id].group].cloneNode();
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(radius / 7).toFixed(3)}) translate(-8 -8)`);
      mark.setAttribute("stroke", hue("ground"));
      mark.setAttribute("stroke-width", ".6");
      parts.push(mark.outerHTML);
    }
    const measure = document.createElement("canvas").getContext("2d");
    for (const { cx, cy, text, size, main } of picture.labels(measure, width, height, at, null)) {
      text.forEach((line, place) => parts.push(`<text x="${cx.toFixed(1)}" y="${(cy + (place - (text.length - 1) / 2) * 1.2 * size + 0.35 * size).toFixed(1)}" text-anchor="middle" font-size="${size}" font-weight="${main ? 700 : 500}" paint-order="stroke" stroke="${hue("ground")}" stroke-width="3.5" stroke-linejoin="round">${escaped(line)}</text>`));
    }
    parts.push("</g>");
    const side = rtl ? width - 14 : 14;
    const text = (words_, y, size, weight) => parts.push(`<text x="${side}" y="${y}" text-anchor="${rtl ? "end" : "start"}" font-size="${size}" font-weight="${weight}">${isolated(words_)}</text>`);
    text(data.title, -16, 18, 700);
    entries.forEach(({ svg, text: told }, place) => {
      const x = (place % columns) * 230 + 14;
      const y = height + 22 + 20 * Math.floor(place / columns);
      const from = rtl ? width - x - Number(svg.getAttribute("width")) : x;
      parts.push(`<g transform="translate(${from} ${y - 12})" color="${hue("ink")}">${svg.innerHTML}</g><text x="${rtl ? width - x - 34 : x + 34}" y="${y}" text-anchor="${rtl ? "end" : "start"}" font-size="12">${isolated(told)}</text>`);
    });
    text(element("shown").textContent, bottom + 8, 12, 500);
    text(data.caption, bottom + 26, 12, 500);
    parts.push("</svg>");
    return { svg: parts.join(""), width, height: bottom + 84 };
  };
  element("save-svg").addEventListener("click", () => page.save(new Blob([drawing().svg], { type: "image/svg+xml" }), ".svg"));
  element("save-png").addEventListener("click", () => {
    const { svg, width, height } = drawing();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    paint(context, new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, -44);
    canvas.toBlob((blob) => page.save(blob, ".png"));
  });
  // On paper stands the drawing with its key, in the colours of paper: a canvas would be stretched to the sheet.
  addEventListener("beforeprint", () => {
    const { svg, width, height } = drawing((name) => `var(--${name})`);
    const paper = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    paper.id = "paper";
    paper.setAttribute("viewBox", `0 0 ${width} ${height - 70}`); // the page itself tells the title and the day
    element("paper")?.remove();
    element("picture").prepend(paper);
  });
  addEventListener("afterprint", () => element("paper")?.remove());
  // The page's policy lets no picture be read in, so the few elements of the drawing are painted one by one.
  const paint = (context, svg, top) => {
    context.translate(0, -top);
    const walk = (element_, inherited) => {
      const own = (name) => element_.getAttribute(name) ?? inherited[name];
      const style = Object.fromEntries(["fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "font-size", "font-weight", "text-anchor", "color"].map((name) => [name, own(name)]));
      context.save();
      for (const [, name, values] of (element_.getAttribute("transform") ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
        const [x, y] = values.split(/[ ,]+/).map(Number);
        context[name](x, y ?? (name === "scale" ? x : 0));
      }
      if (element_.getAttribute("clip-path")) {
        const frame = svg.querySelector("clipPath rect");
        context.beginPath();
        context.rect(0, 0, Number(frame.getAttribute("width")), Number(frame.getAttribute("height")));
        context.clip();
      }
      const paths = { path: () => new Path2D(element_.getAttribute("d")), polygon: () => new Path2D("M" + element_.getAttribute("points").trim() + "Z"),
        rect: () => { const made = new Path2D(); made.rect(Number(own("x") ?? 0), Number(own("y") ?? 0), Number(own("width")), Number(own("height"))); return made; },
        circle: () => { const made = new Path2D(); made.arc(Number(own("cx")), Number(own("cy")), Number(own("r")), 0, 7); return made; } };
      const hue = (value) => (value === "currentColor" ? style.color : value);
      if (paths[element_.tagName]) {
        const path = paths[element_.tagName]();
        if (style.fill !== "none") { context.fillStyle = hue(style.fill ?? "black"); context.fill(path); }
        if (style.stroke && style.stroke !== "none") {
          context.strokeStyle = hue(style.stroke);
          context.globalAlpha = Number(style["stroke-opacity"] ?? 1);
          context.lineWidth = Number(style["stroke-width"] ?? 1);
          context.setLineDash((style["stroke-dasharray"] ?? "").split(/[ ,]+/).filter(Boolean).map(Number));
          context.stroke(path);
        }
      } else if (element_.tagName === "text") {
        context.font = picture.font(Number(style["font-size"]), style["font-weight"] === "700");
        context.textAlign = { middle: "center", end: "right" }[style["text-anchor"]] ?? "left";
        if (style.stroke) { context.strokeStyle = style.stroke; context.lineWidth = 3.5; context.lineJoin = "round"; context.strokeText(element_.textContent, Number(own("x")), Number(own("y"))); }
        context.fillStyle = style.fill;
        context.fillText(element_.textContent, Number(own("x")), Number(own("y")));
      }
      if (element_.tagName !== "clipPath") for (const child of element_.children) walk(child, style);
      context.restore();
    };
    walk(svg, {});
  };
})();
