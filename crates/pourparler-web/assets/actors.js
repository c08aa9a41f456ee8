// Actors: deciding who is who. Every decision can be undone, here and from the log.
import { api, ask, attempt, key, toast } from "./app.js";

// A decision is followed by another page; what it was is told there.
const KEPT = "actors-told";

async function undo(number) {
  await attempt(async () => {
    const made = await api("POST", `/actors/decisions/${number}/undo`);
    tellNext("Undone.", made.number);
    location.reload();
  });
}

function tellNext(text, number) {
  sessionStorage.setItem(KEPT, JSON.stringify({ text, number }));
}

const told = sessionStorage.getItem(KEPT);
if (told) {
  sessionStorage.removeItem(KEPT);
  const { text, number } = JSON.parse(told);
  toast(text, { undo: () => undo(number) });
}

for (const button of document.querySelectorAll("[data-undo]")) {
  button.addEventListener("click", () => undo(button.dataset.undo));
}

const actor = document.querySelector("[data-actor]")?.dataset.actor;

/** What the dialog says is to be decided; null where it says nothing. */
const wanted = {
  merge: () => {
    const others = [...chosen.keys()];
    return others.length > 0 ? { decide: "merge", actors: [actor, ...others] } : null;
  },
  split: () => {
    const of = (name) => [...document.querySelectorAll(`#split input[name="${name}"]:checked`)].map((box) => box.value);
    const [names, articles] = [of("names"), of("articles")];
    return names.length + articles.length > 0 ? { decide: "split", actor, names, articles } : null;
  },
  rename: () => ({ decide: "rename", actor, name: document.querySelector("#rename [name=name]").value }),
  alias: () => ({ decide: "alias", actor, name: document.querySelector("#alias [name=name]").value }),
};
const words = { merge: "Merged.", split: "Split.", rename: "Renamed.", alias: "The name is added." };

for (const button of document.querySelectorAll("[data-decide]")) {
  const what = button.dataset.decide;
  button.addEventListener("click", async () => {
    if (what === "merge") find();
    if ((await ask(what)) !== "do") return;
    const body = wanted[what]();
    if (!body) {
      toast("Nothing was chosen.");
      return;
    }
    await attempt(async () => {
      const made = await api("POST", "/actors/decisions", body);
      tellNext(words[what], made.number);
      location.assign(`/actors/${encodeURIComponent(made.actor)}`);
    });
  });
}

// Merging: others are found by name; those that are chosen stay in sight.
const chosen = new Map();
const found = document.getElementById("merge-found");
const field = document.getElementById("merge-find");

function choice(other) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = other.id;
  box.checked = chosen.has(other.id);
  box.addEventListener("change", () => (box.checked ? chosen.set(other.id, other) : chosen.delete(other.id)));
  const name = document.createElement("bdi");
  name.textContent = other.name;
  const aside = document.createElement("span");
  aside.className = "aside";
  aside.textContent = ` · ${[other.party, other.roles[0], `${other.statements} statements`].filter(Boolean).join(" · ")}`;
  label.append(box, " ", name, aside);
  return label;
}

async function find() {
  const asked = field.value.trim();
  await attempt(async () => {
    const { items, total } = await api("GET", `/actors?limit=30${asked ? `&name=${encodeURIComponent(asked)}` : ""}`);
    if (field.value.trim() !== asked) return;
    const others = items.filter((other) => other.id !== actor && !chosen.has(other.id));
    found.replaceChildren(...[...chosen.values(), ...others].map(choice));
    if (total > items.length) {
      const more = document.createElement("p");
      more.className = "aside";
      more.textContent = `and ${total - items.length} more: name one above`;
      found.append(more);
    }
  });
}

let typing;
field?.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(find, 200);
});
// Enter in the field looks for the name and closes nothing.
field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  find();
});

if (actor) {
  const follow = (id) => document.getElementById(id)?.click();
  key("m", "merge with another actor", () => document.querySelector("[data-decide=merge]").click());
  key("n", "next page", () => follow("next-page"));
  key("p", "page before", () => follow("previous-page"));
}
