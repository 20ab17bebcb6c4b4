// Places nodes without physics. An initiative shared by several regions stands in the middle of a band; the regions
// stand as blocks in two wings around it, agents on the inner side, what is theirs alone on the outer side. On a
// narrow screen there is one wing. Same input, same picture.

const LANE = { agent: 0, region: 0, initiative: 1, person: 1, policy: 1, event: 1, honour: 2 };
const ACTS = new Set(["leads", "implements", "participatesIn", "issues", "organises"]); // who does these stands with the agents
const SPACE = { row: 12, lane: 86, hub: 118, block: 22, pad: 13, beside: 14 };

// `sides` remembers which wing a region stands in, so that widening the picture does not turn it over.
// Returns { boxes: Map(id -> {x, y, width, height, lines}), blocks: [{left, top, width, height, region}] }.
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
    if (node.group === "initiative" && around.size > 1) hubs.push(id);
    else {
      const home = regionOf(node);
      if (!homes.has(home)) homes.set(home, []);
      homes.get(home).push(id);
    }
  }

  for (const id of hubs) Object.assign(boxes.get(id), measure(NODES[id].label, { most: 8, glyph: 20 }), { hub: true });
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

  let top = 0;
  for (const band of [...bands.values()].sort((a, b) => b.score - a.score || (a.hubs[0] ?? 0) - (b.hubs[0] ?? 0))) {
    const height = placeBand(band, top, { near, boxes, narrow, sides });
    top += height + 2 * SPACE.block;
  }
  const main = [...hubs].sort((a, b) => weight(b) - weight(a) || a - b)[0];
  return { boxes, blocks, centre: main === undefined || narrow ? null : boxes.get(main).y };
}

// Places a band from `top` on and returns its height: the weightiest block goes to the shorter wing.
function placeBand({ hubs, blocks }, top, { near, boxes, narrow, sides }) {
  const wings = (narrow ? [1] : [-1, 1]).map((side) => ({ side, height: 0, blocks: [] }));
  for (const one of blocks) {
    const shorter = wings.reduce((best, other) => (other.height < best.height ? other : best));
    const wing = wings.find(({ side }) => side === sides.get(one.region)) || shorter;
    sides.set(one.region, wing.side);
    wing.blocks.push(one);
    wing.height += one.height + (wing.blocks.length > 1 ? SPACE.block : 0);
  }
  // The weightiest blocks nearest to the initiative that they share, the others above and below in turn.
  if (hubs.length && !narrow)
    for (const wing of wings) wing.blocks = wing.blocks.reduce((row, one, index) => (index % 2 ? [one, ...row] : [...row, one]), []);
  const height = Math.max(...wings.map((wing) => wing.height), 0);
  const hubWidth = hubs.reduce((most, id) => Math.max(most, boxes.get(id).width), 0);
  const inner = hubs.length ? hubWidth / 2 + SPACE.hub : SPACE.block / 2;
  for (const wing of wings) {
    let y = top + (height - wing.height) / 2;
    for (const one of wing.blocks) {
      one.place(wing.side, inner, y, hubs.length > 0);
      y += one.height + SPACE.block;
    }
  }
  // The shared initiatives: each at the height of its agents, then pushed apart.
  const column = hubs.map((id) => {
    const ys = near.get(id).map((one) => boxes.get(one.id)).filter((box) => !box.hub && box.y >= top && box.y <= top + height).map((box) => box.y);
    return { id, wish: narrow ? top : ys.length ? ys.reduce((sum, y) => sum + y, 0) / ys.length : top + height / 2 };
  });
  spread(column, boxes, 40);
  return height;
}

