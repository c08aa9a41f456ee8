// Disagreements and what they are settled to; who reads what.

import { api, attempt, toast } from "./app.js";
import { deciding, renew } from "./decide.js";

const under = (event, what) => (event.target instanceof Element ? event.target.closest(what) : null);

// --- Disagreements ---

const list = document.getElementById("disagreements");
if (list) {
  const { settle } = deciding({ chosen: () => null, after: () => renew("disagreements"), keys: false });
  document.addEventListener("click", async (event) => {
    const button = under(event, "[data-settle], [data-mend]");
    if (!button) return;
    const section = button.closest("[data-decisions]");
    const decisions = section.dataset.decisions.split(" ").map(Number);
    const note = section.querySelector("[name=note]").value;
    const choose = Number(button.dataset.settle ?? button.dataset.mend);
    const done = async () => {
      toast("Settled.");
      await renew("disagreements");
    };
    if (button.dataset.mend) return settle({ decisions, choose, note }, done);
    return attempt(async () => {
      await api("POST", "/disagreements/settle", { decisions, choose, note });
      await done();
    });
  });
}

// --- Assignments ---

const form = document.querySelector("[data-assign]");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const value = (name) => form.elements[name].value.trim();
  const reviewers = value("reviewers").split(",").map((name) => name.trim()).filter(Boolean);
  const what = value("article") ? { articles: [value("article")] } : { next: Number(value("next")), common: Number(value("common")) };
  attempt(async () => {
    const { assigned } = await api("POST", "/assignments", { reviewers, ...what });
    toast(assigned.length === 1 ? "One is assigned." : `${assigned.length} are assigned.`);
    await renew("main");
  });
});
document.addEventListener("click", (event) => {
  const button = under(event, "[data-becomes]");
  if (!button) return;
  const { article, reviewer } = button.closest("[data-article]").dataset;
  attempt(async () => {
    await api("POST", "/assignments/change", { article, reviewer, becomes: button.dataset.becomes });
    await renew("main");
  });
});
