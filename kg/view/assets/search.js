// The search box: a combobox over labels and aliases.

function search(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  for (const node of NODES) {
    let best = Infinity;
    let by = "";
    for (const [index, name] of [node.label, ...(node.aliases || [])].entries()) {
      const at = name.toLowerCase().indexOf(wanted);
      if (at < 0) continue;
      const score = (name.length === wanted.length ? 0 : at === 0 ? 1 : 2) + (index ? 0.5 : 0);
      if (score < best) [best, by] = [score, index ? name : ""];
    }
    if (best < Infinity) found.push({ node, best, by });
  }
  found.sort((a, b) => a.best - b.best || INCIDENT[b.node.id].length - INCIDENT[a.node.id].length || a.node.id - b.node.id);
  return found;
}

function setUpSearch() {
  const input = document.getElementById("search");
  const results = document.getElementById("results");
  let active = -1;
  const close = () => {
    results.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const pick = (id) => {
    close();
    focusNode(id);
  };
  const point = (index) => {
    const options = [...results.querySelectorAll("[role=option]")];
    if (!options.length) return;
    active = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    const found = search(input.value);
    results.replaceChildren();
    for (const { node, by } of found.slice(0, 30)) {
      const region = regionOf(node);
      const about = [CLASS[node.type].zh, region >= 0 && region !== node.id ? shorten(NODES[region].label, 20) : ""].filter(Boolean).join(" · ");
      results.append(
        element(
          "li",
          { role: "option", id: `result-${node.id}`, "aria-selected": "false", tabindex: "-1", onclick: () => pick(node.id) },
          words(shorten(node.label, 60), { class: `name ${node.group}` }),
          by ? element("span", { class: "muted" }, " ← ", words(shorten(by, 40))) : "",
          element("span", { class: "muted right" }, about),
        ),
      );
    }
    if (input.value.trim()) {
      const line = found.length > 30 ? `共 ${found.length} 个，显示前 30 个` : found.length ? "" : "没有找到 Nothing found";
      if (line) results.append(element("li", { class: "muted" }, line));
    }
    results.hidden = !results.childElementCount;
    input.setAttribute("aria-expanded", String(!results.hidden));
    active = -1;
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.value && open());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is still choosing characters
    const options = results.querySelectorAll("[role=option]");
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active - 1);
    else if (event.key === "Enter") {
      const chosen = options[Math.max(0, active)];
      if (chosen) chosen.click();
    } else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => event.target.closest(".search") || close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
}
