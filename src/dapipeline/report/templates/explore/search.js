const MOST = 20; // hits that are listed
const SEARCHED = [
  ["section", "section > h2"], ["typology", "article.card > header [id$='-title']"], ["heading", "h3:not(article.card > header h3), h4"], ["glossary", ".glossary dt"],
  ["table", "caption"], ["figure", "figcaption"], ["table, behind", "summary"], ["row", "tbody th"],
];
let entries = null; // kind, words and place of what can be found

/** List what can be found, each place once. */
function listEntries() {
  const seen = new Set();
  entries = [];
  for (const [kind, selector] of SEARCHED) {
    for (const element of all(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      const text = words(element);
      const beside = kind === "glossary" ? words(element.parentElement) : kind === "row" ? words(element.parentElement) : text;
      entries.push({ kind, text, element, plain: plain(beside) });
    }
  }
}

function find(query) {
  if (!entries) listEntries();
  const asked = plain(query).split(/\s+/).filter(Boolean);
  return asked.length ? entries.filter((entry) => asked.every((word) => entry.plain.includes(word))) : [];
}

const searchBox = made("input", { type: "search", autocomplete: "off", spellcheck: false });
const searchSaid = made("p", { role: "status", className: "said" });
const searchHits = made("ul", { className: "hits", "aria-label": "What was found", hidden: true });

function where(element) {
  const section = element.closest("section");
  const title = section && section.querySelector("h2");
  return title && title !== element ? words(title) : "";
}

/** Show what is found for the words in the box. */
function search() {
  const query = searchBox.value.trim();
  const hits = find(query);
  searchHits.replaceChildren(
    ...hits.slice(0, MOST).map(({ kind, text, element }) => {
      const label = text.length > 90 ? `${text.slice(0, 88)} …` : text;
      const hint = made("span", {}, [kind, where(element)].filter(Boolean).join(" · "));
      return made("li", {}, button(label, () => goTo(element.closest("tr") ?? element), {}), hint);
    }),
  );
  searchHits.hidden = !hits.length;
  const some = hits.length > MOST ? `, the first ${MOST} listed` : "";
  searchSaid.textContent = query ? `${several(hits.length, "place", "places")}${some}` : "";
  state.find = query;
}

/** Move among the hits by arrows; Escape empties the box. */
function searchKeys(event) {
  const stops = [searchBox, ...all("button", searchHits)];
  const at = stops.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined && at >= 0 && stops[to]) {
    event.preventDefault();
    stops[to].focus();
  } else if (event.key === "Enter" && at === 0 && stops[1]) {
    stops[1].click();
  } else if (event.key === "Escape") {
    searchBox.value = "";
    search();
    keep();
    searchBox.focus();
  }
}

function searchTools() {
  const box = made("div", { role: "search" }, made("label", {}, "Search this page", searchBox), searchSaid, searchHits);
  searchBox.addEventListener("input", () => {
    search();
    keep();
  });
  box.addEventListener("keydown", searchKeys);
  return box;
}
