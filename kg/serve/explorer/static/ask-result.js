// The answer to a query: as table, as chart where there are numbers, as graph where things are related.

import { Drawing } from "./graph-draw.js";
import { radial } from "./graph-layout.js";

/* global element, words, shorten */

const STEP = 200; // rows that the table shows at once
const MOST_BARS = 60;
const MOST_EDGES = 220;
const NUMBERS = /#(integer|decimal|double|float|int|long|short|nonNegativeInteger|positiveInteger|gYear)$/;
const GROUPS = { org: "agent", initiative: "initiative", place: "region", person: "person", policy: "policy", event: "event", honour: "honour" };

const isNumber = (term) => term?.type === "literal" && NUMBERS.test(term.datatype || "") && Number.isFinite(Number(term.value));

// Reads N-Triples, as the server writes them, into terms of the SPARQL JSON format.
export function triples(text) {
  const pattern = /^(<[^>]*>|_:\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
  const escapes = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", '"': '"', "'": "'", "\\": "\\" };
  const plain = (part) => part.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) => (one ? escapes[one] ?? one : String.fromCodePoint(parseInt(four || eight, 16))));
  const node = (part) => (part.startsWith("_:") ? { type: "bnode", value: part.slice(2) } : { type: "uri", value: plain(part.slice(1, -1)) });
  const rows = [];
  for (const line of text.split("\n")) {
    const found = pattern.exec(line);
    if (!found) continue;
    const [, subject, predicate, iri, blank, literal, language, datatype] = found;
    const object = iri !== undefined ? { type: "uri", value: plain(iri) } : blank ? node(blank) : { type: "literal", value: plain(literal), "xml:lang": language, datatype };
    rows.push({ subject: node(subject), predicate: { type: "uri", value: plain(predicate) }, object });
  }
  return { columns: ["subject", "predicate", "object"], rows, triples: true };
}

export class Result {
  // `box` is where it goes; `place` knows `root`, `base` and `prefixes`.
  constructor(box, place, said) {
    this.box = box;
    this.place = place;
    this.said = said;
  }

