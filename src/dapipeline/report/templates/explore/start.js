let details = new Map();

/** Show a view that an address holds. */
function apply(view) {
  const before = new Set([...state.sorts.keys(), ...state.filters.keys()]);
  Object.assign(state, view, { open: new Set(), typology: "" });
  for (const name of new Set([...before, ...state.sorts.keys(), ...state.filters.keys()])) {
    if (tables.has(name)) show(tables.get(name));
  }
  for (const name of view.open) if (details.has(name)) reveal(details.get(name).firstElementChild);
  for (const name of view.open) if (details.has(name)) state.open.add(name);
  searchBox.value = view.find;
  search();
  choose(view.typology);
  const place = document.getElementById(view.place);
  if (place) goTo(place);
}

/** Follow the address: a view that was sent is shown, a link within the page leaves the rest as it is. */
function follow() {
  const address = location.hash;
  if (address.includes("&")) return apply(read(address));
  state.place = decoded(address.slice(1));
  const place = document.getElementById(state.place);
  if (place) reveal(place);
  place?.scrollIntoView();
  return keep();
}

function start() {
  document.documentElement.classList.add("js");
  watchTables();
  figureTools();
  details = watchDetails();
  const tools = made("div", { className: "explore" }, searchTools(), ...typologyTools());
  document.querySelector("nav.contents").prepend(tools);
  watchMarks();
  followScroll();
  if (location.hash.length > 1) follow();
  window.addEventListener("hashchange", follow);
}

start();
