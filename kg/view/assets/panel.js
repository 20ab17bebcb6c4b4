// Cards and the side panel: facts with the sentences they were read from.

const panel = () => document.getElementById("panel");

// A sentence with the names in question marked.
function sentence(text, names) {
  const quote = element("q", {});
  const clean = shorten(text, 1200);
  const found = [];
  for (const name of names) {
    if (!name || name.length < 2 || name.length > 60) continue;
    const at = clean.indexOf(name);
    if (at >= 0) found.push([at, at + name.length]);
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let done = 0;
  for (const [start, end] of found) {
    if (start < done) continue;
    quote.append(clean.slice(done, start), element("mark", {}, clean.slice(start, end)));
    done = end;
  }
  quote.append(clean.slice(done));
  return element("bdi", { class: "sentence" }, quote);
}

const namesOf = (id) => [NODES[id].label, ...(NODES[id].aliases || [])];

function cite(source, length) {
  const parts = [source.publisher, source.issued].filter(Boolean).flatMap((part) => [" · ", words(shorten(part, 60), { class: "whole" })]);
  return element("cite", { title: shorten(source.identifier, 200) }, words(shorten(source.title, length)), ...parts);
}

function origin(quote) {
  const source = DATA.sources[sourceOfQuote(quote)];
  if (!source) return element("cite", {}, "出处不详");
  return cite(source, 80);
}

function quotes(list, names, most) {
  if (!list.length) return element("p", { class: "muted" }, "由结构得出，无原句。Structural, no sentence.");
  const box = element("div", { class: "quotes" });
  for (const quote of list.slice(0, most)) box.append(element("blockquote", {}, sentence(DATA.quotes[quote][1], names), origin(quote)));
  if (list.length > most) box.append(element("p", { class: "muted" }, `另有 ${list.length - most} 处 · ${list.length - most} more`));
  return box;
}

// One name of a relation's line; in the panel it leads to the node.
function nameOf(id, linked) {
  const look = `name ${NODES[id].group}`;
  if (!linked) return words(NODES[id].label, { class: look });
  return element("button", { type: "button", class: look, onclick: () => focusNode(id) }, words(shorten(NODES[id].label, 80)));
}

function fact(edge, { linked, most }) {
  const link = LINK[edge.rel];
  const arrow = element("span", { class: `relation ${edge.rel}`, title: link.en }, link.zh);
  const notes = edge.notes.length ? element("span", { class: "muted" }, words(edge.notes.join("、"))) : null;
  return element(
    "li",
    { class: "fact" },
    element("p", { class: "line" }, nameOf(edge.from, linked), arrow, nameOf(edge.to, linked), notes),
    quotes(edge.quotes, [...namesOf(edge.from), ...namesOf(edge.to)], most),
  );
}

// 2643000 -> 264.3万, as it is said in Chinese.
function amount(value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const round = (scaled) => String(Number(scaled.toFixed(4)));
  if (Math.abs(number) >= 1e8) return round(number / 1e8) + "亿";
  if (Math.abs(number) >= 1e4) return round(number / 1e4) + "万";
  return round(number);
}

function figure(one) {
  const bound = DATA.bounds[one.bound] || "";
  const kind = DATA.kinds[one.kind] || "";
  const value = element("strong", {}, bound, amount(one.value), words(shorten(one.unit, 20)));
  const more = [kind, one.period.replace("/..", " 起").replace(/^\.\.\/(.*)$/, "截至 $1")].filter(Boolean).join(" · ");
  return element(
    "li",
    { class: "fact figure" },
    element("p", { class: "line" }, words(shorten(one.indicator, 80), { class: "indicator" }), value, more ? element("span", { class: "muted" }, more) : null),
    quotes(one.quotes, [one.indicator], 2),
  );
}

// A list that opens further on demand.
function list(items, make, most = 30) {
  const box = element("ul", { class: "facts" });
  const button = element("button", { type: "button", class: "wide" });
  let done = 0;
  const grow = () => {
    for (const item of items.slice(done, done + most)) box.append(make(item));
    done = Math.min(items.length, done + most);
    button.hidden = done >= items.length;
    button.textContent = `再显示 ${Math.min(most, items.length - done)} 条（共 ${items.length} 条）`;
  };
  button.addEventListener("click", grow);
  grow();
  return element("div", {}, box, button);
}

const heading = (zh, en, count) => element("h3", {}, zh + " ", english(en), element("span", { class: "count" }, String(count)));

// Nothing selected: who leads which reform, in words; then who implements what.
function showOverview() {
  const box = panel();
  box.replaceChildren(element("h2", {}, "牵头一览 ", english("Who leads what")));
  const found = passing();
  const leads = found.filter((edge) => edge.rel === "leads");
  const others = found.filter((edge) => edge.rel === "implements");
  if (leads.length)
    box.append(element("p", { class: "muted" }, `${leads.length} 条牵头关系，各附原句；点名称看全部事实。`, english("Click a name for all its facts.")), byRegion(leads));
  else
    box.append(element("p", { class: "muted" }, "当前筛选下没有牵头关系；点图中任一节点看它的事实与原句。No leading relation passes the filters; click a node for its facts."));
  if (others.length) box.append(heading("实施", "implements", others.length), byRegion(others));
}

function byRegion(edges) {
  const regions = new Map();
  for (const edge of edges) {
    const region = regionOf(NODES[edge.from]);
    if (!regions.has(region)) regions.set(region, []);
    regions.get(region).push(edge);
  }
  const order = [...regions].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const rows = order.flatMap(([region, ours]) => ours.map((edge, index) => ({ region: index ? null : region, edge })));
  const row = ({ region, edge }) => {
    const item = fact(edge, { linked: true, most: 1 });
    if (region !== null) item.prepend(element("h4", {}, region >= 0 ? words(shorten(NODES[region].label, 40)) : "未注明地区"));
    return item;
  };
  return list(rows, row, 20);
}

function showNode(id) {
  const node = NODES[id];
  const kind = CLASS[node.type];
  const box = panel();
  const region = regionOf(node);
  const back = element("button", { type: "button", class: "back", onclick: clearSelection }, "← 牵头一览 ", english("Overview"));
  const head = element("h2", { class: node.group }, words(shorten(node.label, 300)));
  const about = [element("span", { class: "tag" }, `${kind.zh} `, english(kind.en))];
  if (region >= 0 && region !== id) about.push(nameOf(region, true));
  if (node.within !== undefined) about.push(nameOf(node.within, true));
  if (node.adcode) about.push(element("span", { class: "muted" }, `GB/T 2260 ${node.adcode}`));
  if (node.date) about.push(element("span", { class: "muted" }, words(node.date)));
  const aliases = node.aliases || [];
  box.replaceChildren(
    back,
    head,
    element("p", { class: "about" }, ...about),
    aliases.length ? element("p", { class: "muted" }, "又称 ", words(shorten(aliases.join("、"), 300))) : "",
    element(
      "p",
      { class: "actions" },
      element("button", { type: "button", id: "neighbours", onclick: () => focusNode(id, { open: true }) }, "展开邻居 ", english("Show neighbours")),
      element("button", { type: "button", onclick: () => focusNode(id) }, "居中 ", english("Centre")),
    ),
  );
  const edges = relationsOf(id).sort((a, b) => LINK[a.rel].rank - LINK[b.rel].rank || b.quotes.length - a.quotes.length || a.id - b.id);
  for (const link of DATA.links) {
    const ours = edges.filter((edge) => edge.rel === link.key);
    if (ours.length) box.append(heading(link.zh, link.en, ours.length), list(ours, (edge) => fact(edge, { linked: true, most: 2 }), 15));
  }
  const figures = figuresOf(id);
  if (figures.length) box.append(heading("数据", "figures", figures.length), list(figures, figure, 15));
  const documents = node.documents || [];
  if (documents.length)
    box.append(
      heading("见于文档", "documents", documents.length),
      list(documents, (at) => element("li", {}, cite(DATA.sources[at], 120))),
    );
  box.append(element("p", { class: "iri" }, words(node.iri.startsWith(DATA.base) ? node.iri.slice(DATA.base.length) : node.iri, { title: shorten(node.iri, 500) })));
  box.scrollTop = 0;
}

function showEdge(id) {
  const edge = EDGES[id];
  const back = element("button", { type: "button", class: "back", onclick: clearSelection }, "← 牵头一览 ", english("Overview"));
  panel().replaceChildren(back, element("h2", {}, `${LINK[edge.rel].zh} `, english(LINK[edge.rel].en)), element("ul", { class: "facts" }, fact(edge, { linked: true, most: 20 })));
  panel().scrollTop = 0;
}

// --- hover cards ---

function card(content, { x, y }) {
  const box = document.getElementById("card");
  box.replaceChildren(...content);
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = x + 18 + width > window.innerWidth ? x - 18 - width : x + 18;
  const top = y + 18 + height > window.innerHeight ? y - 14 - height : y + 18;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${Math.max(8, top)}px`;
}

const hideCard = () => (document.getElementById("card").hidden = true);

function cardOfNode(id) {
  const node = NODES[id];
  const kind = CLASS[node.type];
  const edges = relationsOf(id).filter((edge) => edge.quotes.length).sort((a, b) => LINK[a.rel].rank - LINK[b.rel].rank || a.id - b.id);
  const visible = edges.filter((edge) => state.relations.has(edge.rel));
  const best = (visible.length ? visible : edges).slice(0, 2);
  const content = [
    element("p", { class: "cardhead" }, words(shorten(node.label, 120), { class: `name ${node.group}` }), element("span", { class: "muted" }, `${kind.zh} ${kind.en}`)),
    ...best.map((edge) => element("ul", { class: "facts" }, fact(edge, { linked: false, most: 1 }))),
  ];
  const figures = figuresOf(id);
  if (!best.length && figures.length) content.push(element("ul", { class: "facts" }, figure(figures[0])));
  const rest = edges.length - best.length + figures.length;
  if (rest > 0) content.push(element("p", { class: "muted" }, `点击看其余 ${rest} 条 · click for ${rest} more`));
  return content;
}

const cardOfEdge = (id) => [element("ul", { class: "facts" }, fact(EDGES[id], { linked: false, most: 2 }))];
