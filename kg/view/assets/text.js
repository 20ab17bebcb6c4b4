// Making elements; shared with the pages of the server.

// Builds an element; text only ever becomes text.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// Text from a page in a box of its own, so that its writing direction ends where it ends.
const words = (text, attributes = {}) => element("bdi", attributes, shorten(text, 400));
const english = (text) => element("span", { lang: "en" }, text);

function shorten(text, length) {
  const characters = Array.from(text);
  return characters.length > length ? characters.slice(0, length - 1).join("") + "…" : text;
}
