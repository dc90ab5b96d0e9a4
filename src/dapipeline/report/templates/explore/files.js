/** Give the reader a file that is made here. */
function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  made("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Write a cell: numbers as machines read them; what a spreadsheet would run gets an apostrophe, as in the run's CSV. */
function csvCell(text) {
  const number = /^[−-]?\d[\d,]*(\.\d+)?%?$/.test(text);
  const cell = number ? text.replace("−", "-").replace(/,/g, "") : text.replace(/^('*[=+\-@\t\r\n])/, "'$1");
  return /[",;\n\r]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

const SEVERAL = /^([−<]?[\d,.]+%?) \(([−<]?[\d,.]+%?)(?: to ([−<]?[\d,.]+%?))?\)$/;

/** Give each number of a column its own: "21 (84%)" is a number and a share, "0.3 (0.1 to 0.5)" has an interval. */
function columnsOf([head, ...cells]) {
  const parts = cells.map((cell) => SEVERAL.exec(cell)?.slice(1) ?? [cell]);
  if (parts.some((part) => part[2])) {
    return [[head, ...parts.map((part) => part[0])], ...["from", "to"].map(
      (bound, at) => [`${head}: ${bound}`, ...parts.map((part) => part[at + 1] ?? "")])];
  }
  if (!parts.some((part) => part[1])) return [[head, ...cells]];
  return [[head, ...parts.map((part) => part[0])], [`${head}: share`, ...parts.map((part) => part[1] ?? "")]];
}

/** Write the rows of a table that are shown, in their order. */
function csvOf(table) {
  const rows = [...table.tHead.rows, ...all("tbody tr", table).filter((row) => !row.hidden)];
  const cells = rows.map((row) => [...row.cells].map(words));
  const columns = cells[0].flatMap((_, at) => columnsOf(cells.map((row) => row[at])));
  const lines = cells.map((_, line) => columns.map((column) => csvCell(column[line])).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** Return the colours on light paper by their names: a picture that is taken away stands on white. */
function lightColours() {
  for (const rule of document.styleSheets[0].cssRules) {
    if (rule.selectorText === ":root") return (name) => rule.style.getPropertyValue(name).trim();
  }
  return () => "";
}

/** Write a figure as a file that stands alone. */
function svgOf(figure) {
  const copy = figure.querySelector("svg").cloneNode(true);
  const { width, height } = copy.viewBox.baseVal;
  for (const [name, value] of Object.entries({ width, height })) if (value) copy.setAttribute(name, value);
  for (const chosen of all(".chosen", copy)) chosen.classList.remove("chosen");
  copy.classList.remove("choosing");
  const colour = lightColours();
  const text = new XMLSerializer().serializeToString(copy);
  return text.replace(/var\((--[\w-]+)\)/g, (whole, name) => colour(name) || whole);
}
