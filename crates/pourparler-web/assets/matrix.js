// The matrix goes through the days without being loaded anew, and opens the history of a cell in a dialog.

import { attempt, key } from "./app.js";

const DAY = 86_400_000;
const form = document.querySelector("form.day-of");
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

async function fetched(address, signal) {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return parsed(await response.text());
}

if (form) {
  const first = Date.parse(form.dataset.first) / DAY;
  const last = Date.parse(form.dataset.last) / DAY;
  const field = form.elements.namedItem("on");
  const written = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const within = (day) => Math.max(first, Math.min(last, day));

  const label = document.createElement("label");
  label.className = "slider";
  const name = document.createElement("span");
  name.textContent = "Day ( [ ] a day, { } a week )";
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: first, max: last, step: 1, value: Date.parse(field.value) / DAY });
  label.append(name, range);
  form.append(label);
  form.querySelector("button").hidden = true;

  let running = null;
  let waiting = 0;

  // `day` is null for the whole record.
  async function show(day) {
    const address = new URL(location.href);
    if (day === null) address.searchParams.delete("on");
    else address.searchParams.set("on", written(day));
    running?.abort();
    const mine = (running = new AbortController());
    let page;
    try {
      page = await fetched(address, mine.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      throw new Error("The day could not be shown. Is the workspace still running?");
    }
    const [old, fresh] = [document.getElementById("positions"), page.getElementById("positions")];
    if (!fresh) return;
    const inside = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const scrolled = old.querySelector(".scroll")?.scrollLeft ?? 0;
    old.replaceWith(fresh);
    if (scrolled) fresh.querySelector(".scroll").scrollLeft = scrolled;
    if (inside) [...fresh.querySelectorAll("a")].find((a) => a.getAttribute("href") === inside)?.focus();
    document.querySelector("[data-told]").textContent = fresh.querySelector("[data-as-of]").textContent;
    // The ways of the page lead on from the day that it shows.
    for (const hidden of document.querySelectorAll('.choose input[name="on"]')) hidden.value = day === null ? "" : written(day);
    history.replaceState(null, "", address);
  }

  function go(day) {
    const to = within(day);
    range.value = to;
    range.setAttribute("aria-valuetext", written(to));
    field.value = written(to);
    clearTimeout(waiting);
    waiting = setTimeout(() => attempt(() => show(to)), 60);
  }
  const by = (days) => () => go(Number(range.value) + days);

  range.setAttribute("aria-valuetext", field.value);
  range.addEventListener("input", () => go(Number(range.value)));
  // While a year is typed its first digits are one, too: a day before the record waits until the field is left.
  const typed = (event) => {
    const day = Date.parse(field.value) / DAY;
    if (!Number.isNaN(day) && (event.type === "blur" || within(day) === day)) go(day);
  };
  field.addEventListener("change", typed);
  field.addEventListener("blur", typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value) go(Date.parse(field.value) / DAY);
  });
  form.addEventListener("click", (event) => {
    const way = event.target.closest("a");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (way.dataset.step) go(Number(range.value) + Number(way.dataset.step));
    else {
      clearTimeout(waiting);
      range.value = last;
      field.value = written(last);
      attempt(() => show(null));
    }
  });
  key("[", "a day earlier", by(-1));
  key("]", "a day later", by(1));
  key("{", "a week earlier", by(-7));
  key("}", "a week later", by(7));
}

const dialog = document.getElementById("history");
document.addEventListener("click", (event) => {
  const cell = event.target instanceof Element ? event.target.closest("table.matrix td a") : null;
  if (!cell || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  attempt(async () => {
    const page = await fetched(cell.href);
    document.getElementById("history-title").textContent = page.querySelector("h1").textContent;
    document.getElementById("history-of").replaceChildren(...page.getElementById("history-of").childNodes);
    dialog.showModal();
  });
});
