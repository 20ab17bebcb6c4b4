// What of the graph is shown, and the drawing of it.

const FIRST = 220; // nodes in the first view
const STEP = 200; // nodes that "show more" adds

const state = { groups: null, relations: null, region: -1, document: -1, limit: FIRST, opened: null, selected: null, hovered: null };

function resetState() {
  const stated = new Set(EDGES.map((edge) => edge.rel));
  const leading = ["leads", "implements"].filter((rel) => stated.has(rel));
  state.groups = new Set(DATA.groups.map((group) => group.key));
  state.relations = new Set(leading.length ? leading : stated);
  state.region = -1;
  state.document = -1;
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
    (state.relations.has(edge.rel) || state.opened.has(edge.from) || state.opened.has(edge.to)) &&
    state.groups.has(NODES[edge.from].group) &&
    state.groups.has(NODES[edge.to].group) &&
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

const shown = { ids: [], edges: [], boxes: new Map(), blocks: [], labels: [], near: new Set() };
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;

function draw({ keepView = false } = {}) {
  const chosen = choose();
  Object.assign(shown, chosen, layout(chosen.ids, chosen.edges, narrow()));
  const curved = shown.edges.length <= 160;
  shown.curved = curved;
  shown.slots = slots(chosen.edges);
  shown.labels = placeLabels();
  nodeSet.clear();
  edgeSet.clear();
  const ports = new Map();
  for (const edge of shown.edges)
    for (const end of ends(edge)) ports.set(end.port, { id: end.port, x: end.x, y: end.y, shape: "custom", ctxRenderer: renderPort, chosen: false });
  nodeSet.add([...ports.values()]);
  nodeSet.add(
    shown.ids.map((id) => {
      const box = shown.boxes.get(id);
      return { id, x: box.x, y: box.y, shape: "custom", ctxRenderer: renderNode };
    }),
  );
  edgeSet.add(
    shown.edges.map((edge) => {
      const stroke = STROKE[edge.rel];
      const [from, to] = ends(edge);
      return {
        id: edge.id, from: from.port, to: to.port, width: stroke.width, dashes: stroke.dashes, smooth: bend(edge),
        color: { color: stroke.color, highlight: stroke.color, hover: stroke.color, opacity: opacity(edge) },
      };
    }),
  );
  if (!keepView) fit();
  highlight();
  report(chosen);
}

// Several relations between the same two nodes run side by side.
function slots(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const pair = `${Math.min(edge.from, edge.to)} ${Math.max(edge.from, edge.to)}`;
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(edge);
  }
  const found = new Map();
  for (const pair of pairs.values())
    pair.forEach((edge, index) => found.set(edge.id, { slot: pair.length > 1 ? index + 1 : 0, shift: (index - (pair.length - 1) / 2) * 10 }));
  return found;
}

// Edges end at the sides of the shapes: at ports, nodes without extent that cannot be picked (ids below zero).
function ends(edge) {
  const [a, b] = [shown.boxes.get(edge.from), shown.boxes.get(edge.to)];
  const { slot, shift } = shown.slots.get(edge.id);
  const port = (box, side) => ({ port: -1 - 32 * box.id - 2 * slot - (side > 0 ? 1 : 0), x: box.x + (side * box.width) / 2, y: box.y + shift });
  if (sameLane(a, b)) {
    const side = a.x < 0 ? -1 : 1;
    return [port(a, side), port(b, side)];
  }
  const side = Math.sign(b.x - a.x);
  return [port(a, side), port(b, -side)];
}

const sameLane = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2;

function bend(edge) {
  const [from, to] = [shown.boxes.get(edge.from), shown.boxes.get(edge.to)];
  if (sameLane(from, to)) return { enabled: true, type: (from.x < 0) === (from.y < to.y) ? "curvedCCW" : "curvedCW", roundness: 0.3 };
  if (!shown.curved) return false;
  return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.42 };
}

const opacity = (edge) => (edge.rel === "leads" ? 0.95 : shown.edges.length > 80 ? 0.55 : 0.8);

// A point of an edge, at the part `t` of its way.
function along(edge, t) {
  const [a, b] = ends(edge);
  if (!shown.curved || a.x === b.x) return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
  const pull = (b.x - a.x) * 0.42;
  const [u, v] = [1 - t, t];
  const mix = (p, q, r, s) => u * u * u * p + 3 * u * u * v * q + 3 * u * v * v * r + v * v * v * s;
  return { x: mix(a.x, a.x + pull, b.x - pull, b.x), y: mix(a.y, a.y, b.y, b.y) };
}

