"use strict";
// What is seen, as files: the ties as CSV, the picture as PNG and SVG, each with its title, figures and date.
(() => {
  const { data, words, element } = page;
  const { look } = picture;
  const [title, ...foot] = [data.title, data.caption];
  element("save-csv").addEventListener("click", () => page.save(page.csv([
    words.csv, ...look.ties.map((tie) => [data.names[tie.one], world.land(tie.one)[0], data.names[tie.other], world.land(tie.other)[0], tie.kind, tie.status || words[tie.line], tie.since, tie.sources.map((place) => data.sources[place][0]).join(" | "), tie.sources.map((place) => data.sources[place][1]).filter(Boolean).join(" | ")]),
  ]), ".csv"));
  element("save-png").addEventListener("click", () => {
    const [width, height] = picture.size();
    const whole = document.createElement("canvas");
    const RATIO = 2;
    [whole.width, whole.height] = [width * RATIO, (height + 84) * RATIO];
    const into = whole.getContext("2d");
    into.scale(RATIO, RATIO);
    into.fillStyle = page.color("ground");
    into.fillRect(0, 0, width, height + 84);
    into.fillStyle = page.color("ink");
    into.textAlign = page.lang === "fa" ? "right" : "left";
    const side = page.lang === "fa" ? width - 14 : 14;
    into.font = "700 18px Vazirmatn, sans-serif";
    into.fillText("\u2068" + title + "\u2069", side, 28);
    into.font = "500 12px Vazirmatn, sans-serif";
    into.fillText("\u2068" + element("shown").textContent + "\u2069", side, height + 58);
    into.fillText("\u2068" + foot[0] + "\u2069", side, height + 76);
    into.translate(0, 40);
    into.beginPath();
    into.rect(0, 0, width, height);
    into.clip();
    picture.paint(into);
    whole.toBlob((blob) => page.save(blob, ".png"));
  });
  element("save-svg").addEventListener("click", () => page.save(new Blob([drawing()], { type: "image/svg+xml" }), ".svg"));
  const drawing = () => {
    const [width, height] = picture.size();
    const path = (points, close) => {
      let text = "";
      for (let i = 0; i < points.length; i += 2) text += (i ? "L" : "M") + picture.toScreen([points[i], points[i + 1]]).map((value) => value.toFixed(1)).join(" ");
      return text + (close ? "Z" : "");
    };
    const { edge, land, borders, tie: pieces } = picture.now();
    const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -40 ${width} ${height + 84}" font-family="Vazirmatn, sans-serif"><title>${page.escaped(title)}</title><rect y="-40" width="${width}" height="${height + 84}" fill="${page.color("ground")}"/>`];
    parts.push(`<clipPath id="edge"><path d="${edge ? path(edge, true) : `M0 0H${width}V${height}H0Z`}"/></clipPath><clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath><g clip-path="url(#frame)">`);
    parts.push(`<g clip-path="url(#edge)"><rect width="${width}" height="${height}" fill="${edge ? page.color("sea") : "none"}"/><path fill="${page.color("land")}" d="${land.map((ring) => path(ring, true)).join("")}"/><path fill="none" stroke="${page.color("border")}" stroke-width=".7" d="${borders.map((one) => path(one)).join("")}"/></g>`);
    const ties = look.chosen === null ? look.ties : world.tiesOf[look.chosen].map((place) => world.ties[place]);
    parts.push(`<path fill="none" stroke="${page.color("soft")}" stroke-opacity="${look.chosen === null ? 0.15 : 0.75}" stroke-width=".8" d="${ties.flatMap((tie) => pieces(tie).map((piece) => path(piece))).join("")}"/>`);
    for (let city = world.number - 1; city >= 0; city--) {
      const place = picture.now().at[city];
      if (!look.shown[city] || !place) continue;
      const [x, y] = picture.toScreen(place);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      parts.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${picture.radius(city).toFixed(1)}" fill="${picture.hue(city)}"><title>${page.escaped(data.names[city])}</title></circle>`);
    }
    const [side, anchor] = page.lang === "fa" ? [width - 14, "end"] : [14, "start"];
    const text = (words_, y, size, weight) => `<text x="${side}" y="${y}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${page.color("ink")}">\u2067${page.escaped(words_)}\u2069</text>`.replace("\u2067", page.lang === "fa" ? "\u2067" : "\u2066");
    parts.push("</g>", text(title, -12, 18, 700), text(element("shown").textContent, height + 18, 12, 500), text(foot[0], height + 36, 12, 500), "</svg>");
    return parts.join("");
  };
})();
