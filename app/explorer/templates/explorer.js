"use strict";
// Suggestions while one writes a name: asked of the server, or of the names beside pages that are files (search.js).
// Without this script a form asks the server all the same.
const LANG = document.documentElement.lang === "fa" ? "/fa" : "";
let number = 0;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.setAttribute("role", "listbox");
  list.id = "suggestions-" + number++;
  list.hidden = true;
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.name);
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  let asked = null;
  let at = -1;

  const show = (found) => {
    at = -1;
    list.replaceChildren(...found.map((each, place) => {
      const item = document.createElement("li");
      const note = document.createElement("small");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.id = each.id;
      item.dataset.address = each.address;
      item.dataset.name = each.name;
      note.textContent = each.note;
      item.append(each.name, " ", note);
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    if (input.dataset.suggest === "any") location.assign(item.dataset.address);
    else { input.value = item.dataset.id; show([]); }
  };
  const move = (step) => {
    const items = [...list.children];
    if (!items.length) return;
    at = (at + step + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", items[at].id);
  };

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
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(list.children[at]);
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    take(item);
  });
  input.addEventListener("blur", () => show([]));
}

// What may take long can be broken off: the server ends a question whose asker has gone.
for (const cancel of document.querySelectorAll("button[data-cancel]")) {
  cancel.form.addEventListener("submit", () => { cancel.hidden = false; });
  cancel.addEventListener("click", () => { window.stop(); cancel.hidden = true; });
  window.addEventListener("pageshow", () => { cancel.hidden = true; });
}
