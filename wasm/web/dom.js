// Making elements. Text always goes in as text, never as markup.

/** An element with attributes and children; absent (null, undefined, false) attributes and children are left out. */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}

/** Waits for a style sheet. Without it everything can still be read. */
export function styled(address) {
  return new Promise((done) => { document.head.append(el("link", { rel: "stylesheet", href: address, load: done, error: done })); });
}

/** Text that is read out but not seen. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

/** Says something to a screen reader without moving the focus. */
export function announce(text) {
  document.getElementById("status").textContent = text;
}

/** Whom to ask, as whoever serves the page says it; null if they do not. */
export function contact() {
  const said = document.getElementById("contact");
  return said?.hasChildNodes() ? el("p", { class: "contact" }, [...said.childNodes].map((node) => node.cloneNode(true))) : null;
}

/** The name of whoever serves the page; null if they do not say it. */
export function ownName() {
  return document.querySelector(".masthead-own")?.textContent || null;
}
