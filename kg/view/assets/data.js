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
