/** Mark in the contents the section that is being read. */
function followScroll() {
  const links = new Map(all("nav.contents a", document).map((link) => [decoded(link.hash.slice(1)), link]));
  const reading = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        for (const [name, link] of links) {
          if (name === target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      }
    },
    { rootMargin: "-20% 0px -78% 0px" },
  );
  for (const section of all("section[id]")) if (links.has(section.id)) reading.observe(section);
}

/** Keep in the address which details are open. */
function watchDetails() {
  const details = named(all("details"), (element) => words(element.querySelector("summary") ?? element));
  const names = new Map([...details].map(([name, element]) => [element, name]));
  let waiting = 0;
  main.addEventListener(
    "toggle",
    ({ target }) => {
      if (!names.has(target)) return;
      if (target.open) state.open.add(names.get(target));
      else state.open.delete(names.get(target));
      clearTimeout(waiting); // once for all that are opened together: a browser slows down what writes too many addresses
      waiting = setTimeout(keep);
    },
    true,
  );
  return details;
}