// Finds a free place for each edge's label, the leading relations first; an edge without one shows it when pointed at.
function placeLabels() {
  const cells = new Map();
  const cell = 60;
  const each = (box, visit) => {
    for (let i = Math.floor(box.left / cell); i <= Math.floor(box.right / cell); i += 1)
      for (let j = Math.floor(box.top / cell); j <= Math.floor(box.bottom / cell); j += 1) visit(`${i},${j}`);
  };
  const put = (box) => each(box, (key) => (cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box])));
  const free = (box) => {
    let clear = true;
    each(box, (key) => {
      for (const other of cells.get(key) || [])
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) clear = false;
    });
    return clear;
  };
  for (const box of shown.boxes.values())
    put({ left: box.x - box.width / 2 - 4, right: box.x + box.width / 2 + 4, top: box.y - box.height / 2 - 1, bottom: box.y + box.height / 2 + 1 });
  const labels = new Map();
  const said = new Set();
  const order = [...shown.edges].sort((a, b) => LINK[a.rel].rank - LINK[b.rel].rank || a.id - b.id);
  for (const edge of order) {
    const right = shown.boxes.get(edge.to).x > shown.boxes.get(edge.from).x;
    const fan = `${edge.from} ${edge.rel} ${right}`;
    let best = null;
    for (const t of [0.5, 0.42, 0.36, 0.58, 0.3, 0.64, 0.26, 0.7]) {
      const point = along(edge, t);
      const half = LINK[edge.rel].zh.length * 6.5 + 4;
      const box = { left: point.x - half, right: point.x + half, top: point.y - 9, bottom: point.y + 9 };
      if (free(box)) {
        best = { ...point, half, box };
        break;
      }
    }
    if (best && !(said.has(fan) && shown.edges.length > 60)) {
      said.add(fan);
      put(best.box);
      labels.set(edge.id, best);
    }
  }
  return labels;
}

const dimmed = (id) => shown.near.size > 0 && !shown.near.has(id);

const renderPort = () => ({ drawNode() {}, nodeDimensions: { width: 1, height: 1 } });

