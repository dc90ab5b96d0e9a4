const FEW = 8; // rows that are seen at a glance, and need no filter
const LAST = new Set(["*", "–", "—", ""]); // withheld or missing: last in every order
const HOURS = { minute: 1 / 60, hour: 1, day: 24, year: 8766 };
const letters = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
const ready = new WeakMap(); // table to its rows as printed, and what shows its state
let tables = new Map(); // name in the address to table

/** Read the number that a cell begins with; times in hours, below and above as a little less and more. */
function numberIn(text) {
  const found = /^(?:[✓✗]\s*)?([<>]?)\s*([−-]?[\d,]*\.?\d+)%?(?:\s*(minute|hour|day|year))?/.exec(text);
  if (!found) return NaN;
  const number = Number(found[2].replace(/,/g, "").replace("−", "-")) * (HOURS[found[3]] ?? 1);
  return number + ({ "<": -1e-9, ">": 1e-9 }[found[1]] ?? 0);
}

/** Return rows ordered by a column. */
function ordered(rows, column, down) {
  const cells = rows.map((row) => ({ row, text: row.cells[column] ? (row.cells[column].dataset.sort ?? words(row.cells[column])) : "" }));
  const known = cells.filter((cell) => !LAST.has(cell.text));
  for (const cell of known) cell.number = numberIn(cell.text);
  const numbers = known.every((cell) => !Number.isNaN(cell.number));
  const compare = numbers ? (a, b) => a.number - b.number : (a, b) => letters.compare(a.text, b.text);
  known.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
  return [...known, ...cells.filter((cell) => LAST.has(cell.text))].map((cell) => cell.row);
}

const nameOf = (table) => [...tables].find(([, other]) => other === table)?.[0];

/** Show a table as the state says. */
function show(table) {
  const { rows, count, box } = prepare(table);
  const name = nameOf(table);
  const sort = state.sorts.get(name);
  const filter = plain(state.filters.get(name) ?? "").split(/\s+/).filter(Boolean);
  table.tBodies[0].append(...(sort ? ordered(rows, sort.column, sort.down) : rows));
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    if (sort?.column === column) cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
  let left = 0;
  for (const row of rows) {
    const text = filter.length ? plain(words(row)) : "";
    row.hidden = !filter.every((word) => text.includes(word));
    left += !row.hidden;
  }
  if (!box) return;
  if (document.activeElement !== box) box.value = state.filters.get(name) ?? "";
  const said = filter.length ? `${left} of ${several(rows.length, "row", "rows")}` : several(rows.length, "row", "rows");
  if (count.textContent !== said) count.textContent = said;
}

/** Order a table by a column: upwards, then downwards, then as printed. */
function sortBy(table, column) {
  const name = nameOf(table);
  const sort = state.sorts.get(name);
  if (sort?.column !== column) state.sorts.set(name, { column, down: false });
  else if (!sort.down) state.sorts.set(name, { column, down: true });
  else state.sorts.delete(name);
  show(table);
  keep();
}

function headings(table) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    if (!words(cell)) return;
    const sort = button("", () => sortBy(table, column), { className: "sort" });
    sort.append(...cell.childNodes);
    cell.append(sort);
  });
}

function filterBox(table, count) {
  const box = made("input", { type: "search", autocomplete: "off", spellcheck: false });
  box.addEventListener("input", () => {
    const name = nameOf(table);
    if (box.value.trim()) state.filters.set(name, box.value.trim());
    else state.filters.delete(name);
    show(table);
    keep();
  });
  return [box, made("label", {}, "Rows with ", box), count];
}

/** Give a table its controls, once, when it is first seen. */
function prepare(table) {
  if (ready.has(table)) return ready.get(table);
  const rows = [...table.tBodies[0].rows];
  const about = { rows, box: null, count: made("span", { role: "status", className: "rows" }) };
  ready.set(table, about);
  if (rows.length > 1) headings(table);
  const bar = made("div", { className: "tools" });
  if (rows.length > FEW) {
    const [box, ...parts] = filterBox(table, about.count);
    about.box = box;
    about.count.textContent = several(rows.length, "row", "rows");
    bar.append(...parts);
  }
  const caption = table.caption ? words(table.caption) : "table";
  const file = `${nameOf(table)}.csv`;
  const take = button("Table as CSV", () => save(file, "text/csv", csvOf(table)), { "aria-label": `Table as CSV: ${caption}` });
  if (!table.closest(".columns")) bar.append(take);
  if (bar.childNodes.length) (table.closest(".scroll") ?? table).before(bar);
  return about;
}

/** Prepare tables as they come near; those in closed details wait until these are opened. */
function watchTables() {
  const found = all("table").filter((table) => table.tHead && table.tBodies.length && !table.tHead.classList.contains("sr"));
  tables = named(found, (table) => (table.caption ? words(table.caption) : "table"));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        prepare(target);
      }
    },
    { rootMargin: "1500px 0px" },
  );
  for (const table of found) near.observe(table);
  // What is printed is the page as it was written.
  window.addEventListener("beforeprint", () => {
    for (const name of state.sorts.keys()) if (tables.has(name)) tables.get(name).tBodies[0].append(...prepare(tables.get(name)).rows);
  });
  window.addEventListener("afterprint", () => [...state.sorts.keys()].forEach((name) => tables.has(name) && show(tables.get(name))));
}