  // A short name for an IRI: below the base its path, else with its prefix.
  short(iri) {
    const { base, prefixes } = this.place;
    const decoded = (text) => {
      try {
        return decodeURIComponent(text);
      } catch {
        return text;
      }
    };
    if (iri.startsWith(`${base}id/`)) return decoded(iri.slice(base.length + 3).replace(/^[^/]*\//, ""));
    for (const [prefix, start] of Object.entries(prefixes)) if (iri.startsWith(start) && iri.length > start.length) return `${prefix}:${decoded(iri.slice(start.length))}`;
    return iri;
  }

  path(iri) {
    const below = iri.slice(this.place.base.length).split("/").map((part) => encodeURIComponent(part).replace(/%25([0-9A-F]{2})/g, "%$1")).join("/");
    return `${this.place.root}/${below}`;
  }

  term(term) {
    if (!term) return "";
    if (term.type === "uri" && term.value.startsWith(`${this.place.base}id/`)) return element("a", { href: this.path(term.value), class: `thing ${this.group(term.value)}` }, words(this.short(term.value)));
    if (term.type === "uri") return words(this.short(term.value), { title: term.value });
    return words(term.value, term["xml:lang"] ? { lang: term["xml:lang"] } : {});
  }

  group(iri) {
    return GROUPS[iri.slice(this.place.base.length).split("/")[1]] || "";
  }

  clear() {
    this.box.replaceChildren();
  }

  truth(value) {
    this.box.replaceChildren(element("p", { class: "sheet" }, value ? this.said.yes : this.said.no));
  }

  show({ columns, rows, triples: made }) {
    this.columns = columns;
    this.rows = rows;
    const views = [["table", () => this.table()]];
    this.numeric = columns.filter((name) => rows.some((row) => isNumber(row[name])));
    this.things = columns.filter((name) => name !== "predicate" && rows.some((row) => row[name]?.type === "uri" && (made || row[name].value.startsWith(`${this.place.base}id/`))));
    if (this.numeric.length && rows.length > 1) views.push(["chart", () => this.chart()]);
    if (this.things.length > 1 || made) views.push(["graph", () => this.graph()]);
    const tabs = element("div", { class: "ask-tabs", role: "tablist", "aria-label": this.said.result });
    const panel = element("div", { role: "tabpanel", id: "ask-panel" });
    const choose = (index, focus) => {
      [...tabs.children].forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === index));
        tab.tabIndex = at === index ? 0 : -1;
      });
      if (focus) tabs.children[index].focus();
      panel.setAttribute("aria-labelledby", tabs.children[index].id);
      this.panel = panel;
      panel.replaceChildren();
      views[index][1]();
    };
    views.forEach(([name], index) => tabs.append(element("button", { type: "button", role: "tab", id: `ask-tab-${name}`, "aria-controls": "ask-panel", onclick: () => choose(index) }, this.said[name])));
    tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const now = [...tabs.children].findIndex((tab) => tab.tabIndex === 0);
      choose((now + step + views.length) % views.length, true);
    });
    this.box.replaceChildren(tabs, panel);
    if (views.length === 1) tabs.hidden = true;
    choose(made ? views.length - 1 : 0);
  }

  table() {
    if (!this.rows.length) return this.panel.append(element("p", {}, this.said.none));
    const body = element("tbody");
    const heads = this.columns.map((name) => element("th", { scope: "col" }, element("button", { type: "button", onclick: () => sort(name) }, name)));
    const more = element("button", { type: "button", class: "button", onclick: () => fill(true) });
    let rows = this.rows;
    let shown = 0;
    const fill = (on) => {
      if (!on) {
        body.replaceChildren();
        shown = 0;
      }
      for (const row of rows.slice(shown, shown + STEP)) body.append(element("tr", {}, ...this.columns.map((name) => element("td", isNumber(row[name]) ? { class: "number" } : {}, this.term(row[name])))));
      shown = Math.min(rows.length, shown + STEP);
      more.hidden = shown >= rows.length;
      more.textContent = `${this.said.more} (${rows.length - shown})`;
    };
    let sorted = { name: null, down: false };
    const sort = (name) => {
      sorted = { name, down: sorted.name === name && !sorted.down };
      const collator = new Intl.Collator("zh-CN", { numeric: true });
      const value = (row) => (row[name] ? (row[name].type === "uri" ? this.short(row[name].value) : row[name].value) : "");
      const order = (a, b) => (isNumber(a[name]) && isNumber(b[name]) ? Number(a[name].value) - Number(b[name].value) : collator.compare(value(a), value(b)));
      rows = [...this.rows].sort((a, b) => (sorted.down ? -1 : 1) * order(a, b));
      heads.forEach((head, at) => (this.columns[at] === name ? head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
      fill(false);
    };
    fill(false);
    this.panel.append(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.said.table }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body)), more);
  }

  #choice(label, names, chosen, act) {
    const select = element("select", { onchange: () => act(select.value) }, ...names.map((name) => element("option", { value: name, selected: name === chosen }, name)));
    return element("label", {}, label, select);
  }

  chart() {
    const others = this.columns.filter((name) => !this.numeric.includes(name));
    let [label, number] = [others.find((name) => this.rows.every((row) => row[name])) || others[0] || this.columns[0], this.numeric[this.numeric.length - 1]];
    const bars = element("div", { class: "ask-bars", role: "list" });
    const draw = () => {
      const rows = this.rows.filter((row) => isNumber(row[number])).slice(0, MOST_BARS);
      const values = rows.map((row) => Number(row[number].value));
      const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
      const at = (value) => ((value - low) / (high - low || 1)) * 100;
      const svg = (name, attributes, ...children) => {
        const made = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        made.append(...children);
        return made;
      };
      bars.replaceChildren(
        ...rows.flatMap((row, index) => [
          element("span", { role: "listitem" }, this.term(row[label]), element("span", { class: "visually-hidden" }, ` ${values[index]}`)),
          svg("svg", { "aria-hidden": "true" }, svg("rect", { x: `${Math.min(at(0), at(values[index]))}%`, y: 2, width: `${Math.abs(at(values[index]) - at(0))}%`, height: 12, rx: 2 })),
          element("span", { class: "value", "aria-hidden": "true" }, Number(values[index]).toLocaleString("en")),
        ]),
      );
    };
    this.panel.append(
      element("div", { class: "ask-columns" }, this.#choice(this.said.label, this.columns, label, (name) => ((label = name), draw())), this.#choice(this.said.number, this.numeric, number, (name) => ((number = name), draw()))),
      bars,
    );
    draw();
  }

  async graph() {
    const box = element("div", { id: "ask-graph", role: "application", tabindex: "0", "aria-label": this.said.graph });
    this.panel.append(box);
    await this.#library();
    if (!box.isConnected) return;
    const nodes = [];
    const numbers = new Map();
    const at = (term) => {
      if (!numbers.has(term.value)) {
        numbers.set(term.value, nodes.length);
        nodes.push({ iri: term.value, label: shorten(this.short(term.value), 60), group: term.value.startsWith(this.place.base) ? this.group(term.value) : "" });
      }
      return numbers.get(term.value);
    };
    const drawn = new Set();
    const edges = [];
    const [from, to] = this.columns.includes("predicate") ? ["subject", "object"] : this.things;
    for (const row of this.rows) {
      if (row[from]?.type !== "uri" || row[to]?.type !== "uri" || row[from].value === row[to].value || edges.length >= MOST_EDGES) continue;
      const relation = row.predicate ? row.predicate.value.replace(/^.*[#/]/, "") : "";
      const key = `${row[from].value} ${relation} ${row[to].value}`;
      if (drawn.has(key) || relation === "type") continue;
      drawn.add(key);
      edges.push({ from: at(row[from]), to: at(row[to]), relation, word: this.place.called[relation] || relation });
    }
    if (!edges.length) return box.replaceWith(element("p", {}, this.said.none));
    const drawing = new Drawing(box, { open: (index) => nodes[index].iri.startsWith(this.place.base) && location.assign(this.path(nodes[index].iri)) });
    drawing.show(nodes, edges, radial);
  }

  // The drawing library is large: it comes when it is needed first.
  #library() {
    this.loading ||= ["/bundled/view/style.js", "/bundled/vis/vis-network.min.js"].reduce(
      (before, path) =>
        before.then(
          () =>
            new Promise((done, failed) => {
              document.head.append(element("script", { src: this.place.root + path, onload: done, onerror: failed }));
            }),
        ),
      Promise.resolve(),
    );
    return this.loading;
  }
}
