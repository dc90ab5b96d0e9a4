let titles = new Map(); // anchor of a card to its title
let places = null; // title to whatever stands for it; found when first asked for

/** Find everything that stands for a typology: rows, marks and words of figures, its card. */
function placesOf(title) {
  if (!places) {
    const known = new Set(titles.values());
    places = new Map([...known].map((name) => [name, []]));
    const add = (name, element) => known.has(name) && places.get(name).push(element);
    for (const cell of all("tbody th, tbody td")) if (cell.childElementCount < 3) add(words(cell), cell.parentElement);
    for (const text of all("svg text")) add(words(text), text);
    for (const mark of all("[data-typology]")) add(mark.dataset.typology, mark);
    for (const [anchor, name] of titles) if (document.getElementById(anchor)) add(name, document.getElementById(anchor));
  }
  return places.get(title) ?? [];
}

/** Choose a typology, or none: it is highlighted everywhere. */
function choose(anchor) {
  state.typology = titles.has(anchor) ? anchor : "";
  for (const element of document.querySelectorAll(".chosen")) element.classList.remove("chosen");
  for (const svg of document.querySelectorAll(".choosing")) svg.classList.remove("choosing");
  const found = state.typology ? placesOf(titles.get(anchor)) : [];
  for (const element of found) {
    element.classList.add("chosen");
    element.closest("svg")?.classList.add("choosing");
  }
  typologySelect.value = state.typology;
  for (const press of document.querySelectorAll("button.highlight")) press.setAttribute("aria-pressed", String(press.dataset.anchor === state.typology));
  const rows = found.filter((element) => element.matches("tr")).length;
  typologySaid.textContent = state.typology ? `Highlighted in ${several(rows, "row", "rows")} of tables and in figures` : "";
  keep();
}

const typologySelect = made("select");
const typologySaid = made("p", { role: "status", className: "said" });

/** Make the choice of typologies, in the contents and on their cards. */
function typologyTools() {
  for (const card of all("article.card[id]")) {
    const title = document.getElementById(`${card.id}-title`);
    if (!title || card.id === "unnamed") continue;
    titles.set(card.id, words(title));
    const name = words(title);
    const press = button("Highlight everywhere", () => choose(state.typology === card.id ? "" : card.id), {
      className: "highlight", "aria-pressed": "false", "aria-label": `Highlight everywhere: ${name}`,
    });
    press.dataset.anchor = card.id;
    (card.querySelector("header") ?? card).append(press);
  }
  if (!titles.size) return [];
  typologySelect.append(made("option", { value: "" }, "None"), ...[...titles].map(([value, title]) => made("option", { value }, title)));
  typologySelect.addEventListener("change", () => choose(typologySelect.value));
  main.addEventListener("click", (event) => {
    const name = event.target.closest("tbody th, svg text, [data-typology]");
    if (!name || event.target.closest("a, button")) return;
    const title = name.dataset.typology ?? words(name);
    const anchor = [...titles].find(([, other]) => other === title)?.[0];
    if (anchor) choose(state.typology === anchor ? "" : anchor);
  });
  return [made("label", {}, "Highlight a typology", typologySelect), typologySaid];
}
