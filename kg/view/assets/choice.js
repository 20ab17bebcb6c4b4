// What of the graph is shown: the filters, and the choice that starts from the leading relations.


const FIRST = 220; // nodes in the first view
const STEP = 200; // nodes that "show more" adds

const state = { groups: null, relations: null, kind: "", region: -1, document: -1, confidence: 0, limit: FIRST, opened: null, selected: null, hovered: null };

function resetState() {
  const stated = new Set(EDGES.map((edge) => edge.rel));
  const leading = ["leads", "implements"].filter((rel) => stated.has(rel));
  state.groups = new Set(DATA.groups.map((group) => group.key));
  state.relations = new Set(leading.length ? leading : stated);
  state.kind = "";
  state.region = -1;
  state.document = -1;
  state.confidence = 0;
  state.limit = FIRST;
  state.opened = new Set();
  state.selected = null;
  state.hovered = null;
}

// Edges that pass the filters, the leading relations first.
function passing() {
  const regions = state.region >= 0 ? regionsWithin(state.region) : null;
  // An initiative that many regions share has a region too: what others do for it is not that region's doing,
  // unless they are above it (a province acting in its city).
  const above = regions ? regionsAbove(state.region) : null;
  const inRegion = ({ from, to }) => {
    const [actor, other] = [regionOf(NODES[from]), regionOf(NODES[to])];
    return regions.has(actor) || (regions.has(other) && (actor < 0 || above.has(actor)));
  };
  const fits = (edge) =>
    sure(edge) &&
    (state.relations.has(edge.rel) || state.opened.has(edge.from) || state.opened.has(edge.to)) &&
    state.groups.has(NODES[edge.from].group) &&
    state.groups.has(NODES[edge.to].group) &&
    (!state.kind || NODES[edge.from].type === state.kind || NODES[edge.to].type === state.kind) &&
    (!regions || inRegion(edge)) &&
    (state.document < 0 || edge.quotes.some((quote) => sourceOfQuote(quote) === state.document));
  const opened = (edge) => state.opened.has(edge.from) || state.opened.has(edge.to);
  const found = EDGES.filter(fits);
  const strength = (edge) => INCIDENT[edge.from].length + INCIDENT[edge.to].length;
  found.sort(
    (a, b) => opened(b) - opened(a) || LINK[a.rel].rank - LINK[b.rel].rank || strength(b) - strength(a) || a.id - b.id,
  );
  return found;
}

// Chooses nodes and edges to show: greedily, up to the limit.
function choose() {
  const candidates = passing();
  const ids = new Set();
  // With a node comes its region, which heads its block.
  const headed = state.groups.has("region");
  const withRegion = (id) => (headed && regionOf(NODES[id]) >= 0 ? [id, regionOf(NODES[id])] : [id]);
  if (state.selected !== null && state.selected.kind === "node") ids.add(state.selected.id);
  for (const id of state.opened) ids.add(id);
  const edges = [];
  for (const edge of candidates) {
    const wanted = new Set([...withRegion(edge.from), ...withRegion(edge.to)].filter((id) => !ids.has(id)));
    if (ids.size + wanted.size > state.limit) continue;
    for (const id of wanted) ids.add(id);
    edges.push(edge);
  }
  for (const id of [...ids]) if (!state.groups.has(NODES[id].group)) ids.delete(id);
  return { ids: [...ids].sort((a, b) => a - b), edges, candidates };
}
