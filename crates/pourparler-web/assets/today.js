// Today: marks what was seen, and tells of what comes in without moving what is being read.
import { api, attempt, key, toast, whenChanged } from "./app.js";

const until = document.querySelector("[data-until]")?.dataset.until ?? "";
const seen = document.querySelector("[data-seen]");

function show(all) {
  for (const part of document.querySelectorAll(".today .new-things, .today .up-to")) part.hidden = !all;
  document.querySelector(".today .seen-all").hidden = all;
  seen.hidden = !all;
}

async function markSeen() {
  await attempt(async () => {
    const { at } = await api("PUT", "/looked", { at: until || null });
    show(false);
    toast("Marked as seen.", {
      undo: () => attempt(async () => {
        await api("PUT", "/looked", { at });
        show(true);
      }),
    });
  });
}

if (seen) {
  seen.addEventListener("click", markSeen);
  key("e", "mark all as seen", () => { if (!seen.hidden) markSeen(); });
}

const arrived = document.querySelector(".today .arrived");
arrived.querySelector("[data-show]").addEventListener("click", () => location.reload());

async function look() {
  try {
    const { statements, until: now } = await api("GET", "/today" + (until ? `?since=${encodeURIComponent(until)}` : ""));
    if (!now || now === until) return;
    arrived.querySelector("span").textContent = statements === 0 ? "New articles came in, with nothing said in them."
      : statements === 1 ? "1 new statement came in." : `${statements} new statements came in.`;
    arrived.hidden = false;
  } catch {
    // The next news asks again.
  }
}

let waiting;
whenChanged(() => {
  clearTimeout(waiting);
  // News comes in bursts: for each article, and once more when it is added up.
  waiting = setTimeout(look, 600);
});