// Lays out one region's members in lanes, in coordinates of its own, and can then place them in a wing.
function block(region, members, near, weight, boxes) {
  const lanes = [[], [], []];
  const acts = (id) => near.get(id).some(({ edge }) => edge.from === id && ACTS.has(edge.rel));
  for (const id of members) lanes[acts(id) ? 0 : LANE[NODES[id].group]].push(id);
  lanes[0].sort((a, b) => (b === region) - (a === region) || weight(b) - weight(a) || a - b);
  // The region heads its block; where there are agents alone, it stands beside them.
  const heads = members.includes(region);
  untangle(lanes, near, region);
  const beside = heads && !near.get(region).length && lanes[0].length > 1 && !lanes[1].length && !lanes[2].length;
  if (beside) lanes[1].push(lanes[0].shift());
  const lane = beside ? SPACE.beside : SPACE.lane;
  const used = lanes.filter((lane) => lane.length);
  for (const row of used) {
    const width = Math.max(...row.map((id) => boxes.get(id).width));
    for (const id of row) boxes.get(id).width = width;
  }
  const heightOf = (row) => row.reduce((sum, id) => sum + boxes.get(id).height + SPACE.row, -SPACE.row);
  const height = Math.max(...used.map(heightOf));
  for (const row of used) {
    let y = 0;
    for (const id of row) {
      const box = boxes.get(id);
      box.y = y + box.height / 2;
      y += box.height + SPACE.row;
    }
  }
  // The longest lane is packed; the others stand beside what they are related to.
  const inBlock = new Set(members);
  const placed = new Set(used.find((row) => heightOf(row) === height));
  for (const row of used) {
    if (placed.has(row[0])) continue;
    const fixed = heads && row[0] === region ? 1 : 0;
    const items = row.slice(fixed).map((id) => {
      const ys = near.get(id).filter((one) => inBlock.has(one.id) && placed.has(one.id)).map((one) => boxes.get(one.id).y);
      return { id, wish: ys.length ? ys.reduce((sum, y) => sum + y, 0) / ys.length : boxes.get(id).y };
    });
    spread(items, boxes, SPACE.row, fixed ? boxes.get(region).height + SPACE.row : 0, height);
    row.forEach((id) => placed.add(id));
  }
  const widths = used.map((row) => boxes.get(row[0]).width);
  const width = widths.reduce((sum, one) => sum + one, 0) + lane * (used.length - 1) + 2 * SPACE.pad;
  const tall = height + 2 * SPACE.pad;
  const score = members.reduce((sum, id) => sum + (LANE[NODES[id].group] ? 0 : weight(id)), 0);
  return {
    region, members, width, height: tall, score, left: 0, top: 0,
    // `inwards`: agents face the middle, where the shared initiatives stand; else they stand to the left.
    place(side, inner, top, inwards) {
      this.left = side > 0 ? inner : -inner - width;
      this.top = top;
      const [from, step] = side < 0 && inwards ? [-inner, -1] : [this.left, 1];
      let offset = SPACE.pad;
      used.forEach((row, index) => {
        for (const id of row) {
          const box = boxes.get(id);
          box.x = from + step * (offset + widths[index] / 2);
          box.y += top + SPACE.pad;
        }
        offset += widths[index] + lane;
      });
    },
  };
}

// Orders the lanes so that few edges cross: each node moves towards the mean rank of what it is related to; only
// `head` stays on top.
function untangle(lanes, near, head) {
  const rank = new Map();
  const number = (row) => row.forEach((id, index) => rank.set(id, (index + 0.5) / row.length));
  lanes.forEach(number);
  for (let sweep = 0; sweep < 6; sweep += 1)
    for (const row of sweep % 2 ? [lanes[0]] : [lanes[1], lanes[2]]) {
      const inRow = new Set(row);
      const mean = new Map(
        row.map((id) => {
          const ranks = near.get(id).filter((one) => rank.has(one.id) && !inRow.has(one.id)).map((one) => rank.get(one.id));
          return [id, ranks.length ? ranks.reduce((sum, one) => sum + one, 0) / ranks.length : rank.get(id)];
        }),
      );
      row.sort((a, b) => (b === head) - (a === head) || mean.get(a) - mean.get(b) || a - b);
      number(row);
    }
}

// Stacks items near the height they wish for, without overlap; between `top` and `bottom` where they fit.
function spread(items, boxes, gap, top = -Infinity, bottom = Infinity) {
  items.sort((a, b) => a.wish - b.wish || a.id - b.id);
  // Runs of touching items are moved to their common mean: pool adjacent violators.
  const runs = [];
  for (const item of items) {
    const size = boxes.get(item.id).height + gap;
    let run = { items: [item], size, start: item.wish - size / 2 };
    while (runs.length && runs[runs.length - 1].start + runs[runs.length - 1].size > run.start) {
      const before = runs.pop();
      const count = before.items.length + run.items.length;
      const shifted = run.start - before.size;
      run = {
        items: [...before.items, ...run.items],
        size: before.size + run.size,
        start: (before.start * before.items.length + shifted * run.items.length) / count,
      };
    }
    runs.push(run);
  }
  let limit = top - gap / 2;
  for (const run of runs) {
    run.start = Math.max(limit, run.start);
    limit = run.start + run.size;
  }
  if (limit > bottom + gap / 2) {
    let floor = bottom + gap / 2;
    for (const run of [...runs].reverse()) {
      run.start = Math.min(run.start, floor - run.size);
      floor = run.start;
    }
  }
  for (const run of runs) {
    let y = run.start;
    for (const item of run.items) {
      const box = boxes.get(item.id);
      box.y = y + (box.height + gap) / 2;
      y += box.height + gap;
    }
  }
}
