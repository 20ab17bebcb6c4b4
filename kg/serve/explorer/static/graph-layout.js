// Places things without physics. What is opened stands in the middle, what it is related to in two wings, and what
// unfolds from there further out; paths run from left to right. Same input, same picture.

const GAP = { row: 12, lane: 96, tree: 46 };

// Lays out a neighbourhood. `nodes` have `opened`, `edges` have `from` and `to` (positions in `nodes`), `boxes` are
// {width, height}, one for each node; sets x and y of each box. `narrow`: one wing only.
export function wings(nodes, edges, boxes, { narrow }) {
  const near = nodes.map(() => []);
  edges.forEach((edge) => {
    near[edge.from].push(edge.to);
    near[edge.to].push(edge.from);
  });
  const children = nodes.map(() => []);
  const placed = new Set();
  const grow = (root) => {
    const queue = [root];
    placed.add(root);
    for (const at of queue) {
      if (!nodes[at].opened) continue;
      for (const other of near[at]) {
        if (placed.has(other)) continue;
        placed.add(other);
        children[at].push(other);
        queue.push(other);
      }
    }
  };
  let top = 0;
  nodes.forEach((node, root) => {
    if (placed.has(root) || !node.opened) return;
    grow(root);
    const height = tree(root, children, boxes, narrow);
    top = shift(root, children, boxes, top, height) + GAP.tree;
  });
}

// Places one tree around (0, 0) and returns its height.
function tree(root, children, boxes, narrow) {
  const heights = new Map();
  const heightOf = (at) => {
    if (!heights.has(at)) {
      const below = children[at].reduce((sum, child) => sum + heightOf(child) + GAP.row, -GAP.row);
      heights.set(at, Math.max(boxes[at].height, below));
    }
    return heights.get(at);
  };
  // The first half of what stands around the root goes to the right, in its order, the rest to the left.
  const total = children[root].reduce((sum, child) => sum + heightOf(child) + GAP.row, 0);
  const sides = [[], []];
  let filled = 0;
  for (const child of children[root]) {
    const height = heightOf(child) + GAP.row;
    const left = !narrow && children[root].length > 5 && filled + height / 2 > total / 2;
    sides[left ? 1 : 0].push(child);
    filled += height;
  }
  boxes[root].x = 0;
  boxes[root].y = 0;
  let tallest = boxes[root].height;
  sides.forEach((members, index) => {
    const direction = index ? -1 : 1;
    const height = members.reduce((sum, child) => sum + heightOf(child) + GAP.row, -GAP.row);
    tallest = Math.max(tallest, height);
    column(members, direction, (direction * boxes[root].width) / 2, -height / 2, heightOf, children, boxes);
  });
  return tallest;
}

function column(members, direction, edge, top, heightOf, children, boxes) {
  if (!members.length) return;
  const widest = members.reduce((most, at) => Math.max(most, boxes[at].width), 0);
  let y = top;
  for (const at of members) {
    const height = heightOf(at);
    boxes[at].width = widest;
    boxes[at].x = edge + direction * (GAP.lane + widest / 2);
    boxes[at].y = y + height / 2;
    const below = children[at].reduce((sum, child) => sum + heightOf(child) + GAP.row, -GAP.row);
    column(children[at], direction, edge + direction * (GAP.lane + widest), y + (height - below) / 2, heightOf, children, boxes);
    y += height + GAP.row;
  }
}

// Moves a tree so that it begins at `top`, and returns where it ends.
function shift(root, children, boxes, top, height) {
  const by = top + height / 2;
  const move = (at) => {
    boxes[at].y += by;
    children[at].forEach(move);
  };
  move(root);
  return top + height;
}

// Lays out paths: each thing stands in the column of its distance from `start`.
export function columns(nodes, edges, boxes, start, { narrow }) {
  const near = nodes.map(() => []);
  edges.forEach((edge) => {
    near[edge.from].push(edge.to);
    near[edge.to].push(edge.from);
  });
  const distance = new Map([[start, 0]]);
  for (const at of distance.keys()) for (const other of near[at]) if (!distance.has(other)) distance.set(other, distance.get(at) + 1);
  const rows = [];
  nodes.forEach((_, at) => {
    const level = distance.get(at) ?? 0;
    (rows[level] ||= []).push(at);
  });
  let reach = 0;
  for (const row of rows) {
    const size = (at) => (narrow ? boxes[at].width : boxes[at].height);
    const whole = row.reduce((sum, at) => sum + size(at) + GAP.row, -GAP.row);
    const deep = row.reduce((most, at) => Math.max(most, narrow ? boxes[at].height : boxes[at].width), 0);
    let along = -whole / 2;
    for (const at of row) {
      const middle = along + size(at) / 2;
      boxes[at].x = narrow ? middle : reach + deep / 2;
      boxes[at].y = narrow ? reach + deep / 2 : middle;
      along += size(at) + GAP.row;
    }
    reach += deep + (narrow ? 54 : GAP.lane);
  }
}

// Lays out any graph, of triples or rows: from what has most relations outwards.
export function radial(nodes, edges, boxes, options) {
  const degree = nodes.map(() => 0);
  edges.forEach((edge) => {
    degree[edge.from] += 1;
    degree[edge.to] += 1;
  });
  const order = nodes.map((_, at) => at).sort((a, b) => degree[b] - degree[a] || a - b);
  const opened = nodes.map(() => ({ opened: true }));
  const sorted = order.map((at) => opened[at]);
  const number = new Map(order.map((at, index) => [at, index]));
  const moved = order.map((at) => boxes[at]);
  wings(sorted, edges.map((edge) => ({ from: number.get(edge.from), to: number.get(edge.to) })), moved, options);
}
