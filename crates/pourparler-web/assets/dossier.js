// The dossier: forms and text change one draft, which is kept by Save.
import { api, ask, attempt, key, toast } from "./app.js";

const page = document.querySelector(".dossier");
const find = (name) => page.querySelector(`[data-${name}]`);
const area = find("text");
const save = find("save");
const status = find("status");
const writable = "writable" in page.dataset;
const NAME = { side: "name", person: "name", issue: "id" };
const LISTS = { aliases: 1, demonyms: 1, seats: 1, words: 1, weak: 1, not: 1, examples: 1 };

let kept = "";
let mark = "";
let dossier = { side: [], person: [], issue: [] };
let builtIn = [];

function element(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  if (words !== undefined) made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
function isolated(words) {
  return element("bdi", words);
}

/** Reads the kept text and its mark. */
async function load() {
  const response = await fetch("/api/v1/dossier");
  if (!response.ok) throw new Error("The dossier cannot be read.");
  mark = response.headers.get("etag");
  const told = await response.json();
  kept = told.text;
  builtIn = told.built_in;
  return told;
}

function changedNow() {
  const changed = area.value !== kept;
  save.disabled = !writable || !changed;
  status.textContent = changed ? (writable ? "not saved yet" : "cannot be saved: there is no file") : "";
}

function lists() {
  const more = {
    side: (one) => (one.aliases ?? []).join(", "),
    person: (one) => [one.party, ...(one.office ?? []).map((office) => office.title)].filter(Boolean).join(", "),
    issue: (one) => one.label,
  };
  for (const kind of Object.keys(NAME)) {
    const rows = (dossier[kind] ?? []).map((one) => {
      const name = one[NAME[kind]];
      const [row, strong, quiet, button] = [element("li"), element("strong"), element("span", undefined, { class: "quiet" }), element("button", "Change", { type: "button", "aria-label": `Change ${name}` })];
      strong.append(isolated(name));
      quiet.append(isolated(more[kind](one) || ""));
      button.addEventListener("click", () => edit(kind, one, name));
      row.append(strong, " ", quiet, " ");
      if (kind === "issue" && builtIn.some((issue) => issue.id === name)) row.append(element("span", "extends a built-in one", { class: "badge" }), " ");
      row.append(button);
      return row;
    });
    find(`list="${kind}"`).replaceChildren(...rows);
  }
  const name = find("name");
  if (document.activeElement !== name) name.value = dossier.name ?? "";
}

function problems(all) {
  const place = find("problems");
  if (all.length === 0) place.replaceChildren(element("p", "None.", { class: "quiet" }));
  else {
    const list = element("ul");
    for (const problem of all) {
      const row = element("li");
      if (problem.line) {
        const button = element("button", `line ${problem.line}`, { type: "button", class: "plain" });
        button.addEventListener("click", () => go(problem.line));
        row.append(button, " ");
      }
      if (problem.subject) row.append(isolated(problem.subject), ": ");
      row.append(isolated(problem.message));
      if (problem.fatal) row.className = "bad";
      list.append(row);
    }
    place.replaceChildren(list);
  }
  const marked = new Set(all.map((problem) => problem.line));
  const count = area.value.split("\n").length;
  const lines = [];
  for (let line = 1; line <= count; line += 1) {
    lines.push(element("span", String(line), marked.has(line) ? { class: "wrong" } : {}), "\n");
  }
  find("gutter").replaceChildren(...lines);
}

/** Shows a line of the text, chosen. */
function go(line) {
  tab("text");
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / lines.length;
  area.scrollTop = Math.max(0, (line - 4) * height);
}

function preview(told) {
  const place = find("preview");
  if (!told || (told.issues.count === 0 && told.parties.count === 0)) {
    const words = area.value === kept ? "Nothing: the dossier is as it is kept." : "Nothing in the statements on record.";
    place.replaceChildren(element("p", told ? words : "The text is no dossier yet.", { class: "quiet" }));
    return;
  }
  const parts = [];
  if (told.looked_at < told.of) parts.push(element("p", `${told.looked_at} of ${told.of} statements were looked at.`, { class: "quiet" }));
  for (const [title, changed] of [["On other issues", told.issues], ["Speaking for another party", told.parties]]) {
    if (changed.count === 0) continue;
    const list = element("ul", undefined, { class: "lines" });
    for (const one of changed.examples) {
      const [row, link, said] = [element("li"), element("a", undefined, { class: "line", href: one.address }), element("span", undefined, { class: "said" })];
      said.append(isolated(one.said));
      const [was, is] = [one.before.join(", ") || "none", one.after.join(", ") || "none"];
      link.append(isolated(one.who), ": ", said, element("span", ` ${was} → ${is}`, { class: "aside" }));
      row.append(link);
      list.append(row);
    }
    parts.push(element("h3", `${title}: ${changed.count} statements`), list);
    if (changed.count > changed.examples.length) parts.push(element("p", `and ${changed.count - changed.examples.length} more`, { class: "quiet" }));
  }
  place.replaceChildren(...parts);
}

function show(checked) {
  if (area.value !== checked.text) area.value = checked.text;
  if (checked.dossier) {
    dossier = checked.dossier;
    lists();
  }
  problems(checked.problems);
  preview(checked.preview);
  changedNow();
}

let asked = 0;
async function check() {
  const mine = ++asked;
  const checked = await api("POST", "/dossier/check", { text: area.value });
  if (mine === asked) show(checked);
}

async function change(what) {
  asked += 1;
  show(await api("POST", "/dossier/change", { text: area.value, change: what }));
}

/** What stands in a form or in a row of it. */
function read(from, names) {
  const out = {};
  for (const name of names) {
    const field = from.querySelector(`:scope [name="${name}"]`);
    const value = field.value.trim();
    if (LISTS[name]) {
      const lines = value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (lines.length > 0) out[name] = [...new Set(lines)];
    } else if (value !== "") out[name] = value;
  }
  return out;
}
function fill(into, names, value) {
  for (const name of names) {
    const field = into.querySelector(`:scope [name="${name}"]`);
    field.value = LISTS[name] ? (value[name] ?? []).join("\n") : (value[name] ?? (field.tagName === "SELECT" ? field.options[0].value : ""));
  }
}
const FIELDS = {
  side: ["name", "aliases", "capital", "wikidata", "demonyms", "seats", "kind"],
  person: ["name", "aliases", "party", "wikidata"],
  issue: ["id", "group", "label", "words", "weak", "not", "examples"],
};
const ROWS = { person: ["office", ["title", "from", "to"]], issue: ["option", ["id", "label", "words"]] };

function row(rows, names, value = {}) {
  const made = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  fill(made, names, value);
  made.querySelector("[data-remove-row]").addEventListener("click", () => made.remove());
  rows.querySelector("[data-add-row]").before(made);
  return made;
}

/** Opens the form of a kind; `of` is the name that the thing has now. */
async function edit(kind, one, of) {
  const dialog = document.getElementById(`edit-${kind}`);
  const form = dialog.querySelector("form");
  const [inner, names] = ROWS[kind] ?? [];
  if (inner) form.querySelectorAll(`.row.${inner}`).forEach((old) => old.remove());
  fill(form, FIELDS[kind], one);
  if (inner) for (const value of one[inner] ?? []) row(form.querySelector(`[data-rows="${inner}"]`), names, value);
  form.querySelector("[data-remove]").hidden = of === undefined;
  const answer = await ask(`edit-${kind}`);
  if (answer === "") return;
  await attempt(async () => {
    if (answer === "remove") {
      const before = area.value;
      await change({ kind, of });
      toast(`${of} is taken out of the draft.`, { undo: () => { area.value = before; attempt(check); } });
      return;
    }
    const to = read(form, FIELDS[kind]);
    if (inner) {
      const values = [...form.querySelectorAll(`.row.${inner}`)].map((part) => read(part, names)).filter((value) => value[names[0]]);
      if (values.length > 0) to[inner] = values;
    }
    await change(of === undefined ? { kind, to } : { kind, of, to });
  });
}

for (const button of page.querySelectorAll("[data-add]")) button.addEventListener("click", () => edit(button.dataset.add, {}, undefined));
for (const button of page.querySelectorAll("[data-add-row]")) {
  const rows = button.closest("[data-rows]");
  const names = Object.values(ROWS).find(([name]) => name === rows.dataset.rows)[1];
  button.addEventListener("click", () => row(rows, names).querySelector("input").focus());
}
for (const button of page.querySelectorAll("[data-extend]")) {
  button.addEventListener("click", () => {
    const id = button.dataset.extend;
    const own = (dossier.issue ?? []).find((issue) => issue.id === id);
    edit("issue", own ?? { id }, own ? id : undefined);
  });
}
find("name").addEventListener("change", (event) => attempt(() => change({ kind: "name", to: event.target.value.trim() })));

function tab(name) {
  for (const button of page.querySelectorAll("[data-tab]")) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
  document.getElementById("forms").hidden = name !== "forms";
  document.getElementById("text").hidden = name !== "text";
}
for (const button of page.querySelectorAll("[data-tab]")) button.addEventListener("click", () => tab(button.dataset.tab));

let waiting;
area.addEventListener("input", () => {
  changedNow();
  clearTimeout(waiting);
  waiting = setTimeout(() => attempt(check), 400);
});
area.addEventListener("scroll", () => { find("gutter").scrollTop = area.scrollTop; });

async function keep() {
  if (save.disabled) return;
  await attempt(async () => {
    const text = area.value;
    const response = await fetch("/api/v1/dossier", { method: "PUT", headers: { "if-match": mark, "content-type": "application/toml" }, body: text });
    if (!response.ok) throw new Error((await response.json()).detail);
    mark = response.headers.get("etag");
    kept = text;
    changedNow();
    const again = toast("Saved. Statements on record change when all articles are read again.", { undo: undefined });
    const button = element("button", "Read all again", { type: "button" });
    button.addEventListener("click", () => attempt(async () => { await api("POST", "/jobs", { reextract: true }); location.assign("/add"); }));
    again.append(button);
    await check();
  });
}
save.addEventListener("click", keep);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    keep();
  }
});
key("t", "forms or text", () => tab(document.getElementById("text").hidden ? "text" : "forms"));
window.addEventListener("beforeunload", (event) => { if (writable && area.value !== kept) event.preventDefault(); });

