// The graph as it came with the page, with the look-ups that everything else needs.

const DATA = JSON.parse(document.getElementById("data").textContent);
const NODES = DATA.nodes;
const EDGES = DATA.edges.map((edge, id) => ({ ...edge, id }));
const LINK = Object.fromEntries(DATA.links.map((link, rank) => [link.key, { ...link, rank }]));
const CLASS = DATA.classes;

const INCIDENT = NODES.map(() => []);
for (const edge of EDGES) {
  INCIDENT[edge.from].push(edge);
  INCIDENT[edge.to].push(edge);
}
const FIGURES = NODES.map(() => []);
for (const figure of DATA.figures) FIGURES[figure.about].push(figure);

// What of a node's relations and figures was read with enough confidence.
const sure = (fact) => fact.confidence >= state.confidence;
const relationsOf = (id) => INCIDENT[id].filter(sure);
const figuresOf = (id) => FIGURES[id].filter(sure);

const regionOf = (node) => (node.region === undefined ? -1 : node.region);

// A region and all that lie within it.
function regionsWithin(region) {
  const found = new Set([region]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const node of NODES) {
      if (node.within !== undefined && found.has(node.within) && !found.has(node.id)) {
        found.add(node.id);
        grown = true;
      }
    }
  }
  return found;
}

// The regions that a region lies within.
function regionsAbove(region) {
  const found = new Set();
  for (let above = NODES[region].within; above !== undefined && !found.has(above); above = NODES[above].within) found.add(above);
  return found;
}

const sourceOfQuote = (quote) => DATA.quotes[quote][0];

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
