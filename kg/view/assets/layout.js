// Places nodes without physics. An initiative shared by several regions stands in the middle of a band; the regions
// stand as blocks in two wings around it, agents on the inner side, what is theirs alone on the outer side. On a
// narrow screen there is one wing. Same input, same picture.

// `sides` remembers which wing a region stands in, so that widening the picture does not turn it over.
// Returns { boxes: Map(id -> {x, y, width, height, lines}), blocks: [{left, top, width, height, region}],
// column: {left, right}, the extent of the first column, and centre: the height to begin at, or null for its top }.
function layout(ids, edges, { narrow, sides }) {
  const boxes = new Map(ids.map((id) => [id, { id, x: 0, y: 0, ...measure(NODES[id].label) }]));
  const near = new Map(ids.map((id) => [id, []]));
  for (const edge of edges) {
    near.get(edge.from).push({ id: edge.to, edge });
    near.get(edge.to).push({ id: edge.from, edge });
  }
  const weight = (id) => near.get(id).reduce((sum, { edge }) => sum + (edge.rel === "leads" ? 100 : 1), 0);

  const hubs = [];
  const homes = new Map();
  for (const id of ids) {
    const node = NODES[id];
    const around = new Set(near.get(id).map((one) => regionOf(NODES[one.id])).filter((region) => region >= 0));
    if (LANE[node.group] && node.group !== "person" && (around.size > 1 || (around.size && regionOf(node) < 0))) hubs.push(id);
    else {
      const home = regionOf(node);
      if (!homes.has(home)) homes.set(home, []);
      homes.get(home).push(id);
    }
  }

  for (const id of hubs) {
    const large = NODES[id].group === "initiative" ? { most: 8, glyph: 20 } : { most: 9 };
    Object.assign(boxes.get(id), measure(NODES[id].label, large), { hub: true });
  }
  const blocks = [...homes].map(([region, members]) => block(region, members, near, weight, boxes));
  blocks.sort((a, b) => b.score - a.score || a.region - b.region);

  // Each block joins the band of the shared initiative that it has most to do with.
  const hubOf = (one) => {
    const ties = new Map();
    for (const id of one.members)
      for (const { id: other, edge } of near.get(id))
        if (boxes.get(other).hub) ties.set(other, (ties.get(other) || 0) + (edge.rel === "leads" ? 100 : 1));
    return [...ties].sort((a, b) => b[1] - a[1] || weight(b[0]) - weight(a[0]) || a[0] - b[0])[0]?.[0] ?? null;
  };
  const bands = new Map();
  const bandOf = (hub) => bands.get(hub) || bands.set(hub, { hubs: [], blocks: [], score: 0 }).get(hub);
  const chosen = new Map();
  for (const one of blocks) {
    const hub = hubOf(one);
    const band = bandOf(hub);
    band.blocks.push(one);
    band.score += hub === null ? 0 : one.score;
    for (const id of one.members) chosen.set(id, hub);
  }
  for (const id of hubs) {
    if (bands.has(id)) bands.get(id).hubs.push(id);
    else {
      // Nobody's first: it stands in the band where most of its agents are.
      const votes = new Map();
      for (const one of near.get(id)) votes.set(chosen.get(one.id), (votes.get(chosen.get(one.id)) || 0) + 1);
      bandOf([...votes].sort((a, b) => b[1] - a[1] || (a[0] ?? -1) - (b[0] ?? -1))[0][0]).hubs.push(id);
    }
  }

  // A few screens of height, then the next column: the whole keeps about the proportions of a screen.
  const area = blocks.reduce((sum, one) => sum + (one.width + SPACE.block) * (one.height + SPACE.block), 0);
  const tallest = narrow ? Infinity : Math.max(2200, Math.sqrt(area));
  const order = [...bands.values()].sort((a, b) => b.score - a.score || (a.hubs[0] ?? 0) - (b.hubs[0] ?? 0));
  const columns = [];
  let top = Infinity;
  for (const band of order) {
    if (top >= tallest) {
      columns.push({ bands: [], left: 0, right: 0 });
      top = 0;
    }
    const column = columns[columns.length - 1];
    const placed = placeBand(band, top, { near, boxes, narrow, sides, tallest });
    column.bands.push(band);
    column.left = Math.min(column.left, placed.left);
    column.right = Math.max(column.right, placed.right);
    top += placed.height + 2 * SPACE.block;
  }
  let edge = columns.length ? columns[0].left : 0;
  for (const column of columns) {
    const shift = edge - column.left;
    for (const band of column.bands) {
      for (const id of band.hubs) boxes.get(id).x += shift;
      for (const one of band.blocks) one.shift(shift);
    }
    edge += column.right - column.left + 3 * SPACE.block;
  }
  const main = order.length ? order[0].hubs : [];
  const { left, right } = columns[0] || { left: 0, right: 0 };
  return { boxes, blocks, column: { left, right }, centre: main.length && !narrow ? boxes.get(main[0]).y : null };
}

