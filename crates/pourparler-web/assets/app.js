// What every page has: keys, dialogs, messages, and the way to the API.

/** Asks the API; gives the JSON of the answer. What goes wrong is thrown with the words that the server gives. */
export async function api(method, path, body) {
  const request = { method, headers: {} };
  if (body instanceof Blob) request.body = body;
  else if (body !== undefined) {
    request.headers["content-type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch("/api/v1" + path, request);
  } catch {
    throw new Error("The workspace does not answer. Is it still running?");
  }
  if (response.status === 204) return null;
  const json = (response.headers.get("content-type") ?? "").includes("json") ? await response.json() : null;
  if (!response.ok) throw Object.assign(new Error(json?.detail ?? `${response.status} ${response.statusText}`), { status: response.status, told: json });
  return json;
}

/** Shows a message for a while; `undo` adds a button. */
export function toast(text, { undo, bad = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast bad" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => { box.remove(); undo(); });
    box.append(button);
  }
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), undo || bad ? 10000 : 4000);
  return box;
}

/** Does something and tells what went wrong. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, { bad: true });
    return undefined;
  }
}

/** Whether keys are being typed into something. */
export function typing(target) {
  return target instanceof Element && (target.closest("input, textarea, select, [contenteditable]") !== null || document.querySelector("dialog[open]") !== null);
}

const ownKeys = new Map();

/** A key of this page: `does` runs where nobody is typing; `tells` stands in the list of keys. */
export function key(name, tells, does) {
  ownKeys.set(name, does);
  const list = document.getElementById("own-keys");
  let rows = list.querySelector("dl");
  if (!rows) {
    const title = document.createElement("h3");
    title.textContent = "On this page";
    rows = document.createElement("dl");
    rows.className = "keys";
    list.append(title, rows);
  }
  const [dt, dd, kbd] = ["dt", "dd", "kbd"].map((tag) => document.createElement(tag));
  kbd.textContent = name;
  dt.append(kbd);
  dd.textContent = tells;
  rows.append(dt, dd);
}

/** A dialog by its id, opened; resolves with its return value. */
export function ask(id) {
  const dialog = document.getElementById(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

/** Calls `does` when the record has changed. */
export function whenChanged(does) {
  const events = new EventSource("/api/v1/events");
  events.addEventListener("changed", does);
  window.addEventListener("pagehide", () => events.close());
}

function step(by) {
  const lines = [...document.querySelectorAll("main a.line, main [data-line]")];
  if (lines.length === 0) return;
  const at = lines.indexOf(document.activeElement);
  const next = lines[Math.max(0, Math.min(lines.length - 1, at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// What works by script alone shows from here on.
document.getElementById("main").classList.add("scripted-page");

let leader = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) {
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    return;
  }
  if (Date.now() - leader < 1500) {
    leader = 0;
    const place = document.querySelector(`nav.wide [data-key="${CSS.escape(event.key)}"]`);
    if (place) {
      event.preventDefault();
      location.assign(place.getAttribute("href"));
    }
    return;
  }
  const own = ownKeys.get(event.key);
  if (own) {
    event.preventDefault();
    own();
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find").focus();
  } else if (event.key === "g") leader = Date.now();
  else if (event.key === "?") ask("keys");
  else if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.dataset.dialog) document.getElementById(button.dataset.dialog).showModal();
  if ("themeSwitch" in button.dataset) {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    attempt(() => api("PUT", "/me", { theme: root.dataset.theme }));
  }
});

document.querySelector("[data-me]")?.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "keep") return;
  const reviewer = new FormData(event.target).get("reviewer");
  attempt(async () => {
    await api("PUT", "/me", { reviewer });
    location.reload();
  });
});

// A page of a moment ago is loaded anew once the record is added up.
if (document.body.dataset.stale !== undefined) whenChanged(() => location.reload());
