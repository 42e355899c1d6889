"use strict";
// A number opens a card with a copy of the entries that it rests on; without this script it is a link to them.
const card = document.getElementById("card");
const content = card.querySelector("div");
for (const mark of document.querySelectorAll("a.mark")) {
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    content.replaceChildren(...mark.dataset.entries.split(" ").map((number) => {
      const copy = document.getElementById("e" + number).cloneNode(true);
      copy.removeAttribute("id");
      return copy;
    }));
    card.showModal();
    card.scrollTop = 0;
  });
}
card.addEventListener("click", (event) => { if (event.target === card) card.close(); });
content.addEventListener("click", (event) => { if (event.target.closest("a[href^='#']")) card.close(); });
