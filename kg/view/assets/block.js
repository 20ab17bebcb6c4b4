// One region as a block: its agents in one lane, what they do in the next, honours of their people in a third.

const LANE = { agent: 0, region: 0, initiative: 1, person: 1, policy: 1, event: 1, honour: 1 };
const ACTS = new Set(["leads", "implements", "participatesIn", "issues", "organises"]); // who does these stands with the agents
const SPACE = { row: 12, lane: 86, hub: 118, block: 22, pad: 13, beside: 14 };

// Lays out one region's members in lanes, in coordinates of its own, and can then place them in a wing.
function block(region, members, near, weight, boxes) {
  const lanes = [[], [], []];
  const acts = (id) => near.get(id).some(({ edge }) => edge.from === id && ACTS.has(edge.rel));
  const laneOf = (id) => (acts(id) ? 0 : LANE[NODES[id].group]);
  const inBlock = new Set(members);
  const ofPeople = (id) => NODES[id].group === "honour" && near.get(id).some((one) => inBlock.has(one.id) && laneOf(one.id) === 1);
  for (const id of members) lanes[ofPeople(id) ? 2 : laneOf(id)].push(id);
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
    shift(by) {
      this.left += by;
      for (const id of members) boxes.get(id).x += by;
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
