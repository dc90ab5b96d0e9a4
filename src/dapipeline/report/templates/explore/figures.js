/** Return the table that a figure's numbers stand in: the next one of its section, else the last before it. */
function tableBeside(figure) {
  const section = figure.closest("article, section");
  const own = [...tables.values()].filter((table) => section.contains(table));
  const after = own.find((table) => figure.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? own.at(-1);
}

/** Give figures their buttons: the picture, its table, and that as CSV. */
function figureTools() {
  for (const figure of all("figure")) {
    const svg = figure.querySelector("svg");
    const table = tableBeside(figure);
    if (!svg) continue;
    const about = words(figure.querySelector("figcaption") ?? svg).slice(0, 60);
    const name = plain(about).replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "") || "figure";
    const bar = made("div", { className: "tools" });
    const add = (label, click) => bar.append(button(label, click, { "aria-label": `${label}: ${about}` }));
    add("Figure as SVG", () => save(`${name}.svg`, "image/svg+xml", svgOf(figure)));
    if (table) {
      add("See its table", () => goTo(table.closest(".scroll") ?? table));
      add("Its table as CSV", () => save(`${nameOf(table)}.csv`, "text/csv", csvOf(table)));
    }
    figure.append(bar);
  }
}

/** Show what a mark stands for where the pointer is on it. */
function watchMarks() {
  const tip = made("div", { className: "tip", role: "tooltip", hidden: true });
  document.body.append(tip);
  const hide = () => (tip.hidden = true);
  main.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("[data-says]");
    if (!mark) return hide();
    tip.textContent = mark.dataset.says;
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - tip.offsetWidth / 2, room))}px`;
    tip.style.top = `${at.top > tip.offsetHeight + 12 ? at.top - tip.offsetHeight - 8 : at.bottom + 8}px`;
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
