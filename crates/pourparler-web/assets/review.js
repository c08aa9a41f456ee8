// The queue of review: one statement after the other, the next ones already there; and the log.

import { key, toast, whenChanged } from "./app.js";
import { deciding, renew } from "./decide.js";

const deck = document.getElementById("deck");
/** So many that are not decided on are always at hand. */
const AHEAD = 4;

if (!deck) deciding({ chosen: () => null, after: () => renew("main") });
else queue();

function queue() {
  const turns = () => [...deck.querySelectorAll("[data-turn]")];
  const done = document.getElementById("deck-done");
  let at = 0;
  let total = Number(deck.dataset.waits);
  let fetching = null;

  const open = (turn) => !turn.dataset.decided;
  const chosen = () => turns()[at]?.querySelector("[data-name]") ?? null;

  function show(focus = true) {
    const all = turns();
    all.forEach((turn, n) => { turn.hidden = n !== at; });
    done.hidden = at < all.length;
    if (focus) chosen()?.focus({ preventScroll: true });
    if (all.slice(at).filter(open).length < AHEAD) more();
  }

  /** Gets further statements before they are needed. */
  function more() {
    fetching ??= (async () => {
      const known = new Set(turns().map((turn) => turn.dataset.turn));
      const waiting = turns().filter(open).length + Number(deck.dataset.skip);
      if (waiting >= total) return;
      const address = new URL(location.href);
      address.searchParams.set("skip", waiting);
      const response = await fetch(address);
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      total = Number(page.getElementById("deck")?.dataset.waits ?? 0);
      const before = at >= turns().length;
      for (const turn of page.querySelectorAll("[data-turn]")) {
        if (known.has(turn.dataset.turn)) continue;
        turn.hidden = true;
        deck.append(turn);
      }
      if (before && at < turns().length) show();
    })().catch(() => {}).finally(() => { fetching = null; });
    return fetching;
  }

  function go(by) {
    const to = at + by;
    if (to < 0) return toast("This is the first.");
    if (to > turns().length) return undefined;
    at = Math.min(to, turns().length);
    return show();
  }

  /** The figures are those of the server. */
  async function figures() {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    total = Number(page.getElementById("deck")?.dataset.waits ?? total);
    for (const name of ["tally", "ways", "quality"]) {
      const [now, then] = [page, document].map((where) => where.querySelector(`[data-live="${name}"]`));
      if (now && then && now.outerHTML !== then.outerHTML) then.replaceWith(now);
    }
  }

  async function after(body, answer) {
    const turn = turns()[at];
    if (body.decision === "undo") {
      // What was taken back waits again: it comes to the eye.
      const back = turns().findIndex((one) => one.dataset.decided === String(body.number));
      const named = turns().findIndex((one) => one.dataset.turn === answer.statement);
      const place = back >= 0 ? back : named;
      if (place >= 0) {
        const one = turns()[place];
        delete one.dataset.decided;
        one.querySelector(".verdict")?.remove();
        if (answer.now) one.querySelector("[data-name]").dataset.state = answer.now.state;
        at = place;
      }
      show();
    } else if (body.decision === "none") {
      // It is another than it was: the server shows it as it is, or no longer.
      if (turn) {
        turn.dataset.decided = "1";
        go(1);
      }
    } else if (turn) {
      turn.dataset.decided = answer.number;
      const verdict = document.createElement("p");
      verdict.className = "verdict human";
      verdict.textContent = { accept: "Accepted. ", reject: "Rejected. ", correct: "Corrected. " }[body.decision] ?? "";
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "plain";
      undo.dataset.undo = answer.number;
      undo.textContent = "Undo";
      verdict.append(undo);
      const card = turn.querySelector("[data-name]");
      card.append(verdict);
      if (answer.now) card.dataset.state = answer.now.state;
      const next = turns().findIndex((one, n) => n > at && open(one));
      at = next < 0 ? turns().length : next;
      show();
    }
    await figures();
  }

  deciding({ chosen, after });
  key("s", "skip it", () => go(1));
  key("j", "next", () => go(1));
  key("k", "back", () => go(-1));
  show(false);
  // The figures follow a little later where the record is large.
  let changing = 0;
  whenChanged(() => {
    clearTimeout(changing);
    changing = setTimeout(() => figures().catch(() => {}), 300);
  });
}
