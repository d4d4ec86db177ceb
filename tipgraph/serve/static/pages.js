// What pages can do better with a script; each of them works without.
document.documentElement.classList.add("has-script");

const element = (name, text = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

// Sort a table by a column.
const compare = new Intl.Collator("en", { numeric: true }).compare;

function sortBy(table, position, header) {
  const isDown = header.getAttribute("aria-sort") === "ascending";
  for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  const value = ({ cells }) => cells[position].dataset.value ?? cells[position].textContent;
  rows.sort((a, b) => compare(value(a), value(b)));
  table.tBodies[0].append(...(isDown ? rows.reverse() : rows));
}

export function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((header, position) => {
    const button = element("button", header.textContent);
    button.type = "button";
    button.addEventListener("click", () => sortBy(table, position, header));
    header.replaceChildren(button);
  });
}

// Offer names of things while one types.
const SOON = 150;

function soon(input, offer) {
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, SOON);
  });
}

async function complete(input) {
  const fields = new URLSearchParams({ type: input.dataset.complete, text: input.value });
  const answer = await fetch(`/complete?${fields}`);
  if (!answer.ok) return;
  const { names } = await answer.json();
  const options = names.map(({ name }) => {
    const option = element("option");
    option.value = name;
    return option;
  });
  input.list.replaceChildren(...options);
}

// Offer what a search leads to while one types.
const MOST_OFFERED = 6;

async function hitsFor(text) {
  if (!text.trim()) return [];
  const answer = await fetch(`/search.json?${new URLSearchParams({ text })}`);
  return answer.ok ? (await answer.json()).hits.slice(0, MOST_OFFERED) : [];
}

function linkTo({ address, label, note }) {
  const item = element("li");
  const link = element("a", note ? `${label} (${note})` : label);
  link.href = address;
  item.append(link);
  return item;
}

function suggest(input) {
  const { form } = input;
  const list = element("ul");
  list.className = "suggested";
  list.hidden = true;
  form.append(list);
  input.autocomplete = "off";
  soon(input, async () => {
    const text = input.value;
    const hits = await hitsFor(text);
    if (text !== input.value) return;
    list.replaceChildren(...hits.map(linkTo));
    list.hidden = !hits.length;
  });
  const close = () => (list.hidden = true);
  form.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

// Copy an address or a line; a path becomes the whole address.
function makeCopyable(code) {
  const path = code.textContent;
  const whole = new URL(path, location.origin).href;
  if ("absolute" in code.dataset) code.textContent = whole;
  if (code.dataset.command) code.textContent = `${code.dataset.command} "${whole}"`;
  const button = element("button", "Copy");
  button.type = "button";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  });
  code.after(button);
}

// Ask SPARQL and show what comes back.
const ACCEPT =
  "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8";
const MOST_ROWS = 500;
const MOST_LETTERS = 100_000;
const LONGEST_ADDRESS = 8_000;
const ROWS = { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"] };
const TRIPLES = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"] };

const post = (query, accept) =>
  fetch("/sparql", {
    method: "POST",
    headers: { Accept: accept },
    body: new URLSearchParams({ query }),
  });

function cellOf(term) {
  const cell = element("td");
  if (!term) return cell;
  const isWeb = term.type === "uri" && /^https?:/.test(term.value);
  if (!isWeb) cell.textContent = term.value;
  else {
    const link = element("a", term.value.replace("https://w3id.org/tipgraph/", ""));
    link.href = term.value.replace("https://w3id.org/tipgraph/", "/");
    cell.append(link);
  }
  return cell;
}

function rowsTable({ head, results }) {
  const table = element("table");
  table.className = "rows";
  const headers = table.createTHead().insertRow();
  for (const name of head.vars) {
    const header = element("th", name);
    header.scope = "col";
    headers.append(header);
  }
  const body = table.createTBody();
  for (const row of results.bindings.slice(0, MOST_ROWS)) {
    body.insertRow().append(...head.vars.map((name) => cellOf(row[name])));
  }
  makeSortable(table);
  const scroll = element("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.role = "region";
  scroll.ariaLabel = "Result";
  scroll.append(table);
  return scroll;
}

async function save(query, accept, name) {
  const answer = await post(query, accept);
  const link = element("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function downloads(query, formats) {
  const line = element("p", "Download: ");
  for (const [label, [accept, ending]] of Object.entries(formats)) {
    const button = element("button", label);
    button.type = "button";
    button.addEventListener("click", () => save(query, accept, `result.${ending}`));
    line.append(button, " ");
  }
  return line;
}

function raw(text, isOpen = false) {
  const details = element("details");
  const shown = element("pre", text.slice(0, MOST_LETTERS));
  shown.tabIndex = 0;
  details.append(element("summary", "Raw"), shown);
  if (text.length > MOST_LETTERS) {
    details.append(element("p", "This is the beginning; the download has all of it."));
  }
  details.open = isOpen;
  return details;
}

function problem(title, detail) {
  const box = element("div");
  box.className = "problem";
  box.append(element("h2", title), element("p", detail));
  return box;
}

function rows(query, answer, text) {
  const count = answer.results.bindings.length;
  const isCut = count > MOST_ROWS;
  return [
    element("h2", `${count} row${count === 1 ? "" : "s"}`),
    ...(isCut ? [element("p", `The first ${MOST_ROWS} are shown; a download has all of them.`)] : []),
    downloads(query, ROWS),
    rowsTable(answer),
    raw(text),
  ];
}

function shown(query, type, text) {
  if (type.includes("problem")) {
    const { title, detail } = JSON.parse(text);
    return [problem(title, detail ?? "")];
  }
  if (!type.includes("sparql-results+json")) {
    return [element("h2", "Triples"), downloads(query, TRIPLES), raw(text, true)];
  }
  const answer = JSON.parse(text);
  if ("boolean" in answer) return [element("h2", answer.boolean ? "Yes" : "No"), raw(text)];
  return rows(query, answer, text);
}

async function ask(form) {
  const query = form.elements.query.value;
  const address = `/sparql?${new URLSearchParams({ query })}`;
  history.replaceState(null, "", address.length > LONGEST_ADDRESS ? "/sparql" : address);
  const result = document.getElementById("result");
  result.textContent = "Asking…";
  try {
    const answer = await post(query, ACCEPT);
    const type = answer.headers.get("Content-Type") ?? "";
    result.replaceChildren(...shown(query, type, await answer.text()));
  } catch (error) {
    result.replaceChildren(problem("The server can’t be reached", String(error)));
  }
}

function makeAsking(form) {
  const query = form.elements.query;
  const examples = JSON.parse(document.getElementById("examples").textContent);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  document.getElementById("example").addEventListener("change", ({ target }) => {
    if (!examples[target.value]) return;
    query.value = examples[target.value].text;
    query.dispatchEvent(new Event("replaced"));
  });
  if (new URLSearchParams(location.search).get("query")) ask(form);
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
document.querySelectorAll("input[data-complete]").forEach((input) => soon(input, () => complete(input)));
document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll("[data-copy]").forEach(makeCopyable);
document.querySelectorAll("form#sparql").forEach(makeAsking);
