// The neighbourhood graph. The server makes the page of every state, and each state has its address: unfolding loads
// the page of another and takes its parts. Without this script the page is the list and its links.

import { Drawing, samples } from "./graph-draw.js";
import { columns, wings } from "./graph-layout.js";

/* global element, words */

const canvas = document.getElementById("graph-canvas");
const read = (root) => JSON.parse(root.getElementById("graph-data").textContent);
let data = read(document);
let drawing = null;

function draw() {
  const start = data.nodes.findIndex((node) => node.iri === data.things[0]);
  const paths = (nodes, edges, boxes, options) => columns(nodes, edges, boxes, start, options);
  paths.down = drawing.narrow;
  drawing.show(data.nodes, data.edges, data.goal ? paths : wings);
  document.documentElement.dataset.ready = "true";
}

// The address at which a thing is opened, or folded again.
function toggled(iri) {
  const address = new URL(location.href);
  const things = data.things.includes(iri) ? data.things.filter((one) => one !== iri) : [...data.things, iri];
  if (data.goal || !things.length) things.splice(0, Infinity, iri);
  address.searchParams.delete("of");
  address.searchParams.delete("to");
  things.forEach((one) => address.searchParams.append("of", one));
  return address;
}

async function load(address, { push = true, focus = null } = {}) {
  document.body.setAttribute("aria-busy", "true");
  let page = null;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  document.body.removeAttribute("aria-busy");
  if (!page?.getElementById("graph-list")) return location.assign(address);
  if (push) history.pushState(null, "", address);
  document.title = page.title;
  for (const id of ["graph-head", "graph-list"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  document.querySelector(".language").href = page.querySelector(".language").href;
  data = read(page);
  samples(document);
  draw();
  const at = data.nodes.findIndex((node) => node.iri === focus);
  if (at >= 0) drawing.select(at);
  document.getElementById("graph-status").textContent = document.querySelector("#graph-list > p").textContent;
}

const toggle = (iri) => load(toggled(iri), { focus: iri });

// What is selected: its name, and what may be done with it.
function card(at) {
  const box = document.getElementById("graph-card");
  box.hidden = at === null;
  for (const link of document.querySelectorAll("#graph-list .near")) link.classList.remove("near");
  if (at === null) return;
  const node = data.nodes[at];
  const opened = data.things.includes(node.iri);
  const links = [...document.querySelectorAll("#graph-list a[data-iri]")].filter((link) => link.dataset.iri === node.iri);
  const actions = element("p", { class: "actions" });
  if (!opened || data.things.length > 1)
    actions.append(element("button", { type: "button", class: "button", onclick: () => toggle(node.iri) }, opened ? data.words.collapse : node.hidden ? `${data.words.expand} ＋${node.hidden}` : data.words.expand));
  if (links[0]) actions.append(element("a", { class: "button", href: links[0].getAttribute("href") }, data.words.open));
  box.replaceChildren(element("p", {}, words(node.label, { class: `thing ${node.group}` }), " ", element("span", { class: "tag" }, node.word), node.place && node.group !== "region" ? element("span", { class: "soft small" }, " ", words(node.place)) : null), actions);
  for (const link of links) link.closest("li, h2").classList.add("near");
  const list = document.getElementById("graph-list");
  if (links[0] && list.scrollHeight > list.clientHeight) list.scrollTop += links[0].getBoundingClientRect().top - list.getBoundingClientRect().top - 70;
  document.getElementById("graph-status").textContent = `${node.label} · ${node.word} · ${links.length}`;
}

samples(document);
if (canvas) {
  drawing = new Drawing(canvas, { select: card, open: (at) => toggle(data.nodes[at].iri) });
  draw();
  document.getElementById("graph-in").addEventListener("click", () => drawing.zoom(1.25));
  document.getElementById("graph-out").addEventListener("click", () => drawing.zoom(0.8));
  document.getElementById("graph-fit").addEventListener("click", () => drawing.fit(true));
  document.getElementById("graph-page").addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(button.dataset.toggle);
  });
  addEventListener("popstate", () => load(new URL(location.href), { push: false }));
  // Where things stand, for scripts that drive the page.
  window.kgGraph = {
    spot: (label) => drawing.network.canvasToDOM(drawing.boxes[data.nodes.findIndex((node) => node.label === label)]),
    labels: () => data.nodes.map((node) => node.label),
    selected: () => (drawing.selected === null ? null : data.nodes[drawing.selected].label),
    boxes: () => drawing.boxes.map(({ x, y, width, height }) => ({ x, y, width, height })),
  };
} else document.documentElement.dataset.ready = "true";
