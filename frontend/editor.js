// The SPARQL editor: takes the place of the text area, and writes into it whatever is typed.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const KEYWORDS = [
  "SELECT", "DISTINCT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "OPTIONAL", "UNION", "MINUS",
  "FILTER", "NOT EXISTS", "BIND", "VALUES", "GRAPH", "GROUP BY", "HAVING", "ORDER BY", "LIMIT",
  "OFFSET", "COUNT", "SAMPLE", "GROUP_CONCAT", "STR", "STRSTARTS", "CONTAINS", "COALESCE",
];

const { prefixes, terms } = JSON.parse(document.getElementById("words").textContent);
const OFFERED = [
  ...terms.map((term) => ({ ...term, type: "property" })),
  ...Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace" })),
  ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
];

function offer(context) {
  const word = context.matchBefore(/[\w-]+:?[\w-]*/);
  if (!word && !context.explicit) return null;
  return { from: word ? word.from : context.pos, options: OFFERED, validFor: /^[\w-]*:?[\w-]*$/ };
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.string, color: "var(--mixed)" },
  { tag: tags.comment, color: "var(--quiet)" },
  { tag: tags.atom, color: "var(--link)" },
  { tag: tags.variableName, color: "var(--seen)" },
]);

const THEME = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "15px" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "18rem" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--quiet)", border: "none" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--rule)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { color: "inherit" },
});

// Left to itself, Chromium types over a selection with style attributes, which the page's
// Content-Security-Policy refuses.
function typeOver(event, view) {
  if (event.inputType !== "insertText" || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type" });
  return true;
}

function edit(area) {
  const host = document.createElement("div");
  host.className = "editor";
  area.after(host);
  // In a shadow root the editor brings its style as an adopted sheet, which the page's
  // Content-Security-Policy allows; a style element would be refused.
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), closeBrackets(), bracketMatching(),
        StreamLanguage.define(sparql), syntaxHighlighting(COLOURS), THEME,
        autocompletion({ override: [offer] }),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorView.contentAttributes.of({ "aria-label": "Query" }),
        keymap.of([
          { key: "Mod-Enter", run: () => (area.form.requestSubmit(), true) },
          ...completionKeymap, ...defaultKeymap, ...historyKeymap,
        ]),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) area.value = state.doc.toString();
        }),
      ],
    }),
  });
  area.addEventListener("replaced", () =>
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } }),
  );
  area.hidden = true;
}

document.querySelectorAll("textarea#query").forEach(edit);
