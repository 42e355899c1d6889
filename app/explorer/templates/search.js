"use strict";
// The search of pages that are files: the names lie in a script of their own beside this one (names.js), which is read
// when somebody first looks for something. It finds what the search of the command finds, in the same order.
const START = document.currentScript.dataset.start;
const PERSIAN = document.documentElement.lang === "fa" ? 1 : 0;

// Names are matched folded: letters and digits alone, whatever the spelling.
const LETTERS = {
  "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŧ": "t", "ß": "ss", "ς": "σ",
  "ي": "ی", "ى": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ھ": "ه", "ہ": "ه", "ە": "ه", "ة": "ه", "ۃ": "ه", "ء": "", "ـ": "",
};
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARKS, "");
  return [...plain].map((letter) => LETTERS[letter] ?? letter).join("")
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0)
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[^\p{L}\p{N}\p{M}]/gu, "");
}

const ENDINGS = new Set(["ها", "های", "هایی", "هایش", "ای", "ام"]);
const PLURALS = ["هایشان", "هایشون", "هاشان", "هایند", "هایش", "هایم", "هایت", "هاست", "هایی", "های", "ها"];

// A folded word without the endings of plurals.
function stem(key) {
  if (/^[\x00-\x7f]*$/.test(key)) {
    if (key.endsWith("ies") && key.length > 4) return key.slice(0, -3) + "y";
    if (/(xes|ches|shes|sses)$/.test(key)) return key.slice(0, -2);
    return key.length > 3 && /[^sui]s$/.test(key) ? key.slice(0, -1) : key;
  }
  const ending = PLURALS.find((each) => key.endsWith(each) && key.length - each.length >= 2) ?? "";
  return key.slice(0, key.length - ending.length);
}

// The words of a text, folded; an ending that stands alone belongs to the word before it.
function words(text) {
  const made = [];
  for (const [word] of text.matchAll(/[^\s\u2026«»"“”„()[\]{}<>?!؟،؛;,–—|&+=]+|[&,،]/g)) {
    const said = word.replace(/^[.:‘’'`*]+|[.:‘’'`*]+$/g, "").replace(/['’‘]s?$|^['‘’]/g, "");
    if (said === "," || said === "،") continue;
    const key = said === "&" ? "and" : fold(said);
    if (!key) continue;
    if (ENDINGS.has(key) && made.length) made.push(made.pop() + key);
    else made.push(key);
  }
  return made;
}

// How many letters are to be changed, added, left out or exchanged with the next, up to `most`.
function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}

const ORDER = ["city", "organization", "country", "question", "report", "region", "need", "theme", "barrier", "activity", "study"];
const [EXACT, BEGINS, WORDS, NEAR, NEARLY_BEGINS] = [0, 1, 2, 3, 4];

// How a name fits what was typed, at best; null if it does not.
function* fits(typed, key, begins) {
  if (key.startsWith(typed.key) || (typed.bare && key.startsWith(typed.bare))) yield key === typed.key ? EXACT : BEGINS;
  else if (typed.words.every((word) => begins.includes(" " + word)) || typed.words.every((word) => begins.includes(" " + stem(word)))) yield WORDS;
  if (!typed.tolerance) return;
  if (key !== typed.key && apart(typed.key, key, typed.tolerance) <= typed.tolerance) yield NEAR;
  const start = key.slice(0, typed.key.length);
  if (start !== typed.key && apart(typed.key, start, typed.tolerance) <= typed.tolerance) yield NEARLY_BEGINS;
}

const smaller = (one, other) => {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at >= 0 && one[at] < other[at];
};

// What somebody may be typing the name of, best first.
function search(text, most, kinds = []) {
  text = text.slice(0, 200);
  const key = fold(text);
  if (!key) return [];
  const said = words(text);
  const typed = { key, words: said, bare: said.map(stem).join(""), tolerance: key.length < 4 ? 0 : key.length < 10 ? 1 : 2 };
  const found = [];
  for (const thing of NAMES.things) {
    const kind = thing[0].split("/", 1)[0];
    if (kinds.length && !kinds.includes(kind)) continue;
    const place = ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length;
    let best = null;
    for (const [name, begins, whole] of thing[7]) {
      const own = new Set(begins.split(" "));
      for (const fit of fits(typed, whole ?? begins.replaceAll(" ", ""), begins)) {
        const partly = typed.words.every((word) => own.has(word)) ? 0 : 1;
        const rank = [fit, partly, fit === BEGINS ? Math.floor(place / 3) : place, -thing[5], (whole ?? begins.replaceAll(" ", "")).length, thing[0]];
        if (!best || smaller(rank, best.rank)) best = { rank, name };
      }
    }
    if (thing[0] === text.trim()) best = { rank: [EXACT, 0, place, -thing[5], 0, thing[0]], name: thing[1 + PERSIAN] };
    if (best) found.push({ ...best, thing });
  }
  found.sort((one, other) => (smaller(one.rank, other.rank) ? -1 : 1));
  return found.slice(0, most).map(({ name, thing }) => {
    const own = thing[1 + PERSIAN];
    const notes = [NAMES.kinds[thing[0].split("/", 1)[0]][PERSIAN], thing[3 + PERSIAN], name === own ? "" : name];
    const address = START + (PERSIAN ? "fa/" : "") + thing[6].split("/").map(encodeURIComponent).join("/");
    return { id: thing[0], name: own, note: notes.filter(Boolean).join(PERSIAN ? "، " : ", "), address };
  });
}

let names = null;
// The names are there: a script element reads them, which works from a disk too.
function ready() {
  names ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = START + "static/names.js";
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return names;
}

window.findInFiles = (text, most, kinds) => ready().then(() => search(text, most, kinds));

// The page of the search shows what its address asks for.
const results = document.querySelector("[data-found]");
const asked = new URLSearchParams(location.search).get("q") ?? "";
if (results && asked) {
  for (const input of document.querySelectorAll("input[name=q]")) input.value = asked;
  window.findInFiles(asked, 50).then((found) => {
    const none = document.querySelector("[data-none]");
    none.hidden = found.length > 0;
    results.replaceChildren(...found.map(({ name, note, address }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const beside = document.createElement("span");
      link.href = address;
      link.textContent = name;
      beside.className = "note";
      beside.textContent = note;
      item.append(link, " ", beside);
      return item;
    }));
  });
}