function renderNode({ ctx, id, x, y, state: { selected, hover } }) {
  const box = shown.boxes.get(id);
  if (!box) return { drawNode() {}, nodeDimensions: { width: 1, height: 1 } };
  const look = LOOK[NODES[id].group];
  return {
    drawNode() {
      ctx.globalAlpha = dimmed(id) ? 0.22 : 1;
      const strong = selected || hover;
      if (strong) {
        ctx.shadowColor = "rgba(20, 40, 70, .28)";
        ctx.shadowBlur = 10;
        ctx.shadowOffsetY = 2;
      }
      trace(ctx, look.shape, x, y, box.width, box.height);
      ctx.fillStyle = look.fill;
      ctx.fill();
      ctx.shadowColor = "transparent";
      ctx.strokeStyle = selected ? "#12263f" : look.line;
      ctx.lineWidth = strong ? 2.6 : 1.4;
      ctx.stroke();
      ctx.fillStyle = look.text;
      ctx.font = `${box.hub || NODES[id].group === "region" ? 600 : 400} ${box.glyph}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      box.lines.forEach((line, index) => ctx.fillText(line, x, y + 1 + (index - (box.lines.length - 1) / 2) * box.glyph * 1.2, box.width - 16));
    },
    nodeDimensions: { width: box.width, height: box.height },
  };
}

// Behind everything: a card for each region.
function renderBlocks(ctx) {
  for (const block of shown.blocks) {
    ctx.beginPath();
    ctx.roundRect(block.left, block.top, block.width, block.height, 12);
    ctx.fillStyle = "#ffffff";
    ctx.strokeStyle = "#e1e6ec";
    ctx.lineWidth = 1;
    ctx.fill();
    ctx.stroke();
  }
}

// Above everything: the labels of the edges.
function renderLabels(ctx) {
  const pointed = new Set();
  if (state.hovered && state.hovered.kind === "edge") pointed.add(state.hovered.id);
  if (state.selected && state.selected.kind === "edge") pointed.add(state.selected.id);
  ctx.font = `500 12px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const edge of shown.edges) {
    const near = shown.near.size && shown.near.has(edge.from) && shown.near.has(edge.to);
    if (shown.near.size && !near) continue;
    const place = shown.labels.get(edge.id) || (pointed.has(edge.id) && { ...along(edge, 0.5), half: LINK[edge.rel].zh.length * 6.5 + 4 });
    if (!place) continue;
    ctx.beginPath();
    ctx.roundRect(place.x - place.half, place.y - 8.5, place.half * 2, 17, 5);
    ctx.fillStyle = "#ffffff";
    ctx.fill();
    ctx.fillStyle = STROKE[edge.rel].color;
    ctx.fillText(LINK[edge.rel].zh, place.x, place.y + 1);
  }
}

const narrow = () => document.getElementById("network").clientWidth < 640;

// Shows everything where that stays readable; else the top of it.
function fit(whole = false) {
  if (!shown.boxes.size) return;
  const sides = [...shown.boxes.values()].map((box) => [box.x - box.width / 2, box.x + box.width / 2, box.y - box.height / 2, box.y + box.height / 2]);
  for (const block of shown.blocks) sides.push([block.left, block.left + block.width, block.top, block.top + block.height]);
  const least = (at) => sides.reduce((best, side) => Math.min(best, side[at]), Infinity);
  const most = (at) => sides.reduce((best, side) => Math.max(best, side[at]), -Infinity);
  const [left, right, top, bottom] = [least(0), most(1), least(2), most(3)];
  const { clientWidth, clientHeight } = document.getElementById("network");
  const [width, height] = [clientWidth - 20, clientHeight - 20];
  const scale = Math.min(width / (right - left), height / (bottom - top), 1.2);
  const readable = whole || scale > 0.8 ? scale : Math.min(0.85, Math.max(0.6, width / (right - left)));
  const overflow = (bottom - top) * readable > height;
  const x = narrow() && (right - left) * readable > width ? left + (clientWidth / 2 - 10) / readable : (left + right) / 2;
  const y = overflow ? top + (clientHeight / 2 - 10) / readable : (top + bottom) / 2;
  network.moveTo({ position: { x, y }, scale: readable, animation: false });
}

// Lets what the selection touches stand out.
function highlight() {
  const near = new Set();
  const picked = state.selected;
  if (picked && picked.kind === "node" && shown.boxes.has(picked.id)) {
    near.add(picked.id);
    for (const edge of shown.edges) {
      if (edge.from === picked.id) near.add(edge.to);
      if (edge.to === picked.id) near.add(edge.from);
    }
  } else if (picked && picked.kind === "edge") {
    near.add(EDGES[picked.id].from);
    near.add(EDGES[picked.id].to);
  }
  shown.near = near;
  edgeSet.update(
    shown.edges.map((edge) => {
      const touched = !picked || (picked.kind === "node" ? edge.from === picked.id || edge.to === picked.id : edge.id === picked.id);
      const { color } = STROKE[edge.rel];
      return { id: edge.id, color: { color, highlight: color, hover: color, opacity: near.size === 0 ? opacity(edge) : touched ? 1 : 0.1 } };
    }),
  );
  if (picked && picked.kind === "node" && shown.boxes.has(picked.id)) network.selectNodes([picked.id], false);
  else if (picked && picked.kind === "edge" && shown.edges.some((edge) => edge.id === picked.id)) network.selectEdges([picked.id]);
  else network.unselectAll();
}

// Brings a node into view, into the picture first if need be.
function focusNode(id, { open = false } = {}) {
  state.selected = { kind: "node", id };
  if (open) state.opened.add(id);
  if (open || !shown.boxes.has(id)) {
    if (!state.groups.has(NODES[id].group)) state.groups.add(NODES[id].group);
    if (!shown.boxes.has(id)) state.opened.add(id);
    draw({ keepView: true });
    syncFilters();
  } else highlight();
  const box = shown.boxes.get(id);
  if (box) network.moveTo({ position: { x: box.x, y: box.y }, scale: Math.max(network.getScale(), 0.8), animation: false });
  showNode(id);
}

function report({ ids, edges, candidates }) {
  const total = NODES.length;
  document.getElementById("status").textContent = `显示 ${ids.length} / ${total} 个节点，${edges.length} / ${EDGES.length} 条关系`;
  document.getElementById("more").hidden = edges.length >= candidates.length;
  document.getElementById("all-relations").hidden = DATA.links.every((link) => state.relations.has(link.key) || !EDGES.some((edge) => edge.rel === link.key));
  const empty = document.getElementById("empty");
  empty.hidden = ids.length > 0;
  empty.textContent = total ? "没有符合筛选条件的关系。No relation passes these filters." : "图中没有实体。The graph is empty.";
}
