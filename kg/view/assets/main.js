// Wires the page together.

function chip(kind, one, count, chosen) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  sample(canvas, kind, one.key);
  const button = element(
    "button",
    { type: "button", class: "chip", "data-key": one.key, "aria-pressed": "false", onclick: () => toggle(chosen(), one.key) },
    canvas,
    one.zh + " ",
    english(one.en),
    element("span", { class: "count" }, String(count)),
  );
  return button;
}

function toggle(set, key) {
  if (set.has(key)) set.delete(key);
  else set.add(key);
  change({ keepSides: true });
}

// After any filter: everything follows. Regions keep their side where only classes and relations change.
function change({ keepSides = false } = {}) {
  if (state.selected) state.selected = null;
  syncFilters();
  draw({ keepSides });
  showOverview();
}

function syncFilters() {
  for (const [box, set] of [["groups", state.groups], ["relations", state.relations]])
    for (const button of document.getElementById(box).querySelectorAll("button[data-key]")) button.setAttribute("aria-pressed", String(set.has(button.dataset.key)));
  document.getElementById("kind").value = state.kind;
  document.getElementById("region").value = String(state.region);
  document.getElementById("document").value = String(state.document);
  document.getElementById("confidence").value = String(state.confidence);
}

function clearSelection() {
  state.selected = null;
  highlight();
  showOverview();
}

function setUpFilters() {
  const count = (list, key) => list.reduce((counts, one) => counts.set(one[key], (counts.get(one[key]) || 0) + 1), new Map());
  const groups = count(NODES, "group");
  const relations = count(EDGES, "rel");
  for (const group of DATA.groups) if (groups.has(group.key)) document.getElementById("groups").append(chip("group", group, groups.get(group.key), () => state.groups));
  for (const link of DATA.links) if (relations.has(link.key)) document.getElementById("relations").append(chip("link", link, relations.get(link.key), () => state.relations));

  const kind = document.getElementById("kind");
  kind.append(element("option", { value: "" }, "全部 All"));
  const kinds = count(NODES, "type");
  for (const group of DATA.groups) {
    const ours = Object.keys(CLASS).filter((name) => CLASS[name].key === group.key && kinds.has(name));
    if (ours.length) kind.append(element("optgroup", { label: `${group.zh} ${group.en}` }, ...ours.map((name) => element("option", { value: name }, `${CLASS[name].zh} ${CLASS[name].en} (${kinds.get(name)})`))));
  }
  kind.addEventListener("change", () => {
    state.kind = kind.value;
    change();
  });

  const region = document.getElementById("region");
  region.append(element("option", { value: "-1" }, "全部 All"));
  const regions = NODES.filter((node) => node.group === "region").sort((a, b) => (a.adcode || "9").localeCompare(b.adcode || "9") || a.id - b.id);
  for (const node of regions) region.append(element("option", { value: String(node.id) }, shorten(node.label, 30)));
  region.addEventListener("change", () => {
    state.region = Number(region.value);
    change();
  });

  const document_ = document.getElementById("document");
  document_.append(element("option", { value: "-1" }, "全部 All"));
  DATA.sources.forEach((source, at) => document_.append(element("option", { value: String(at) }, shorten(`${source.issued} ${source.title}`.trim(), 40))));
  document_.addEventListener("change", () => {
    state.document = Number(document_.value);
    change();
  });

  const shown = DATA.sources.length.toLocaleString("en");
  const all = DATA.documents.toLocaleString("en");
  const excerpt = document.getElementById("excerpt");
  excerpt.hidden = DATA.documents === DATA.sources.length;
  excerpt.textContent = `图中是最近的 ${shown} 篇文档，共 ${all} 篇；全部见 kg serve · The latest ${shown} of ${all} documents; kg serve shows all`;

  const confidence = document.getElementById("confidence");
  confidence.addEventListener("change", () => {
    state.confidence = Math.min(1, Math.max(0, Number(confidence.value) || 0));
    change();
  });

  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  on("more", () => {
    state.limit += STEP;
    draw({ keepView: true });
  });
  on("all-relations", () => {
    for (const edge of EDGES) state.relations.add(edge.rel);
    change({ keepSides: true });
  });
  on("reset", () => {
    resetState();
    change();
  });
  const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: false });
  on("zoom-in", () => zoom(1.3));
  on("zoom-out", () => zoom(1 / 1.3));
  on("zoom-fit", () => fit(true));
}

