// How edges run, and where their labels stand.

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
  const fans = new Map();
  const fanOf = (edge) => `${edge.from} ${edge.rel} ${shown.boxes.get(edge.to).x > shown.boxes.get(edge.from).x}`;
  for (const edge of shown.edges) fans.set(fanOf(edge), (fans.get(fanOf(edge)) || 0) + 1);
  const order = [...shown.edges].sort((a, b) => LINK[a.rel].rank - LINK[b.rel].rank || a.id - b.id);
  for (const edge of order) {
    // Of a fan of like edges one carries the label.
    const fan = fanOf(edge);
    if (said.has(fan) && (fans.get(fan) > 2 || shown.edges.length > 60)) continue;
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
    if (best) {
      said.add(fan);
      put(best.box);
      labels.set(edge.id, best);
    }
  }
  return labels;
}
