// Draws things and their relations with vis-network, in the look of the picture of the graph (LOOK, STROKE, trace and
// measure are its own): shapes and colours by group, lines by relation, on light and dark ground.

/* global vis, LOOK, STROKE, FONT, trace, measure */

const DARK = matchMedia("(prefers-color-scheme: dark)");
const PLAIN = { color: "#98a2ad", width: 1.2, dashes: false };
const OTHER = { fill: "#eef1f4", line: "#7a8794", text: "#2b3742", shape: "box" };

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mix = (a, b, part) => `#${rgb(a).map((one, at) => Math.round(one * (1 - part) + rgb(b)[at] * part).toString(16).padStart(2, "0")).join("")}`;

function lookOf(group) {
  const look = LOOK[group] || OTHER;
  if (!DARK.matches) return look;
  return { ...look, fill: mix(look.line, "#141a21", 0.74), line: mix(look.line, "#ffffff", 0.25), text: mix(look.line, "#ffffff", 0.8) };
}

function strokeOf(relation) {
  const stroke = STROKE[relation] || PLAIN;
  return DARK.matches ? { ...stroke, color: mix(stroke.color, "#ffffff", 0.3) } : stroke;
}

const ground = () => (DARK.matches ? "#12161b" : "#f6f7f8");

export class Drawing {
  // `box` is the element to draw in; `place(nodes, edges, boxes)` sets x and y of each box;
  // `on` is told what is picked: on.select(at or null), on.open(at), and on.draw() after each drawing.
  constructor(box, on = {}) {
    this.box = box;
    this.on = on;
    this.nodes = [];
    this.edges = [];
    this.boxes = [];
    this.selected = null;
    this.hovered = null;
    this.near = new Set();
    this.nodeSet = new vis.DataSet();
    this.edgeSet = new vis.DataSet();
    this.network = new vis.Network(
      box,
      { nodes: this.nodeSet, edges: this.edgeSet },
      {
        physics: { enabled: false },
        layout: { improvedLayout: false },
        interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, dragNodes: false },
        edges: { arrows: { to: { enabled: true, scaleFactor: 0.55 } }, selectionWidth: 1, hoverWidth: 1 },
        nodes: { shape: "custom" },
      },
    );
    this.network.on("click", ({ nodes }) => this.select(nodes.length && nodes[0] >= 0 ? nodes[0] : null));
    this.network.on("doubleClick", ({ nodes }) => nodes.length && nodes[0] >= 0 && this.on.open?.(nodes[0]));
    this.network.on("hoverNode", ({ node }) => {
      this.hovered = node;
      box.style.cursor = node >= 0 ? "pointer" : "";
    });
    this.network.on("blurNode", () => {
      this.hovered = null;
      box.style.cursor = "";
    });
    this.network.on("afterDrawing", (context) => this.#labels(context));
    // The wheel moves the page; with Ctrl, or two fingers, it zooms the picture.
    box.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), { capture: true });
    box.addEventListener("keydown", (event) => this.#key(event));
    DARK.addEventListener("change", () => this.#paint());
    new ResizeObserver(() => this.nodes.length && this.#resized()).observe(box);
  }

  get narrow() {
    return this.box.clientWidth < 640;
  }

  show(nodes, edges, place) {
    Object.assign(this, { nodes, edges, place });
    this.selected = null;
    this.near = new Set();
    this.#place();
    this.fit();
  }

  #place() {
    this.wide = !this.narrow;
    this.boxes = this.nodes.map((node) => ({ ...measure(node.label, node.opened ? { most: 10, glyph: 18 } : { most: this.narrow ? 9 : 12 }) }));
    this.place(this.nodes, this.edges, this.boxes, { narrow: this.narrow });
    this.#paint();
  }

  #resized() {
    if (this.wide === this.narrow) this.#place();
    this.fit();
  }

  // Edges end at the sides of the shapes: at ports, nodes without extent that cannot be picked (ids below zero).
  #paint() {
    const ports = [];
    const lines = this.edges.map((edge, id) => {
      const [a, b] = [this.boxes[edge.from], this.boxes[edge.to]];
      const beside = Math.abs(a.x - b.x) < (a.width + b.width) / 2;
      const side = beside ? (a.x < 0 ? -1 : 1) : Math.sign(b.x - a.x);
      const ends = [
        { x: a.x + (side * a.width) / 2, y: a.y },
        { x: b.x + ((beside ? side : -side) * b.width) / 2, y: b.y },
      ];
      if (beside && this.place.down) Object.assign(ends[0], { x: a.x, y: a.y + (Math.sign(b.y - a.y) * a.height) / 2 }), Object.assign(ends[1], { x: b.x, y: b.y - (Math.sign(b.y - a.y) * b.height) / 2 });
      edge.ends = ends;
      edge.beside = beside;
      ends.forEach((end, index) => ports.push({ id: -1 - 2 * id - index, ...end, shape: "custom", ctxRenderer: () => ({ drawNode() {}, nodeDimensions: { width: 1, height: 1 } }), chosen: false }));
      const stroke = strokeOf(edge.relation);
      const smooth = beside
        ? { enabled: true, type: side < 0 === a.y < b.y ? "curvedCCW" : "curvedCW", roundness: 0.28 }
        : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 };
      return { id, from: -1 - 2 * id, to: -2 - 2 * id, width: stroke.width, dashes: stroke.dashes, smooth, color: this.#colour(edge) };
    });
    this.nodeSet.clear();
    this.edgeSet.clear();
    this.nodeSet.add(ports);
    this.nodeSet.add(this.nodes.map((_, id) => ({ id, x: this.boxes[id].x, y: this.boxes[id].y, shape: "custom", ctxRenderer: (draw) => this.#node(draw) })));
    this.edgeSet.add(lines.reverse());
    this.on.draw?.();
  }

  #colour(edge) {
    const { color } = strokeOf(edge.relation);
    const touched = this.selected === null || edge.from === this.selected || edge.to === this.selected;
    return { color, highlight: color, hover: color, opacity: touched ? 0.85 : 0.12 };
  }

  #node({ ctx, id, x, y }) {
    const box = this.boxes[id];
    const node = this.nodes[id];
    if (!box) return { drawNode() {}, nodeDimensions: { width: 1, height: 1 } };
    const look = lookOf(node.group);
    const strong = id === this.selected || id === this.hovered;
    return {
      drawNode: () => {
        ctx.globalAlpha = this.near.size && !this.near.has(id) ? 0.25 : 1;
        if (strong) {
          ctx.shadowColor = "rgba(20, 40, 70, .3)";
          ctx.shadowBlur = 12;
        }
        trace(ctx, look.shape, x, y, box.width, box.height);
        ctx.fillStyle = look.fill;
        ctx.fill();
        ctx.shadowColor = "transparent";
        ctx.strokeStyle = look.line;
        ctx.lineWidth = strong ? 3 : node.opened ? 2.2 : 1.4;
        ctx.stroke();
        ctx.fillStyle = look.text;
        ctx.font = `${node.opened || node.group === "region" ? 600 : 400} ${box.glyph}px ${FONT}`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        box.lines.forEach((line, index) => ctx.fillText(line, x, y + 1 + (index - (box.lines.length - 1) / 2) * box.glyph * 1.2, box.width - 16));
        if (!node.opened && node.hidden) this.#more(ctx, box, look, node.hidden);
        ctx.globalAlpha = 1;
      },
      nodeDimensions: { width: box.width, height: box.height },
    };
  }

  // How many neighbours are not shown, at the outer corner.
  #more(ctx, box, look, hidden) {
    const text = hidden > 99 ? "+99" : `+${hidden}`;
    ctx.font = `600 11px ${FONT}`;
    const width = ctx.measureText(text).width + 10;
    const [x, y] = [box.x + (box.x < 0 ? -1 : 1) * (box.width / 2 - 4), box.y - box.height / 2];
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - 8, width, 16, 8);
    ctx.fillStyle = look.line;
    ctx.fill();
    ctx.fillStyle = DARK.matches ? "#10151a" : "#ffffff";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + 0.5);
  }

  // The words of the relations: of a fan of like ones the middle one, where it is free; all of what is selected.
  #labels(ctx) {
    const fans = new Map();
    const taken = [];
    this.edges.forEach((edge, id) => {
      if (!edge.word || !edge.ends) return;
      const chosen = this.selected !== null && (edge.from === this.selected || edge.to === this.selected);
      if (this.selected !== null && !chosen) return;
      const [a, b] = [this.boxes[edge.from], this.boxes[edge.to]];
      const hub = [edge.from, edge.to].find((end) => this.nodes[end].opened) ?? -1;
      const fan = chosen ? id : `${hub} ${edge.relation} ${a.x < b.x} ${hub === edge.from}`;
      fans.set(fan, [...(fans.get(fan) || []), edge]);
    });
    ctx.font = `500 12px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const fan of fans.values()) {
      fan.sort((one, other) => one.ends[0].y + one.ends[1].y - other.ends[0].y - other.ends[1].y);
      const edge = fan[Math.floor((fan.length - 1) / 2)];
      const [p, q] = edge.ends;
      const half = ctx.measureText(edge.word).width / 2 + 5;
      // Towards the leaf, where the lines of a fan have parted.
      const t = this.nodes[edge.from].opened && !this.nodes[edge.to].opened ? 0.62 : this.nodes[edge.to].opened && !this.nodes[edge.from].opened ? 0.38 : 0.5;
      const spot = edge.beside ? { x: (p.x + q.x) / 2 + Math.sign(p.x || 1) * 14, y: (p.y + q.y) / 2 } : { x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * (t * t * (3 - 2 * t)) };
      if (taken.some((one) => Math.abs(one.x - spot.x) < one.half + half && Math.abs(one.y - spot.y) < 17)) continue;
      taken.push({ ...spot, half });
      ctx.beginPath();
      ctx.roundRect(spot.x - half, spot.y - 9, half * 2, 18, 5);
      ctx.fillStyle = ground();
      ctx.fill();
      ctx.fillStyle = strokeOf(edge.relation).color;
      ctx.fillText(edge.word, spot.x, spot.y + 0.5);
    }
  }

  select(at) {
    this.selected = at;
    this.near = new Set(at === null ? [] : [at]);
    if (at !== null) for (const edge of this.edges) if (edge.from === at || edge.to === at) this.near.add(edge.from).add(edge.to);
    this.edgeSet.update(this.edges.map((edge, id) => ({ id, color: this.#colour(edge) })));
    if (at !== null) this.#see(at);
    this.network.redraw();
    this.on.select?.(at);
  }

  // Moves the picture as far as needed to bring a thing into view.
  #see(at) {
    const box = this.boxes[at];
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    const [halfWide, halfHigh] = [this.box.clientWidth / 2 / scale, this.box.clientHeight / 2 / scale];
    const pull = (centre, half, middle, size) => (size > half * 2 || Math.abs(middle - centre) + size / 2 + 20 <= half ? centre : middle - Math.sign(middle - centre) * (half - size / 2 - 20));
    this.network.moveTo({ position: { x: pull(x, halfWide, box.x, box.width), y: pull(y, halfHigh, box.y, box.height) }, animation: false });
  }

  // Everything where that stays readable; else the middle of it.
  fit(whole = false) {
    if (!this.boxes.length) return;
    const extent = (sign, along, size) => this.boxes.reduce((most, box) => Math.max(most, sign * box[along] + box[size] / 2), -Infinity);
    const [left, right, top, bottom] = [-extent(-1, "x", "width"), extent(1, "x", "width"), -extent(-1, "y", "height"), extent(1, "y", "height")];
    const [width, height] = [this.box.clientWidth - 36, this.box.clientHeight - 36];
    const scale = Math.min(width / (right - left), height / (bottom - top), 1.15);
    const readable = whole ? scale : Math.max(scale, 0.66);
    const first = this.boxes[this.#middle()];
    const middle = (low, high, room, wish) => (high - low <= room / readable ? (low + high) / 2 : Math.min(high - room / 2 / readable, Math.max(low + room / 2 / readable, wish)));
    this.network.moveTo({ position: { x: middle(left, right, width, first.x), y: middle(top, bottom, height, first.y) }, scale: readable, animation: false });
  }

  // What the picture is about: what was opened first, else what has most relations.
  #middle() {
    const opened = this.nodes.findIndex((node) => node.opened);
    if (opened >= 0) return opened;
    const degree = this.nodes.map(() => 0);
    for (const edge of this.edges) degree[edge.from] += 1, (degree[edge.to] += 1);
    return degree.indexOf(Math.max(...degree));
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.min(3, Math.max(0.1, this.network.getScale() * factor)), animation: false });
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) this.select(this.selected === null ? 0 : this.#towards(step));
    else if (event.key === "Enter" && this.selected !== null) this.on.open?.(this.selected);
    else if (event.key === "Escape" && this.selected !== null) this.select(null);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit(true);
    else return;
    event.preventDefault();
  }

  #towards([dx, dy]) {
    const here = this.boxes[this.selected];
    let best = { cost: Infinity, at: this.selected };
    this.boxes.forEach((box, at) => {
      const [along, across] = dx ? [(box.x - here.x) * dx, Math.abs(box.y - here.y)] : [(box.y - here.y) * dy, Math.abs(box.x - here.x)];
      if (along > 4 && along + 2.2 * across < best.cost) best = { cost: along + 2.2 * across, at };
    });
    return best.at;
  }
}

// Draws the sample of a group or relation in a legend.
export function samples(root) {
  for (const canvas of root.querySelectorAll("canvas[data-sample]")) window.sample(canvas, canvas.dataset.sample, canvas.dataset.key);
}
