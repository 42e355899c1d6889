"use strict";
// Suggestions while one writes a name: asked of the server, or of the names beside pages that are files (search.js).
// Without this script a form asks the server all the same.
const LANG = document.documentElement.lang === "fa" ? "/fa" : "";
let number = 0;

// A list under a field of what it may say, to choose from by keys or a pointer; returns what shows some of it.
function offering(input, take) {
  const list = document.createElement("ul");
  list.setAttribute("role", "listbox");
  list.id = "suggestions-" + number++;
  list.hidden = true;
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.name);
  input.after(list);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  const isBox = input.tagName === "INPUT";
  if (isBox) input.setAttribute("role", "combobox");
  let at = -1;

  const show = (found) => {
    at = -1;
    list.replaceChildren(...found.map((each, place) => {
      const item = document.createElement("li");
      const note = document.createElement("small");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.offered = each;
      note.textContent = each.note;
      item.append(each.name, " ", note);
      return item;
    }));
    list.hidden = !found.length;
    if (isBox) input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (item) => { take(item.offered); show([]); };
  const move = (step) => {
    const items = [...list.children];
    at = (at + step + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", items[at].id);
  };

  show([]);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(list.children[at]);
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    choose(item);
  });
  input.addEventListener("blur", () => show([]));
  return show;
}

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const show = offering(input, (chosen) => {
    if (input.dataset.suggest === "any") location.assign(chosen.address);
    else input.value = chosen.id;
  });
  let asked = null;
  input.addEventListener("input", async () => {
    asked?.abort();
    asked = new AbortController();
    const text = input.value.trim();
    if (text.length < 2) return show([]);
    const among = input.dataset.suggest === "any" ? "" : input.dataset.suggest;
    if (window.findInFiles) {
      const found = await window.findInFiles(text, 8, among.split(",").filter(Boolean));
      return text === input.value.trim() ? show(found) : undefined;
    }
    try {
      const kinds = among && "&among=" + encodeURIComponent(among);
      const answer = await fetch(`${LANG}/suggest?q=${encodeURIComponent(text)}${kinds}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  });
}

// In a query, the words of the model that begin, or whose name after the prefix begins, as the word at the caret does.
for (const area of document.querySelectorAll("textarea[data-words]")) {
  const words = [...document.getElementById(area.dataset.words).options].map((each) => ({ name: each.value, note: each.label }));
  const begun = () => /[\w:-]*$/.exec(area.value.slice(0, area.selectionStart))[0];
  const show = offering(area, (chosen) => {
    area.setRangeText(chosen.name, area.selectionStart - begun().length, area.selectionStart, "end");
  });
  area.addEventListener("input", () => {
    const text = begun().toLowerCase();
    const fits = ({ name }) => [name, name.slice(name.indexOf(":") + 1)].some((each) => each.toLowerCase().startsWith(text));
    show(text.length < 2 ? [] : words.filter((each) => each.name !== begun() && fits(each)).slice(0, 10));
  });
}

// What may take long can be broken off: the server ends a question whose asker has gone.
for (const cancel of document.querySelectorAll("button[data-cancel]")) {
  cancel.form.addEventListener("submit", () => { cancel.hidden = false; });
  cancel.addEventListener("click", () => { window.stop(); cancel.hidden = true; });
  window.addEventListener("pageshow", () => { cancel.hidden = true; });
}