// Places a band from `top` on, its middle at x = 0, and returns its extent. The weightiest block goes to the shorter
// wing; a wing that grows too tall goes on further out.
function placeBand({ hubs, blocks }, top, { near, boxes, narrow, sides, tallest }) {
  const wings = (narrow ? [1] : [-1, 1]).map((side) => ({ side, height: 0, blocks: [] }));
  for (const one of blocks) {
    const shorter = wings.reduce((best, other) => (other.height < best.height ? other : best));
    const wing = wings.find(({ side }) => side === sides.get(one.region)) || shorter;
    sides.set(one.region, wing.side);
    wing.blocks.push(one);
    wing.height += one.height + SPACE.block;
  }
  const hubWidth = hubs.reduce((most, id) => Math.max(most, boxes.get(id).width), 0);
  const inner = hubs.length ? hubWidth / 2 + SPACE.hub : SPACE.block / 2;
  const stacks = wings.flatMap((wing) => {
    const count = wing.blocks.length ? Math.max(1, Math.ceil(wing.height / tallest)) : 0;
    let offset = inner;
    return Array.from({ length: count }, (_, at) => {
      const size = Math.ceil(wing.blocks.length / count);
      let ours = wing.blocks.slice(at * size, (at + 1) * size);
      // The weightiest nearest to the initiative that they share, the others above and below in turn.
      if (hubs.length && !narrow) ours = ours.reduce((row, one, index) => (index % 2 ? [one, ...row] : [...row, one]), []);
      const stack = { side: wing.side, offset, blocks: ours, height: ours.reduce((sum, one) => sum + one.height + SPACE.block, -SPACE.block) };
      offset += Math.max(0, ...ours.map((one) => one.width)) + SPACE.block;
      return { ...stack, end: offset - SPACE.block };
    });
  });
  const gap = 40;
  const hubHeight = hubs.reduce((sum, id) => sum + boxes.get(id).height + gap, -gap);
  const height = Math.max(hubHeight, ...stacks.map((stack) => stack.height), 0);
  for (const stack of stacks) {
    let y = top + (height - stack.height) / 2;
    for (const one of stack.blocks) {
      one.place(stack.side, stack.offset, y, hubs.length > 0);
      y += one.height + SPACE.block;
    }
  }
  // The shared initiatives: each at the height of its agents, then pushed apart.
  const ours = new Set(blocks.flatMap((one) => one.members));
  const middle = hubs.map((id) => {
    const ys = near.get(id).filter((one) => ours.has(one.id)).map((one) => boxes.get(one.id).y);
    return { id, wish: narrow ? top : ys.length ? ys.reduce((sum, y) => sum + y, 0) / ys.length : top + height / 2 };
  });
  spread(middle, boxes, gap, top, top + height);
  const reach = (side) => Math.max(hubWidth / 2, ...stacks.filter((stack) => stack.side === side).map((stack) => stack.end));
  return { height, left: -reach(-1), right: reach(1) };
}
