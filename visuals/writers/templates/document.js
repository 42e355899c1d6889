"use strict";
// A number opens a card with a copy of the entries that it rests on, and of the sources that these name; without this
// script it is a link to them.
const card = document.getElementById("card");
const content = card.querySelector("div");
const sources = card.querySelector("ol");

function copy(id) {
  const made = document.getElementById(id).cloneNode(true);
  made.removeAttribute("id");
  made.dataset.of = id;
  made.querySelector(".back")?.remove();
  return made;
}

for (const mark of document.querySelectorAll("a.mark")) {
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    content.replaceChildren(...mark.dataset.entries.split(" ").map((number) => copy("e" + number)));
    const named = [...content.querySelectorAll("a[href^='#s']")].map((link) => Number(link.hash.slice(2)));
    const numbers = [...new Set(named)].sort((one, other) => one - other);
    sources.replaceChildren(...numbers.map((number) => copy("s" + number)));
    for (const part of [sources, sources.previousElementSibling]) part.hidden = !numbers.length;
    card.showModal();
    card.scrollTop = 0;
  });
}
card.addEventListener("click", (event) => { if (event.target === card) card.close(); });
content.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  const told = sources.querySelector(`[data-of="${link.hash.slice(1)}"]`);
  told.tabIndex = -1;
  told.focus();
});