find("suggest").addEventListener("click", () => attempt(async () => {
  const found = await api("GET", "/dossier/suggestions");
  const rows = found.map((one) => {
    const item = element("li");
    const strong = element("strong");
    strong.append(isolated(one.name));
    const told = [{ side: "party", person: "person", issue: "matter" }[one.kind], one.party, ...one.roles].filter(Boolean).join(", ");
    const button = element("button", "Take over", { type: "button", "aria-label": `Take over ${one.name}` });
    button.addEventListener("click", () => attempt(async () => {
      const to = one.kind === "side" ? { name: one.name }
        : one.kind === "person" ? { name: one.name, ...(one.party ? { party: one.party } : {}), ...(one.roles.length > 0 ? { office: one.roles.map((title) => ({ title })) } : {}) }
        : { id: one.name.replaceAll(" ", "-"), label: one.name, words: [one.name] };
      await change({ kind: one.kind, to });
      item.remove();
      toast(`${one.name} is in the draft.`);
    }));
    item.append(strong, " ", element("span", `${told} · ${one.statements} statements`, { class: "quiet" }), " ", button);
    one.sentences.forEach((sentence, at) => {
      const [article, id] = one.names[at].split(/\/(?=[^/]*$)/);
      const part = encodeURIComponent(id);
      const [quote, link] = [element("blockquote"), element("a", undefined, { href: `/articles/${encodeURIComponent(article)}?at=${part}#${part}` })];
      link.append(isolated(sentence));
      quote.append(link);
      item.append(quote);
    });
    return item;
  });
  find("suggestions").replaceChildren(...(rows.length > 0 ? rows : [element("li", "Nothing that is not there already.", { class: "quiet" })]));
}));

attempt(async () => {
  await load();
  await check();
});
