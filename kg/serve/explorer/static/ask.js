// The page to ask. Without this script the forms do the same through the server, with a plain text area.

import { editor } from "./ask-editor.js";
import { Result, triples } from "./ask-result.js";

/* global element */

const page = document.getElementById("ask");
const said = JSON.parse(page.dataset.words);
const root = page.dataset.root;
const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const form = document.getElementById("ask-form");
const begin = document.getElementById("ask-begin");
const area = document.getElementById("ask-query");
const problem = document.getElementById("ask-problem");
const status = document.getElementById("ask-status");
const files = document.getElementById("ask-files");
const place = { root, base: page.dataset.base, prefixes: {}, called: {} };
const result = new Result(document.getElementById("ask-result"), place, said);
const MOST = Number(page.dataset.most);

let questions = [];
let running = null;

// --- asking

async function run() {
  running?.abort();
  running = new AbortController();
  const query = ask ? ask.value : area.value;
  if (!query.trim()) return;
  remember(query);
  problem.hidden = true;
  ask?.clear();
  result.clear();
  files.hidden = true;
  status.textContent = said.running;
  const start = performance.now();
  try {
    const answer = await fetch(`${root}/sparql`, {
      method: "POST",
      headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.9" },
      body: new URLSearchParams({ query, rows: String(MOST) }),
      signal: running.signal,
    });
    const text = await answer.text();
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    if (!answer.ok) return fail(text, answer.status);
    show(text, answer.headers, seconds);
    offer(query, answer.headers.get("content-type").includes("json"));
  } catch (error) {
    if (error.name !== "AbortError") fail(JSON.stringify({ detail: String(error.message) }), 0);
  }
}

function show(text, headers, seconds) {
  const made = headers.get("content-type").includes("json") ? JSON.parse(text) : triples(text);
  if ("boolean" in made) {
    result.truth(made.boolean);
    status.textContent = said.time.replace("{}", seconds);
    return;
  }
  const found = made.rows ? made : { columns: made.head.vars, rows: made.results.bindings };
  const more = headers.get("kg-more") ? `${said.first} ` : "";
  status.textContent = `${more}${said.rows.replace("{}", found.rows.length.toLocaleString("en"))} · ${said.time.replace("{}", seconds)}`;
  result.show(found);
}

function fail(text, code) {
  let detail = text;
  try {
    detail = JSON.parse(text).detail || text;
  } catch {
    detail = `${code} ${text.slice(0, 300)}`;
  }
  status.textContent = "";
  problem.hidden = false;
  problem.replaceChildren(element("strong", {}, said.fault), " ", element("span", { lang: "en" }, detail));
  const found = /line (\d+), column (\d+)/.exec(detail);
  if (!found) return;
  const [line, column] = [Number(found[1]), Number(found[2])];
  ask?.fault(line, column, detail);
  problem.append(" ", element("button", { type: "button", class: "button", onclick: () => go(line, column) }, said.go.replace("{}", line).replace("{}", column)));
}

function go(line, column) {
  if (ask) return ask.focus();
  const before = area.value.split("\n").slice(0, line - 1).join("\n");
  const at = before.length + (line > 1 ? 1 : 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at + 1);
}

// The address of the page holds the query, so that it can be passed on.
function remember(query) {
  const address = new URL(location.href);
  for (const name of [...address.searchParams.keys()]) if (name !== "lang") address.searchParams.delete(name);
  address.searchParams.set("query", query);
  address.hash = "";
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll(".language")) {
    const other = new URL(link.href);
    other.search = address.search;
    other.searchParams.set("lang", language === "zh" ? "en" : "zh");
    link.href = other;
  }
}

function offer(query, rows) {
  const forms = rows ? [["csv", "CSV"], ["json", "JSON"], ["tsv", "TSV"]] : [["turtle", "Turtle"], ["jsonld", "JSON-LD"], ["ntriples", "N-Triples"]];
  files.replaceChildren(...forms.map(([format, name]) => element("a", { class: "button", href: `${root}/sparql?${new URLSearchParams({ query, format })}`, download: `answer.${format}` }, name)));
  files.hidden = false;
}

// --- the questions to begin with

const chosen = () => questions.find((one) => one.name === begin.elements.name.value);

// Puts the values of the fields into the question; the server knows how they are written.
async function fill() {
  const question = chosen();
  if (!question) return false;
  const answer = await fetch(`${root}/ask/filled?${new URLSearchParams(new FormData(begin))}`);
  const text = await answer.text();
  if (!answer.ok) {
    fail(text, answer.status);
    return false;
  }
  problem.hidden = true;
  if (ask) ask.value = text;
  else area.value = text;
  return true;
}

function fields() {
  const question = chosen();
  const box = document.getElementById("ask-params");
  box.replaceChildren(
    ...(question?.parameters || []).map((one) =>
      element("label", {}, `${one[language]}${one.required ? " *" : ""} `, element("input", { name: one.name, placeholder: one.default, maxlength: "300", autocomplete: "off", spellcheck: "false", required: one.required })),
    ),
  );
}

begin.elements.name.addEventListener("change", async () => {
  fields();
  const complete = !chosen()?.parameters.some((one) => one.required);
  if ((await fill()) && complete) run();
});
let typing = 0;
begin.addEventListener("input", (event) => {
  if (event.target.name === "name") return;
  clearTimeout(typing);
  typing = setTimeout(fill, 250);
});
begin.addEventListener("submit", async (event) => {
  if (!chosen()) return;
  event.preventDefault();
  clearTimeout(typing);
  if (await fill()) run();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

// --- beginning

const address = new URL(location.href);
const passed = new URLSearchParams(location.hash.slice(1)).get("query");
if (passed) area.value = passed;
const ask = editor(area, document.getElementById("ask-editor"), { run, words: said, language });
area.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && run());

const [terms, named] = await Promise.all(
  ["/ask/terms.json", "/api/queries"].map((path) =>
    fetch(root + path)
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null),
  ),
);
questions = named || [];
place.prefixes = terms?.prefixes || {};
place.called = Object.fromEntries((terms?.terms || []).map((one) => [one.name.replace(/^kg:/, ""), one[language]]));
if (terms) ask?.complete({ terms: terms.terms, prefixes: terms.prefixes, questions });
if (passed || address.searchParams.get("query") || address.searchParams.get("name")) await run();
document.documentElement.dataset.ready = "true";

// For scripts that drive the page.
window.kgAsk = { get query() { return ask ? ask.value : area.value; }, set query(text) { if (ask) ask.value = text; else area.value = text; } };
