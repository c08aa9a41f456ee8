// Adding: gives jobs, and shows how they go.
import { api, attempt, key, toast } from "./app.js";

const LARGEST = 512 * 1024 * 1024;
const form = (name) => document.querySelector(`[data-${name}]`);
const fields = (of) => Object.fromEntries([...new FormData(of)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""));

/** Puts the parts of the page that a job changes in the place of those that are shown. */
let asked = 0;
async function renew(...parts) {
  const mine = ++asked;
  const response = await fetch("/add");
  if (!response.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of parts) {
    const [old, fresh] = [document.getElementById(part), page.getElementById(part)];
    if (!old || !fresh) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.cancel : undefined;
    const open = [...old.querySelectorAll("details[open]")].map((d) => d.closest("[data-job]")?.dataset.job);
    old.replaceChildren(...fresh.childNodes);
    for (const job of open) for (const details of old.querySelectorAll(`[data-job="${job}"] details`)) details.open = true;
    if (focused) old.querySelector(`[data-cancel="${focused}"]`)?.focus();
  }
}

const events = new EventSource("/api/v1/events");
window.addEventListener("pagehide", () => events.close());
events.addEventListener("job", (event) => {
  const job = JSON.parse(event.data);
  const shown = document.querySelector(`[data-job="${job.id}"]`);
  const progress = shown?.querySelector("progress");
  if (!progress || job.state !== "running") {
    renew("jobs", "feeds");
    return;
  }
  if (job.of) {
    progress.max = job.of;
    progress.value = Math.min(job.done, job.of);
  }
  const last = job.told.at(-1);
  shown.querySelector("[data-told]").textContent = `${job.articles} articles${last ? ` · ${last}` : ""}`;
});

async function add(body, name) {
  const job = await api("POST", name === undefined ? "/jobs" : `/jobs?name=${encodeURIComponent(name)}`, body);
  await renew("jobs");
  return job;
}

form("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await add({ text: fields(event.target) });
    event.target.reset();
    toast("The text is being added.");
  });
});
form("addresses").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await add({ addresses: fields(event.target).addresses.split(/\s+/) });
    event.target.reset();
  });
});

async function files(list) {
  // One after the other, so that a hundred files are not a hundred requests at once.
  for (const file of list) {
    await attempt(async () => {
      if (file.size > LARGEST) throw new Error(`${file.name} is larger than 512 MB; the command line takes it.`);
      await add(file, file.name);
    });
  }
}
form("files").addEventListener("change", async (event) => {
  const list = [...event.target.files];
  event.target.value = "";
  await files(list);
});
const drop = form("drop");
for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => { event.preventDefault(); files([...event.dataTransfer.files]); });
// A file that misses the place must not take the place of the page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());

document.addEventListener("submit", (event) => {
  if (!("feed" in event.target.dataset)) return;
  event.preventDefault();
  attempt(async () => {
    await api("POST", "/feeds", fields(event.target));
    await renew("feeds");
  });
});
document.addEventListener("change", (event) => {
  if (!("watching" in event.target.dataset)) return;
  attempt(() => api("PUT", "/feeds/watching", { on: event.target.checked }));
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const { cancel, forget } = button.dataset;
  if (cancel) attempt(async () => { await api("DELETE", `/jobs/${cancel}`); await renew("jobs"); });
  if (forget) {
    attempt(async () => {
      await api("DELETE", `/feeds?url=${encodeURIComponent(forget)}`);
      await renew("feeds");
      toast("The feed is removed; its articles stay.", { undo: () => attempt(async () => { await api("POST", "/feeds", { url: forget }); await renew("feeds"); }) });
    });
  }
  if ("poll" in button.dataset) attempt(() => add({ feeds: true }));
  if ("reextract" in button.dataset) attempt(() => add({ reextract: true }));
});
key("a", "paste a text", () => form("paste").elements.text.focus());
