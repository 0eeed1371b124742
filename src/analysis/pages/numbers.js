// The table of all numbers, searched, filtered and sorted. Without this script it is complete, in the order of its sources.
"use strict";
{
  const table = document.getElementById("all-numbers");
  const body = table.tBodies[0];
  const region = table.closest("section");
  region.parentElement.insertBefore(document.getElementById("controls").content.cloneNode(true), region);
  const search = document.getElementById("search");
  const choices = [...document.querySelectorAll(".controls select")];
  const status = document.getElementById("count");

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
  const told = (cell) => cell.textContent.trim();
  // What a row may be chosen by: its subject, or all that its cell in the column says.
  const values = (row, by) => (by === "subject" ? [row.dataset.subject] : told(row.cells[+by]).split(" · ").filter(Boolean));
  const rows = [...body.rows].map((row, place) => ({ row, place, text: folded(row.textContent + " " + row.dataset.subject) }));
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  for (const choice of choices) {
    const found = new Map();
    for (const { row } of rows) for (const value of values(row, choice.dataset.by)) {
      const cell = row.cells[+choice.dataset.by] ?? row;
      const entry = found.get(value) ?? { count: 0, spoken: cell.closest("[lang]").lang };
      found.set(value, { ...entry, count: entry.count + 1 });
    }
    const listed = choice.hasAttribute("data-ordered") ? [...found] : [...found].sort((a, b) => order(a[0], b[0]));
    for (const [value, { count, spoken }] of listed) {
      const option = new Option(`${value} (${count})`, value);
      if (spoken !== document.documentElement.lang) option.lang = spoken;
      choice.add(option);
    }
  }

  const show = () => {
    const wanted = folded(search.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = wanted.every((word) => text.includes(word)) &&
        choices.every((choice) => !choice.value || values(row, choice.dataset.by).includes(choice.value));
      row.hidden = !fits;
      shown += fits;
    }
    const text = shown ? status.dataset.some : status.dataset.none;
    status.textContent = text.replace("{shown}", shown).replace("{all}", rows.length);
  };

  // A cell may hold its rank in the order of its column; one that says nothing comes last, whichever the direction.
  const compared = (a, b, column, direction) => {
    const [one, other] = [a.row.cells[column], b.row.cells[column]];
    const [empty, blank] = [!told(one), !told(other)];
    if (empty || blank) return empty - blank;
    const ranked = "rank" in one.dataset && "rank" in other.dataset;
    return direction * (ranked ? one.dataset.rank - other.dataset.rank : order(told(one), told(other)));
  };
  const heads = [...table.tHead.rows[0].cells];
  const sort = (head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => compared(a, b, head.cellIndex, down ? -1 : 1) || a.place - b.place);
    body.append(...rows.map(({ row }) => row));
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  document.getElementById("reset").addEventListener("click", () => {
    search.value = "";
    for (const choice of choices) choice.value = "";
    for (const head of heads) head.removeAttribute("aria-sort");
    rows.sort((a, b) => a.place - b.place);
    body.append(...rows.map(({ row }) => row));
    show();
    search.focus();
  });
  for (const control of [search, ...choices]) control.addEventListener("input", show);
  show();
}
