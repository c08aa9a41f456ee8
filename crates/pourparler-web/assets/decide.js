// Deciding on statements: by keys and buttons, and the dialog in which one is put right or added.

import { api, ask, attempt, key, toast } from "./app.js";

/** The path of a statement in the API. */
function path(name) {
  const cut = name.lastIndexOf("/");
  return `/statements/${encodeURIComponent(name.slice(0, cut))}/${encodeURIComponent(name.slice(cut + 1))}`;
}

/**
 * Parts of this page that are no longer what the server would send are put in the place of the old ones; all of the page's own parts
 * where they are others altogether. Parts have a `data-live` that tells them apart.
 */
export async function renew(root) {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const live = (within) => new Map([...within.querySelectorAll("[data-live]")].map((part) => [part.dataset.live, part]));
  const [now, then] = [live(page), live(document)];
  const same = now.size === then.size && [...now.keys()].every((name) => then.has(name));
  const focused = document.activeElement?.closest?.("[data-name]")?.dataset.name;
  if (same) {
    for (const [name, part] of now) if (part.outerHTML !== then.get(name).outerHTML) then.get(name).replaceWith(part);
  } else {
    const fresh = page.getElementById(root);
    if (fresh) document.getElementById(root).replaceWith(fresh);
  }
  if (focused) document.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/**
 * Lets people decide. `chosen` gives the card that keys are about, `after` is called with what was decided and the answer; `keys` is false
 * where no key decides. Gives what other modules call: `decide`, `undo`, `edit`, `add`, `mend`, `settle`.
 */
export function deciding({ chosen, after, keys = true }) {
  const own = [];
  /** The decision just made, while nothing else was looked at: that is what `u` is about then. */
  let fresh = null;
  document.addEventListener("pointerdown", () => { fresh = null; });
  document.addEventListener("keydown", ({ key }) => { if (key === "j" || key === "k" || key === "Tab") fresh = null; });

  async function send(body, told) {
    const answer = await api("POST", "/reviews", body);
    own.push(answer.number);
    fresh = answer.number;
    toast(told, { undo: () => undo(answer.number) });
    await after(body, answer);
    return answer;
  }

  /** What was decided on is another by now: says so, and shows it. */
  async function changed(error) {
    toast(error.message, { bad: true });
    if (error.status === 409) await attempt(() => after({ decision: "none", statement: error.told?.now?.name }, error.told ?? {}));
  }

  async function decide(card, decision) {
    if (!card) return toast("Choose a statement first: j and k go from one to the next.");
    const told = decision === "accept" ? "Accepted" : "Rejected";
    try {
      await send({ decision, statement: card.dataset.name, expects: card.dataset.state }, `${told}: ${card.dataset.name}`);
    } catch (error) {
      await changed(error);
    }
  }

  async function undo(number) {
    await attempt(async () => {
      const answer = await api("POST", `/reviews/${number}/undo`);
      const at = own.indexOf(number);
      if (at >= 0) own.splice(at, 1);
      fresh = null;
      toast(`Decision ${number} is taken back.`);
      await after({ decision: "undo", number }, answer);
    });
  }

  /** Takes back what was just decided, else the decision about a card, else the last one that was made here. */
  function undoLast(card) {
    const number = fresh ?? card?.querySelector("[data-undo]")?.dataset.undo ?? own.at(-1);
    if (number === undefined) return toast("There is nothing to undo.");
    return undo(Number(number));
  }

  /** The dialog in which a statement is put right or added. */
  function dialogue(form) {
    const fault = form.querySelector("[data-fault]");
    let choices;

    function options(select, values, chosen, none) {
      const all = values.map((value) => (Array.isArray(value) ? value : [value, value]));
      // What the dossier has no longer may stay.
      if (chosen && !all.some(([value]) => value === chosen)) all.push([chosen, chosen]);
      if (none !== undefined) all.unshift(["", none]);
      select.replaceChildren(...all.map(([value, label]) => new Option(label, value, false, value === (chosen ?? ""))));
    }

    function row(position = {}) {
      const made = document.getElementById("position-row").content.cloneNode(true).firstElementChild;
      const [issue, stance, option] = ["issue", "stance", "option"].map((name) => made.querySelector(`[name=${name}]`));
      options(issue, choices.issues.map(({ id, label }) => [id, label]), position.issue, position.issue ? undefined : "choose an issue");
      options(stance, choices.stances, position.stance ?? "unclear");
      const fill = (chosen) => {
        const known = choices.issues.find(({ id }) => id === issue.value)?.options ?? [];
        options(option, known, chosen, "no option");
        option.disabled = option.options.length === 1;
      };
      fill(position.option);
      issue.addEventListener("change", () => fill(null));
      made.querySelector("[data-less]").addEventListener("click", () => made.remove());
      return made;
    }

    const place = form.querySelector("[data-positions]");
    form.querySelector("[data-more]").addEventListener("click", () => {
      const made = row();
      place.append(made);
      made.querySelector("select").focus();
    });
    form.querySelector("[data-close]").addEventListener("click", () => form.closest("dialog").close());

    async function fill(statement, title, words) {
      choices ??= await api("GET", "/reviews/choices");
      document.getElementById("correct-title").textContent = title;
      form.querySelector("[data-words]").textContent = words.length > 400 ? `${words.slice(0, 400)} …` : words;
      fault.hidden = true;
      const { speaker, said_on: days } = statement;
      const values = { name: speaker.name, role: speaker.role, party: speaker.party, addressee: statement.addressee, from: days?.from, to: days && days.to !== days.from ? days.to : null };
      for (const [name, value] of Object.entries(values)) form.elements[name].value = value ?? "";
      options(form.elements.kind, choices.kinds, speaker.kind);
      options(form.elements.act, choices.acts, statement.act);
      options(form.elements.firmness, choices.firmness, statement.firmness, "none");
      place.replaceChildren(...statement.positions.map(row));
      for (const list of ["speakers", "parties"]) document.getElementById(list).replaceChildren(...choices[list].map((name) => new Option(name, name)));
    }

    function read() {
      const value = (name) => form.elements[name].value.trim() || null;
      const from = value("from");
      const rows = [...place.children].map((made) => {
        const [issue, stance, option] = ["issue", "stance", "option"].map((name) => made.querySelector(`[name=${name}]`).value);
        return { issue, stance, option: option || null };
      });
      return {
        speaker: { name: value("name"), kind: value("kind"), role: value("role"), party: value("party") },
        act: value("act"), addressee: value("addressee"), firmness: value("firmness"),
        said_on: from ? { from, to: value("to") ?? from } : null,
        positions: rows.filter(({ issue }) => issue),
      };
    }

    /** What differs between two readings of the form. */
    function differing(before, now) {
      const out = {};
      for (const name of Object.keys(now)) {
        if (JSON.stringify(before[name]) === JSON.stringify(now[name])) continue;
        if (name !== "speaker") out[name] = now[name];
        else out.speaker = Object.fromEntries(Object.entries(now.speaker).filter(([part, value]) => value !== before.speaker[part]));
      }
      return out;
    }

    let saving = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await saving();
        form.closest("dialog").close();
      } catch (error) {
        fault.hidden = false;
        fault.textContent = error.status === 409 && error.told?.now ? `${error.message} Saving once more puts your values in the place of those.` : error.message;
        fault.scrollIntoView({ block: "nearest" });
      }
    });

    /** Puts a statement right. */
    async function edit(card) {
      if (!card) return toast("Choose a statement first: j and k go from one to the next.");
      return attempt(async () => {
        const statement = await api("GET", path(card.dataset.name));
        await fill(statement, "Correct a statement", statement.content);
        const before = read();
        let expects = statement.state;
        saving = async () => {
          const correction = differing(before, read());
          const decision = Object.keys(correction).length === 0 ? { decision: "accept" } : { decision: "correct", correction };
          try {
            await send({ ...decision, statement: statement.name, expects }, `Kept: ${statement.name}`);
          } catch (error) {
            if (error.status === 409 && error.told?.now) expects = error.told.now.state;
            throw error;
          }
        };
        await ask("correct");
      });
    }

    /** Adds a statement with this content. */
    async function add(article, content, words) {
      return attempt(async () => {
        const empty = { speaker: { name: null, kind: "person", role: null, party: null }, act: "assert", said_on: null, positions: [] };
        await fill(empty, "Add a statement", words);
        saving = () => send({ decision: "add", article, added: { ...read(), content } }, "Added a statement");
        await ask("correct");
      });
    }

    /** Settles what reviewers differ in by the reading that is chosen, put right. */
    async function settle(settlement, done) {
      return attempt(async () => {
        const { items } = await api("GET", "/disagreements?limit=500");
        const reading = items.flatMap(({ readings }) => readings).find(({ number }) => number === settlement.choose)?.statement;
        if (!reading) throw new Error("Somebody decided on this in the meantime; load the page anew.");
        await fill(reading, "Put a reading right", reading.content);
        const before = read();
        saving = async () => {
          await api("POST", "/disagreements/settle", { ...settlement, correction: differing(before, read()) });
          await done();
        };
        await ask("correct");
      });
    }
    return { edit, add, settle };
  }

  const form = document.querySelector("[data-correct]");
  const { edit, add, settle } = form ? dialogue(form) : {};

  /** Gives a statement other words. */
  async function mend(card, role, spans) {
    try {
      const body = { decision: "correct", statement: card.dataset.name, expects: card.dataset.state, correction: { [role]: spans } };
      await send(body, `The ${role} of ${card.dataset.name} is other words now.`);
    } catch (error) {
      await changed(error);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const card = button.closest("[data-name]");
    if (button.dataset.undo) undo(Number(button.dataset.undo));
    else if (button.dataset.do === "edit") edit(card);
    else if (button.dataset.do) decide(card, button.dataset.do);
  });
  if (!form || !keys) return { undo, settle };
  key("a", "accept the statement", () => decide(chosen(), "accept"));
  key("x", "reject it: it is no statement", () => decide(chosen(), "reject"));
  key("e", "correct it", () => edit(chosen()));
  key("u", "undo the decision about it, or your last", () => undoLast(chosen()));
  return { decide, undo, edit, add, mend };
}
