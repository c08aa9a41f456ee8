// One's own account, and who is in the team.

import { api, attempt, toast } from "./app.js";

const made = document.getElementById("made");

/** Shows what is shown once; the page is loaded anew afterwards, so that lists tell of it. */
function showOnce(told, secret) {
  made.querySelector("[data-made-for]").textContent = told;
  made.querySelector("[data-made]").value = secret;
  made.addEventListener("close", () => location.reload(), { once: true });
  made.showModal();
  made.querySelector("[data-made]").select();
}

/** What a form gives, without what was left empty. */
function given(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
}

/** Does something and loads the page anew. */
function changing(action) {
  return attempt(async () => {
    await action();
    location.reload();
  });
}

function onSubmit(name, does) {
  document.querySelector(`form[data-${name}]`)?.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => does(event.target));
  });
}

onSubmit("password", async (form) => {
  const { now, new: wanted } = given(form);
  await api("PUT", "/me/password", { now, new: wanted });
  form.reset();
  toast("The password is changed; your other sessions and your tokens have ended.");
  setTimeout(() => location.reload(), 2500);
});

onSubmit("token", async (form) => {
  const { label, scope, days } = given(form);
  const token = await api("POST", "/me/tokens", { label, scope, days: Number(days) });
  showOnce("The token. Programs show it as “Authorization: Bearer …”. It is not shown again.", token.secret);
});

onSubmit("invite", async (form) => {
  const { days, ...rest } = given(form);
  const { link } = await api("POST", "/people/invitations", { ...rest, days: Number(days) });
  showOnce("The link, to hand on by a way that only they read. It is not shown again.", link);
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const row = button.closest("[data-account]");
  const { endSession, withdrawToken, withdrawInvitation, active } = button.dataset;
  if (endSession) changing(() => api("DELETE", `/me/sessions/${endSession}`));
  else if ("endSessions" in button.dataset) changing(() => api("DELETE", "/me/sessions"));
  else if (withdrawToken) changing(() => api("DELETE", `/me/tokens/${withdrawToken}`));
  else if (withdrawInvitation) changing(() => api("DELETE", `/people/invitations/${withdrawInvitation}`));
  else if (active && (active === "true" || confirm(`End the account of ${row.dataset.name}? Sessions, tokens and invitations of it end at once.`)))
    changing(() => api("PUT", `/people/${row.dataset.account}`, { active: active === "true" }));
  else if ("passwordLink" in button.dataset)
    attempt(async () => {
      const { link } = await api("POST", `/people/${row.dataset.account}/password-link`);
      showOnce(`The link by which ${row.dataset.name} sets another password. It holds for two days and is not shown again.`, link);
    });
  else if ("copy" in button.dataset)
    attempt(async () => {
      await navigator.clipboard.writeText(made.querySelector("[data-made]").value);
      toast("Copied.");
    });
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-role]")) return;
  const row = event.target.closest("[data-account]");
  attempt(async () => {
    try {
      await api("PUT", `/people/${row.dataset.account}`, { role: event.target.value });
      toast(`${row.dataset.name} is ${event.target.value} now.`);
    } catch (error) {
      event.target.value = event.target.querySelector("[selected]").value;
      throw error;
    }
  });
});