function setUpNetwork() {
  const box = document.getElementById("network");
  network = new vis.Network(box, { nodes: nodeSet, edges: edgeSet }, {
    ...DATA.options,
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.55 } }, selectionWidth: 1, hoverWidth: 1 },
    nodes: { shape: "custom", ctxRenderer: renderNode },
  });
  // The wheel moves the picture as it moves a page; with Ctrl, or two fingers, it zooms.
  box.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      hideCard();
      const unit = event.deltaMode === 1 ? 30 : 1;
      const [across, down] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      const { x, y } = network.getViewPosition();
      const scale = network.getScale();
      network.moveTo({ position: { x: x + (across * unit) / scale, y: y + (down * unit) / scale }, animation: false });
    },
    { capture: true, passive: false },
  );
  network.on("beforeDrawing", renderBlocks);
  network.on("afterDrawing", renderLabels);
  network.on("click", ({ nodes, edges }) => {
    hideCard();
    if (nodes.length && nodes[0] >= 0) focusSelected({ kind: "node", id: nodes[0] });
    else if (edges.length) focusSelected({ kind: "edge", id: edges[0] });
    else clearSelection();
  });
  network.on("doubleClick", ({ nodes }) => nodes.length && nodes[0] >= 0 && focusNode(nodes[0], { open: true }));
  const hover = (kind, make) => (params) => {
    const id = params[kind];
    if (kind === "node" && id < 0) return;
    state.hovered = { kind, id };
    box.style.cursor = "pointer";
    card(make(id), { x: params.event.clientX, y: params.event.clientY });
    network.redraw();
  };
  const leave = () => {
    state.hovered = null;
    box.style.cursor = "";
    hideCard();
    network.redraw();
  };
  network.on("hoverNode", hover("node", cardOfNode));
  network.on("hoverEdge", hover("edge", cardOfEdge));
  network.on("blurNode", leave);
  network.on("blurEdge", leave);
  network.on("dragStart", hideCard);
  network.on("zoom", hideCard);
}

function focusSelected(selected) {
  state.selected = selected;
  highlight();
  if (selected.kind === "node") showNode(selected.id);
  else showEdge(selected.id);
}

document.addEventListener("keydown", (event) => event.key === "Escape" && document.activeElement.id !== "search" && clearSelection());
// The page's address may ask for a confidence: graph.html#min-confidence=0.9
function fromAddress() {
  const asked = Number(new URLSearchParams(window.location.hash.slice(1)).get("min-confidence"));
  if (asked >= 0 && asked <= 1) state.confidence = asked;
}

resetState();
fromAddress();
setUpFilters();
setUpSearch();
setUpNetwork();
change();
window.addEventListener("hashchange", () => {
  fromAddress();
  change();
});
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === width) return; // a phone's address bar that comes and goes is no reason to move the picture
  width = window.innerWidth;
  requestAnimationFrame(() => draw());
});
document.documentElement.dataset.ready = "true";

// Where things stand, for scripts that drive the page.
window.kgView = {
  spot(label) {
    const id = shown.ids.find((one) => NODES[one].label === label);
    return network.canvasToDOM(shown.boxes.get(id));
  },
  label(zh) {
    const edge = shown.edges.find((one) => LINK[one.rel].zh === zh && shown.labels.has(one.id));
    return { ...network.canvasToDOM(shown.labels.get(edge.id)), from: NODES[edge.from].label, to: NODES[edge.to].label };
  },
  selected: () => NODES[state.selected.id].label,
  view: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
  boxes: () => [
    ...[...shown.boxes.values()].map(({ id, x, y, width, height }) => ({ text: NODES[id].label, x, y, width, height })),
    ...[...shown.labels].map(([id, { x, y, half }]) => ({ text: LINK[EDGES[id].rel].zh, x, y, width: 2 * half, height: 17 })),
  ],
};
