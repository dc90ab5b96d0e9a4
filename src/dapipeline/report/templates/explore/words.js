const main = document.querySelector("main");
const all = (selector, within = main) => [...within.querySelectorAll(selector)];
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const several = (number, singular, plural) => `${number.toLocaleString("en-GB")} ${number === 1 ? singular : plural}`;

/** Make an element: its properties are set as they are, its attributes (in quotes, with a dash) as text. */
function made(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

const button = (label, click, properties = {}) => {
  const element = made("button", { type: "button", ...properties }, label);
  element.addEventListener("click", click);
  return element;
};

/** Name elements after their words, each name once: what the address calls them. */
function named(elements, text) {
  const seen = new Map();
  const names = new Map();
  for (const element of elements) {
    const name = plain(text(element)).replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "") || "unnamed";
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    names.set(times > 1 ? `${name}-${times}` : name, element);
  }
  return names;
}

/** Open whatever is closed around an element. */
function reveal(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}

/** Bring the reader to an element, with the keyboard's place in it. */
function goTo(element) {
  reveal(element);
  if (!element.matches("a, button, input, select, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.matches("section, article") ? "start" : "center" });
}
