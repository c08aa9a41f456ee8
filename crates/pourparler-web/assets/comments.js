// Comments on statements: written in a dialog, shown beside the statement as the server has them.

import { api, attempt, toast } from "./app.js";

const dialog = document.getElementById("comment");
const form = dialog?.querySelector("form");
const fault = form?.querySelector("[data-fault]");
/** What the comment is about, and the statement beside which it will stand. */
let [about, beside] = [null, null];

/** Puts the comments of a statement as they are now in the place of those shown. */
async function renewTalk(name) {
  if (name === "") return location.reload();
  const cut = name.lastIndexOf("/");
  const [article, id] = [name.slice(0, cut), name.slice(cut + 1)].map(encodeURIComponent);
  const response = await fetch(`/articles/${article}?at=${id}`);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const talk = (where) => [...where.querySelectorAll("[data-talk]")].find((one) => one.dataset.talk === name);
  const [now, then] = [talk(page), talk(document)];
  if (now && then && now.outerHTML !== then.outerHTML) then.replaceWith(now);
  return undefined;
}

function write(what, name, title) {
  [about, beside] = [what, name];
  form.reset();
  fault.hidden = true;
  document.getElementById("comment-title").textContent = title;
  dialog.showModal();
  form.elements.text.focus();
}

if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await api("POST", "/comments", { ...about, text: form.elements.text.value });
    } catch (error) {
      fault.hidden = false;
      fault.textContent = error.message;
      return;
    }
    dialog.close();
    await attempt(() => renewTalk(beside));
  });
  form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-talk] button, [data-comment]") : null;
    if (!button) return;
    if ("comment" in button.dataset) {
      const { name } = button.closest("[data-name]").dataset;
      write({ statement: name }, name, `Comment on ${name}`);
      return;
    }
    const name = button.closest("[data-talk]").dataset.talk;
    if (button.dataset.answer) write({ answers: Number(button.dataset.answer) }, name, "Answer");
    else if (button.dataset.withdraw) {
      await attempt(async () => {
        await api("POST", `/comments/${button.dataset.withdraw}/withdraw`);
        toast("The comment is withdrawn.");
        await renewTalk(name);
      });
    }
  });
}
