"use strict";
// Tables of pages that are files: a click on the head of a column puts the rows in its order, once more the other way
// round; a box leaves those that hold what is written. Without this script all rows are there in their own order.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
const keyOf = (cell) => cell.dataset.key ?? cell.textContent.trim();

for (const table of document.querySelectorAll(".listing table")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "head";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const keyed = rows.map((row) => [keyOf(row.cells[column]), row]);
      const known = keyed.filter(([key]) => key);  // what is unknown is last either way
      known.sort(([one], [other]) => sign * collator.compare(one, other));
      body.append(...[...known, ...keyed.filter(([key]) => !key)].map(([, row]) => row));
    });
  });
  if (rows.length < 10) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.dir = "auto";
  box.className = "filter";
  box.placeholder = table.closest(".listing").dataset.filter;
  box.setAttribute("aria-label", `${box.placeholder}: ${document.getElementById(table.closest(".listing").getAttribute("aria-labelledby")).textContent}`);
  table.parentElement.before(box);
  box.addEventListener("input", () => {
    const wanted = fold(box.value);
    for (const row of rows) row.hidden = !fold(row.textContent).includes(wanted);
  });
}
