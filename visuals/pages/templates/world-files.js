"use strict";
// What is seen, as files: the ties as CSV, the picture as PNG and SVG, each with its title, key, figures and date.
(() => {
  const { data, words, element, escaped, color } = page;
  const { look } = picture;
  const rtl = page.lang === "fa";
  const sourced = (tie, part) => tie.sources.map((place) => data.sources[place][part]).filter(Boolean).join(" | ");
  element("save-csv").addEventListener("click", () => page.save(page.csv([
    words.csv, ...look.ties.map((tie) => [data.names[tie.one], world.land(tie.one)[0], data.names[tie.other], world.land(tie.other)[0], tie.kind, tie.status || words[tie.line], tie.since, tie.voices, sourced(tie, 0), sourced(tie, 1)]),
  ]), ".csv"));

  // Above and below the picture: {text, x, y, size, weight} and marks {hue, x, y}; in SVG and canvas alike.
  const HEAD = 44;
  const isolated = (text) => (rtl ? "\u2067" : "\u2066") + text + "\u2069";
  const around = (width, height) => {
    const measure = document.createElement("canvas").getContext("2d");
    const side = (x) => (rtl ? width - x : x);
    const texts = [];
    const marks = [];
    const write = (text, y, size, weight) => {
      measure.font = picture.font(weight, size);
      let line = "";
      for (const word of text.split(" ")) {
        if (line && measure.measureText(line + " " + word).width > width - 28) {
          texts.push({ text: line, x: side(14), y, size, weight });
          [line, y] = [word, y + size * 1.6];
        } else line = line ? line + " " + word : word;
      }
      texts.push({ text: line, x: side(14), y, size, weight });
      return y + size * 1.6;
    };
    write(data.title, 28 - HEAD, 18, 700);
    let y = write(filters.title(), height + 26, 12, 700) + 2;
    let x = 14;
    measure.font = picture.font(500, 12);
    for (const { name, hue, count } of filters.legend()) {
      const text = `${name} (${page.number(count)})`;
      const room = measure.measureText(text).width + 44;
      if (x > 14 && x + room > width) [x, y] = [14, y + 20];
      marks.push({ hue, x: side(x + 6), y: y - 4 });
      texts.push({ text, x: side(x + 18), y, size: 12, weight: 500 });
      x += room;
    }
    y = write(element("shown").textContent, y + 24, 12, 500);
    return { texts, marks, bottom: write(data.caption, y, 12, 500) };
  };

  element("save-png").addEventListener("click", () => {
    const [width, height] = picture.size();
    const { texts, marks, bottom } = around(width, height);
    const whole = document.createElement("canvas");
    const RATIO = 2;
    [whole.width, whole.height] = [width * RATIO, (bottom + HEAD) * RATIO];
    const into = whole.getContext("2d");
    into.scale(RATIO, RATIO);
    into.fillStyle = color("ground");
    into.fillRect(0, 0, width, bottom + HEAD);
    into.translate(0, HEAD);
    into.save();
    into.beginPath();
    into.rect(0, 0, width, height);
    into.clip();
    picture.paint(into);
    into.restore();
    for (const { hue, x, y } of marks) {
      into.beginPath();
      into.arc(x, y, 6, 0, 2 * Math.PI);
      into.fillStyle = hue;
      into.fill();
    }
    into.fillStyle = color("ink");
    into.textAlign = rtl ? "right" : "left";
    for (const { text, x, y, size, weight } of texts) {
      into.font = picture.font(weight, size);
      into.fillText(isolated(text), x, y);
    }
    whole.toBlob((blob) => page.save(blob, ".png"));
  });

  const drawing = () => {
    const [width, height] = picture.size();
    const { texts, marks, bottom } = around(width, height);
    const path = (points, close) => {
      let text = "";
      for (let i = 0; i < points.length; i += 2) text += (i ? "L" : "M") + picture.toScreen([points[i], points[i + 1]]).map((value) => value.toFixed(1)).join(" ");
      return text + (close ? "Z" : "");
    };
    const circle = (x, y, r, fill, told) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${fill}">${told ? `<title>${escaped(told)}</title>` : ""}</circle>`;
    const written = ({ text, x, y, size, weight }, anchor, more = "") => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${color("ink")}"${more}>${escaped(isolated(text))}</text>`;
    const { edge, land, borders, tie: pieces } = picture.now();
    const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-HEAD} ${width} ${bottom + HEAD}" width="${width}" height="${bottom + HEAD}" font-family="Vazirmatn, 'Noto Sans', sans-serif"><title>${escaped(data.title)}</title>`
      + `<rect y="${-HEAD}" width="${width}" height="${bottom + HEAD}" fill="${color("ground")}"/><clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath><g clip-path="url(#frame)">`];
    if (edge) {
      parts.push(`<clipPath id="edge"><path d="${path(edge, true)}"/></clipPath><g clip-path="url(#edge)"><rect width="${width}" height="${height}" fill="${color("sea")}"/>`
        + `<path fill="${color("land")}" d="${land.map((ring) => path(ring, true)).join("")}"/><path fill="none" stroke="${color("border")}" stroke-width=".7" d="${borders.map((one) => path(one)).join("")}"/></g>`);
    }
    const ties = (list, stroke, opacity, dashes = []) => parts.push(`<path fill="none" stroke="${stroke}" stroke-opacity="${opacity}" stroke-width=".8"${dashes.length ? ` stroke-dasharray="${dashes.join(" ")}"` : ""} d="${list.flatMap((tie) => pieces(tie).map((piece) => path(piece))).join("")}"/>`);
    const near = look.chosen === null ? null : new Set([look.chosen, ...picture.near(look.chosen)]);
    if (near) for (const [list, dashes] of picture.byForce(look.chosen)) ties(list, picture.hue(look.chosen), 0.75, dashes);
    else ties(look.ties, color("soft"), picture.faint());
    for (let city = world.number - 1; city >= 0; city--) {
      const place = picture.now().at[city];
      if (!place || !(near ? near.has(city) : look.shown[city])) continue;
      const [x, y] = picture.toScreen(place);
      if (x >= 0 && y >= 0 && x <= width && y <= height) parts.push(circle(x, y, picture.radius(city), picture.hue(city), data.names[city]));
    }
    const halo = ` dominant-baseline="central" stroke="${color("ground")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
    for (const label of picture.labels()) parts.push(written({ ...label, text: data.names[label.city] }, "middle", halo));
    parts.push("</g>", ...marks.map(({ hue, x, y }) => circle(x, y, 6, hue)), ...texts.map((text) => written(text, rtl ? "end" : "start")), "</svg>");
    return parts.join("");
  };
  element("save-svg").addEventListener("click", () => page.save(new Blob([drawing()], { type: "image/svg+xml" }), ".svg"));
})();
