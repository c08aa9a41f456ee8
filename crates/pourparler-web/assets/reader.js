// An article: statements and their words light up together, and words that are selected become statements.

import { whenChanged } from "./app.js";
import { deciding, renew } from "./decide.js";

const main = document.querySelector("main");
const bar = document.getElementById("selected");

// --- From the page to code points of the text, and back ---

/** How many code points the first `units` of a text have. */
function points(text, units) {
  let count = 0;
  for (const _ of text.slice(0, units)) count += 1;
  return count;
}

/** The code points of the article that a range covers, without white space at its ends; null where it covers none. */
export function covered(range) {
  let [start, end, words] = [null, null, ""];
  for (const piece of main.querySelectorAll("[data-at]")) {
    const text = piece.firstChild;
    if (!text || !range.intersectsNode(text)) continue;
    let from = text === range.startContainer ? range.startOffset : 0;
    let to = text === range.endContainer ? range.endOffset : text.length;
    // A boundary of a range may stand beside the text.
    if (from >= to) continue;
    const part = text.data.slice(from, to);
    if (part.trim() === "") continue;
    if (start === null) from += part.length - part.trimStart().length;
    to -= part.length - part.trimEnd().length;
    const at = Number(piece.dataset.at);
    if (start === null) start = at + points(text.data, from);
    end = at + points(text.data, to);
    words += part;
  }
  return start === null ? null : { span: [start, end], words: words.trim() };
}

function spansOf(card, role) {
  return (card.dataset[role] ?? "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
}

const allSpans = (card) => ["s", "u", "c"].flatMap((role) => spansOf(card, role));

// --- Lighting ---

let lit = [];
function light(card, className = "lit") {
  const spans = allSpans(card);
  for (const piece of main.querySelectorAll("[data-at]")) {
    const at = Number(piece.dataset.at);
    if (spans.some(([start, end]) => start <= at && at < end)) {
      piece.classList.add(className);
      lit.push(piece);
    }
  }
  card.classList.add(className);
  lit.push(card);
}

function dark() {
  for (const one of lit) one.classList.remove("lit");
  lit = [];
}

/** The innermost statement in whose words a piece of the text stands. */
function statementAt(piece) {
  const at = Number(piece.dataset.at);
  let [best, length] = [null, Infinity];
  for (const card of main.querySelectorAll("[data-name]")) {
    const spans = allSpans(card);
    if (!spans.some(([start, end]) => start <= at && at < end)) continue;
    const size = spans.reduce((sum, [start, end]) => sum + end - start, 0);
    if (size < length) [best, length] = [card, size];
  }
  return best;
}

const under = (event, what) => (event.target instanceof Element ? event.target.closest(what) : null);
main.addEventListener("mouseover", (event) => {
  const [card, piece] = [under(event, "[data-name]"), under(event, "[data-at]")];
  const statement = card ?? (piece?.className ? statementAt(piece) : null) ?? chosen();
  dark();
  if (statement) light(statement);
});

// --- The chosen statement ---

let chosenName = null;
const chosen = () => (chosenName === null ? null : main.querySelector(`[data-name="${CSS.escape(chosenName)}"]`));

function choose(card) {
  for (const other of main.querySelectorAll(".chosen")) other.classList.remove("chosen");
  chosenName = card.dataset.name;
  card.classList.add("chosen");
  dark();
  light(card);
}

main.addEventListener("focusin", (event) => {
  const card = under(event, "[data-name]");
  if (card) choose(card);
});
main.addEventListener("click", (event) => {
  const piece = under(event, "[data-at]");
  if (!piece?.className || !getSelection().isCollapsed) return;
  const card = statementAt(piece);
  if (!card) return;
  choose(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
});

async function after(body, answer) {
  const cards = () => [...main.querySelectorAll("[data-name]")];
  const place = cards().findIndex((card) => card.dataset.name === body.statement);
  await renew("reading");
  if (answer.statement) chosenName = answer.statement;
  // Where one was rejected, the next is at hand.
  else if (place >= 0) chosenName = (cards()[place] ?? cards().at(-1))?.dataset.name ?? null;
  const card = chosen();
  if (card) {
    card.focus({ preventScroll: body.decision !== "add" });
    choose(card);
  }
}

const { add, mend } = deciding({ chosen, after });

// --- Selected words ---

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!main.contains(range.commonAncestorContainer)) return null;
  const found = covered(range);
  return found && { ...found, box: range.getBoundingClientRect() };
}

let words = null;
function offer() {
  words = selected();
  bar.hidden = words === null;
  if (words === null) return;
  const card = chosen();
  for (const button of bar.querySelectorAll("[data-role]")) button.disabled = card === null;
  bar.querySelector("[data-of]").textContent = card ? `of ${card.getAttribute("aria-label").toLowerCase()}` : "";
  const { box } = words;
  const top = box.top > bar.offsetHeight + 70 ? box.top - bar.offsetHeight - 6 : Math.min(box.bottom + 6, innerHeight - bar.offsetHeight - 6);
  bar.style.top = `${Math.max(6, top)}px`;
  bar.style.left = `${Math.max(6, Math.min(box.left, innerWidth - bar.offsetWidth - 6))}px`;
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 150);
});
// The words stay selected while a button is pressed.
bar.addEventListener("pointerdown", (event) => event.preventDefault());
bar.addEventListener("click", async (event) => {
  const button = under(event, "button");
  if (!button || !words) return;
  const { span, words: said } = words;
  getSelection().removeAllRanges();
  bar.hidden = true;
  if (button.dataset.role) await mend(chosen(), button.dataset.role, [span]);
  else await add(document.getElementById("reading").dataset.article, [span], said);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !bar.hidden) getSelection().removeAllRanges();
});

// --- Coming here ---

// The statement that led here may be rejected; the part is the same then.
if (new URLSearchParams(location.search).has("at")) {
  history.replaceState(history.state, "", `?part=${document.getElementById("reading").dataset.part}${location.hash}`);
}

const wanted = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (wanted?.dataset.name) {
  wanted.focus({ preventScroll: true });
  wanted.scrollIntoView({ block: "center" });
  choose(wanted);
}

let changing = 0;
whenChanged(() => {
  clearTimeout(changing);
  // Not under the hands of somebody who writes or selects.
  changing = setTimeout(() => {
    if (!document.querySelector("dialog[open]") && getSelection().isCollapsed) renew("reading").catch(() => {});
  }, 600);
});
