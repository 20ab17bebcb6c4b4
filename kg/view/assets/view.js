// The drawing of what is shown.

const shown = { ids: [], edges: [], boxes: new Map(), blocks: [], labels: [], near: new Set() };
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;

const sides = new Map();
const LONE = INCIDENT.filter((edges) => !edges.length).length;

function draw({ keepView = false, keepSides = keepView } = {}) {
  const chosen = choose();
  if (!keepSides || narrow() !== shown.narrow) sides.clear();
  shown.narrow = narrow();
  Object.assign(shown, chosen, layout(chosen.ids, chosen.edges, { narrow: narrow(), sides }));
  const curved = shown.edges.length <= 400;
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
    // The leading relations come last and lie on top.
    [...shown.edges].reverse().map((edge) => {
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
  // Else as wide as the first column, around the initiative that most share.
  const { column, centre } = shown;
  const readable = whole || scale > 0.72 ? scale : Math.min(0.85, Math.max(0.6, width / (column.right - column.left)));
  const middle = (low, high, most, wish) => {
    const half = most / 2 / readable;
    return high - low <= 2 * half ? (low + high) / 2 : Math.min(high - half, Math.max(low + half, wish));
  };
  const x = whole ? (left + right) / 2 : middle(left, right, width, narrow() ? left : (column.left + column.right) / 2);
  const y = whole ? (top + bottom) / 2 : middle(top, bottom, height, centre ?? top);
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
  for (const id of [...near]) near.add(regionOf(NODES[id]));
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
  document.getElementById("status").textContent = `显示 ${ids.length} / ${total} 个节点，${edges.length} / ${EDGES.length} 条关系` + (LONE ? `；${LONE} 个未见关系，可搜索` : "");
  document.getElementById("more").hidden = edges.length >= candidates.length;
  document.getElementById("all-relations").hidden = DATA.links.every((link) => state.relations.has(link.key) || !EDGES.some((edge) => edge.rel === link.key));
  const empty = document.getElementById("empty");
  empty.hidden = ids.length > 0;
  empty.textContent = total ? "没有符合筛选条件的关系。No relation passes these filters." : "图中没有实体。The graph is empty.";
}
