// The editor: Ace in the place of the text area, under the strict policy of the pages, with what a query may hold.

/* global ace */

const KEYWORDS = "SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH GROUP BY ORDER HAVING LIMIT OFFSET PREFIX EXISTS NOT SERVICE COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG DATATYPE CONTAINS STRSTARTS STRENDS STRAFTER STRBEFORE REPLACE REGEX LCASE UCASE CONCAT COALESCE IF BOUND IN UNDEF DESC ASC AS".split(" ").filter((word) => word !== "SERVICE");

// The mode of Ace takes letters within IRIs and names for keywords.
function colour(session) {
  const { SPARQLHighlightRules } = ace.require("ace/mode/sparql_highlight_rules");
  const { Tokenizer } = ace.require("ace/tokenizer");
  const rules = new SPARQLHighlightRules().getRules();
  rules.start.unshift(
    { token: "comment.line", regex: /#.*$/ },
    { token: "string.iri", regex: /<[^<>"{}|^`\\\s]*>/ },
    { token: "support.function", regex: /\b[A-Za-z_0-9]+(?=\()/ },
    { token: "variable", regex: /[?$]\w+/ },
    { token: "entity.name", regex: /[A-Za-z][\w-]*:[\w%./\-\u00b7-\uffef]*/ },
    { token: "identifier", regex: /\b(?!(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b)[a-z][\w-]*\b(?!\s*\()/ },
  );
  session.bgTokenizer.setTokenizer(new Tokenizer(rules));
  session.bgTokenizer.start(0);
}

// Puts the editor in the place of `area`; `run` is called on Ctrl+Enter. Returns null where Ace is missing.
export function editor(area, box, { run, words, language }) {
  if (typeof ace === "undefined") return null;
  ace.config.set("useStrictCSP", true);
  ace.config.set("loadWorkerFromBlob", false);
  box.hidden = false;
  area.hidden = true;
  const made = ace.edit(box, {
    mode: "ace/mode/sparql",
    value: area.value,
    fontSize: 14,
    showPrintMargin: false,
    useWorker: false,
    tabSize: 2,
    useSoftTabs: true,
    wrap: true,
    minLines: 8,
    maxLines: 24,
    displayIndentGuides: false,
    highlightIndentGuides: false,
    enableBasicAutocompletion: true,
    enableLiveAutocompletion: true,
    // Tab goes on to the next control; Enter goes into the editor, Esc out of it.
    enableKeyboardAccessibility: true,
  });
  colour(made.session);
  made.textInput.getElement().setAttribute("aria-label", words.query);
  made.session.setValue(area.value);
  made.session.on("change", () => {
    area.value = made.getValue();
    clear();
  });
  made.commands.addCommand({ name: "run", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" }, exec: run });

  let markers = [];
  const clear = () => {
    for (const marker of markers) made.session.removeMarker(marker);
    markers = [];
    made.session.clearAnnotations();
  };

  return {
    get value() {
      return made.getValue();
    },
    set value(text) {
      if (text !== made.getValue()) made.session.setValue(text);
      area.value = text;
    },
    focus: () => made.focus(),
    // Shows an error at a line and column, both from 1.
    fault(line, column, text) {
      clear();
      const row = Math.min(line, made.session.getLength()) - 1;
      const length = made.session.getLine(row).length;
      const from = Math.max(0, Math.min(column - 1, length - 1));
      const { Range } = ace.require("ace/range");
      markers = [
        made.session.addMarker(new Range(row, 0, row, 1), "ask-fault-line", "fullLine"),
        made.session.addMarker(new Range(row, from, row, Math.max(from + 1, Math.min(length, from + 8))), "ask-fault", "text"),
      ];
      made.session.setAnnotations([{ row, column: from, text, type: "error" }]);
      made.gotoLine(row + 1, from, false);
    },
    clear,
    // What is completed: terms by their prefixed name or what they are called, variables, keywords, whole questions.
    complete({ terms, prefixes, questions }) {
      const kinds = words.kinds;
      const items = terms.flatMap((term) => {
        const said = term[language] || "";
        const note = [kinds[term.kind], said].filter(Boolean).join(" · ");
        const doc = [term.name, term.zh, term.en, term[`${language}_comment`]].filter(Boolean).join("\n");
        const item = { value: term.name, caption: term.name, meta: note, score: term.name.startsWith("kg:") ? 900 : 500, docText: doc };
        return said ? [item, { ...item, caption: `${said} ${term.name}`, meta: kinds[term.kind], score: 880 }] : [item];
      });
      const names = Object.keys(prefixes).map((prefix) => ({ value: `${prefix}:`, caption: `${prefix}:`, meta: prefixes[prefix], score: 300 }));
      const keywords = KEYWORDS.map((word) => ({ value: word, caption: word, meta: words.keyword, score: 200 }));
      const whole = {
        insertMatch: (where, item) => {
          where.session.setValue(item.sparql);
        },
      };
      const asked = questions.map((one) => ({ caption: `${one.name} ${one[language]}`, value: one.name, sparql: one.sparql, meta: words.question, score: 100, docText: one[language], completer: whole }));
      made.completers = [
        {
          identifierRegexps: [/[\w:?$\-\u2e80-\u9fff]/],
          getCompletions(_, session, position, prefix, done) {
            const variables = [...new Set(session.getValue().match(/[?$]\w+/g) || [])].filter((name) => name !== prefix);
            done(null, [...items, ...names, ...variables.map((name) => ({ value: name, caption: name, meta: words.variable, score: 950 })), ...keywords, ...asked]);
          },
          getDocTooltip: (item) => item.docText && !item.docHTML && { docText: item.docText },
        },
      ];
    },
  };
}
