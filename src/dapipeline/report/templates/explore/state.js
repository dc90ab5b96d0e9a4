// The view as the address holds it: #place&typology=…&find=…&open=…&sort.TABLE=2d&filter.TABLE=…
const state = { place: "", typology: "", find: "", open: new Set(), sorts: new Map(), filters: new Map() };
const columnOf = (text) => /^(\d{1,3})([ud])$/.exec(text);

/** Write the view into the address. */
function keep() {
  const parts = [];
  const add = (name, value) => value && parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  add("typology", state.typology);
  add("find", state.find);
  for (const name of [...state.open].sort()) add("open", name);
  for (const [name, { column, down }] of [...state.sorts].sort()) add(`sort.${name}`, `${column}${down ? "d" : "u"}`);
  for (const [name, text] of [...state.filters].sort()) add(`filter.${name}`, text);
  history.replaceState(null, "", `#${[encodeURIComponent(state.place), ...parts].join("&")}`);
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

/** Read a view; null where the address only names a place. */
function read(address) {
  const [place, ...pairs] = address.replace(/^#/, "").split("&");
  const view = { place: decoded(place), typology: "", find: "", open: new Set(), sorts: new Map(), filters: new Map() };
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const [name, value] = [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    const column = columnOf(value);
    if (name === "typology" || name === "find") view[name] = value;
    else if (name === "open") view.open.add(value);
    else if (name.startsWith("sort.") && column) view.sorts.set(name.slice(5), { column: Number(column[1]), down: column[2] === "d" });
    else if (name.startsWith("filter.")) view.filters.set(name.slice(7), value);
  }
  return view;
}
