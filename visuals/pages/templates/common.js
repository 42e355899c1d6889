"use strict";
// What the pages share. Data reach a page as canvas text or text nodes only, never as HTML.
const page = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, lang } = data;
  const element = (id) => document.getElementById(id);
  const make = (tag, text, parent, className) => {
    const made = document.createElement(tag);
    made.textContent = text;
    // A Persian text that begins with a Latin name runs from right to left all the same.
    if (tag === "bdi" && lang === "fa" && /[\u0600-\u06ff]/.test(text)) made.dir = "rtl";
    if (className) made.className = className;
    if (parent) parent.append(made);
    return made;
  };
  const button = (text, parent, act) => {
    const made = make("button", text, parent);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const number = (value) => value.toLocaleString(lang === "fa" ? "fa" : "en");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // Names in a row, each apart from the direction of the others.
  const listed = (names) => names.map((name) => "\u2068" + name + "\u2069").join(lang === "fa" ? "، " : ", ");
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  // Names are matched folded: Arabic yeh and kaf as Persian, no half-spaces, marks, spaces or punctuation, small letters.
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLowerCase()
      .replace(/[يىئ]/g, "ی").replace(/ك/g, "ک").replace(/[ةۀە]/g, "ه").replace(/ؤ/g, "و")
      .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
      .replace(/ı/g, "i").replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/đ/g, "d").replace(/æ/g, "ae")
      .replace(/[^\p{L}\p{N}]/gu, "");

  // How many letters are to be changed, added or left out to make one text of another (Levenshtein), up to `most`.
  const changes = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
      if (Math.min(...next) > most) return most + 1;
      row = next;
    }
    return row[other.length];
  };

  // A box that finds: `entries` in their order of worth, each {keys: [folded], name, beside}; `choose` takes one.
  const finder = (entries, choose) => {
    const input = element("name");
    const found = element("found");
    const matches = () => {
      const wanted = fold(input.value);
      if (!wanted) return [];
      const ranks = [[], [], []];
      for (const entry of entries) {
        let best = 3;
        for (const key of entry.keys) best = Math.min(best, key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 3);
        if (best < 3) ranks[best].push(entry);
      }
      return ranks.flat().slice(0, 8);
    };
    // Of what is found in no name: names that are almost so, the nearest first.
    const alike = () => {
      const wanted = fold(input.value);
      if (wanted.length < 3) return [];
      const most = wanted.length < 6 ? 1 : 2;
      const found = [];
      for (const entry of entries) {
        const apart = Math.min(...entry.keys.map((key) => changes(wanted, key, most)));
        if (apart <= most) found.push({ entry, apart });
      }
      return found.sort((a, b) => a.apart - b.apart).slice(0, 8).map(({ entry }) => entry);
    };
    const close = () => { found.hidden = true; input.setAttribute("aria-expanded", "false"); };
    const take = (entry) => { close(); choose(entry); };
    input.addEventListener("input", () => {
      found.replaceChildren();
      const entered = fold(input.value);
      found.hidden = !entered;
      input.setAttribute("aria-expanded", String(Boolean(entered)));
      const exact = matches();
      const entriesFound = exact.length ? exact : alike();
      if (!exact.length) make("p", entriesFound.length ? words.near : words.none, make("li", "", found));
      for (const entry of entriesFound) {
        const line = button("", make("li", "", found), () => take(entry));
        make("bdi", entry.name, line);
        line.append(" ");
        make("bdi", entry.beside, make("span", "", line));
      }
    });
    element("find").addEventListener("keydown", (event) => {
      const lines = [...found.querySelectorAll("button")];
      const place = lines.indexOf(document.activeElement);
      if (event.key === "Escape" && !found.hidden) { close(); input.focus(); }
      else if (event.key === "ArrowDown") (lines[place + 1] ?? lines[0])?.focus();
      else if (event.key === "ArrowUp") (lines[place - 1] ?? input).focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    element("find").addEventListener("submit", (event) => {
      event.preventDefault();
      const [first] = [...matches(), ...alike()];
      if (first) take(first);
    });
  };

  // What a source is: its title, a link where it can be read.
  const cite = (parent, places) => {
    places.forEach((place, at) => {
      if (at) parent.append(lang === "fa" ? "؛ " : "; ");
      const [title, address] = data.sources[place];
      const told = make(address ? "a" : "span", "", parent);
      if (address) { told.href = address; told.rel = "noopener noreferrer"; told.target = "_blank"; }
      make("bdi", title, told);
    });
  };

  const save = (blob, suffix) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = data.name + suffix;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const escaped = (text) => String(text).replace(/[&<>"']/g, (letter) => "&#" + letter.charCodeAt(0) + ";");
  // A cell that a sheet could take for a formula is told apart by an apostrophe.
  const cell = (value) => {
    const text = String(value ?? "").replace(/^([=+@\t\r]|-(?!\d))/, "'$1");
    return /[",\n;]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  const csv = (rows) => new Blob(["\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });

  // The address of the page carries what is chosen, so that a link restores it.
  const state = () => new URLSearchParams(location.hash.slice(1));
  const remember = (values) => {
    const wanted = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value != null));
    try {
      history.replaceState(null, "", wanted.size || location.hash ? "#" + wanted : location.pathname);
    } catch { /* a page from a place that has no history keeps none */ }
  };
  return { data, words, lang, element, make, button, number, filled, listed, color, fold, finder, cite, save, escaped, csv, state, remember };
})();
