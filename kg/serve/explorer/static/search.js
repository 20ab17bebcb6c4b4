// Suggestions below a search box: a combobox with a list, after the pattern of the ARIA authoring practices.

const WAIT = 90; // milliseconds between the last key and the question

function item(found, classes, index, id) {
  const [kind, group] = classes[found.type] || [found.type, "other"];
  const option = document.createElement("li");
  option.id = `${id}-${index}`;
  option.role = "option";
  const name = document.createElement("bdi");
  name.textContent = short(found.label);
  name.className = group;
  option.append(name);
  if (found.matched !== found.label) {
    const other = document.createElement("bdi");
    other.textContent = short(found.matched);
    other.className = "soft";
    option.append(other);
  }
  const note = document.createElement("span");
  note.textContent = found.place ? `${kind} · ${short(found.place)}` : kind;
  option.append(note);
  return option;
}

const short = (name) => (name.length > 60 ? `${Array.from(name).slice(0, 60).join("")}…` : name);

function combobox(form, number) {
  const input = form.querySelector('input[type="search"]');
  const id = `suggestions-${number}`;
  const classes = JSON.parse(form.dataset.classes);
  const list = document.createElement("ul");
  list.id = id;
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", form.dataset.label);
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id], ["aria-expanded", "false"]])
    input.setAttribute(name, value);

  let found = [];
  let chosen = -1;
  let timer = 0;
  let asked = null;

  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (things) => {
    found = things;
    list.replaceChildren(...things.map((thing, index) => item(thing, classes, index, id)));
    list.hidden = !things.length;
    input.setAttribute("aria-expanded", String(things.length > 0));
    choose(-1);
  };
  const open = (thing) => {
    if (!("pick" in form.dataset)) return location.assign(thing.href);
    input.value = thing.iri; // a form that takes any thing, not only a name
    form.requestSubmit();
  };

  const ask = async () => {
    const wanted = input.value.trim();
    asked?.abort();
    if (!wanted) return show([]);
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: wanted, limit: 10 });
      const answer = await fetch(`${form.dataset.suggest}?${query}`, { signal: asked.signal });
      if (!answer.ok || input.value.trim() !== wanted) return;
      const leave = (form.dataset.leave || "").split(" "); // classes that the form does not take
      show((await answer.json()).hits.filter((hit) => !leave.includes(hit.type)));
    } catch (error) {
      if (error.name !== "AbortError") show([]); // no suggestions; Enter still leads to the results
    }
  };

  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // letters of an input method, not yet characters
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 0); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault(); // only the list goes, not what was typed
      show([]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + found.length + 1) % (found.length + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      open(found[chosen]);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) open(found[index]);
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show([]); });
}

document.querySelectorAll("form.search").forEach(combobox);

// '/' leads to the search box from anywhere, as on many sites.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.querySelector("form.search input").focus();
});
