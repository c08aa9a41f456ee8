import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, browser, fits, looksWell, root, well, workspace } from "./harness.mjs";

// Emoji of several code points, combining marks, right-to-left words, CRLF, tabs, signs that act.
const TEXT = "👩‍👩‍👧 Nara Ishkenti said e\u0301lan 🎉 keeps the gates open.\r\n\r\nשלום Davor Temelik said \u202eevil\u202c <b>peace</b>\tholds.\r\nA 𝄞 clef and a\u0308 dots.\u0000 End";
let space, chrome, articles;

const call = async (method, path, body) => {
  const response = await fetch(`${space.address}/api/v1${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
  return { status: response.status, json: await response.json() };
};
const count = (text) => [...text].length;
const at = (words) => {
  const start = TEXT.indexOf(words);
  return [count(TEXT.slice(0, start)), count(TEXT.slice(0, start)) + count(words)];
};

before(async () => {
  const file = join(mkdtempSync(join(tmpdir(), "pourparler-e2e-in-")), "hostile.json");
  writeFileSync(file, JSON.stringify({ id: "hostile", title: "<script>alert(1)</script> \u202etalks", text: TEXT, outlet: "Wire", published: "2031-03-04", url: "javascript:alert(1)" }));
  [space, chrome] = await Promise.all([workspace({ inputs: [join(root, "examples/articles"), file] }), browser()]);
  articles = (await call("GET", "/articles?limit=50")).json.items;
});
after(async () => { await chrome?.close(); await space?.close(); });

const most = () => articles.reduce((a, b) => (a.statements >= b.statements ? a : b));
const open = async (path, size = {}) => {
  const page = await chrome.open({ address: space.address, ...size });
  await page.goto(space.address + path, { waitUntil: "load" });
  await page.waitForSelector("main.scripted-page");
  return page;
};

test("the list of articles looks well", () => looksWell(chrome, space.address, "/articles", "articles"));
test("an article looks well", () => looksWell(chrome, space.address, `/articles/${encodeURIComponent(most().id)}`, "article"));
test("an article of hostile words looks well", () => looksWell(chrome, space.address, "/articles/hostile", "hostile"));

test("a filter of the list is an address", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/articles`);
  await page.getByLabel("Words of headline or text").fill("peace holds");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/text=peace/);
  assert.equal(await page.locator("ol.articles a.line").count(), 1);
  await page.locator("ol.articles a.line").click();
  await page.waitForURL(/articles\/hostile/);
  assert.equal(await page.locator("a[href^=javascript]").count(), 0);
  well(page);
  await page.closeAll();
});

test("what is selected is counted exactly in code points", async () => {
  const page = await open("/articles/hostile");
  const words = ["👩‍👩‍👧", "Nara Ishkenti", "e\u0301lan", "🎉", "🎉 keeps", "open.", "שלום", "שלום Davor", "<b>peace</b>\tholds.", "𝄞", "a\u0308 dots", "End", "e\u0301lan 🎉 keeps the gates open.\r\n\r\nשלום Davor"];
  const found = await page.evaluate(async ([all]) => {
    const src = [...document.scripts].find((s) => s.src.endsWith("/reader.js")).src;
    const { covered } = await import(src);
    const pieces = [...document.querySelectorAll("[data-at]")];
    // Found by code units over the texts of the page, as a person's mouse does; line breaks of the text are none on the page.
    const whole = pieces.map((p) => p.firstChild.data).join("");
    const point = (unit, end) => {
      for (const piece of pieces) {
        const { length } = piece.firstChild.data;
        if (end ? unit <= length : unit < length) return [piece.firstChild, unit];
        unit -= length;
      }
      return null;
    };
    return all.map((words) => {
      const seen = words.replaceAll("\r\n", "");
      const start = whole.indexOf(seen);
      const range = document.createRange();
      range.setStart(...point(start, false));
      range.setEnd(...point(start + seen.length, true));
      return covered(range)?.span;
    });
  }, [words]);
  assert.deepEqual(found, words.map(at));
  // Boundaries beside the text, as a triple click gives them, and white space at the ends.
  const around = await page.evaluate(async () => {
    const { covered } = await import([...document.scripts].find((s) => s.src.endsWith("/reader.js")).src);
    const range = document.createRange();
    const lines = document.querySelectorAll(".reading p.text");
    range.setStart(lines[0], 0);
    range.setEnd(lines[1], 0);
    const spaces = document.createRange();
    spaces.selectNodeContents(document.querySelector(".legend"));
    return [covered(range)?.span, covered(spaces)];
  });
  assert.deepEqual(around, [[0, at("open.")[1]], null]);
  well(page);
  await page.closeAll();
});

test("words become a statement, and a statement's words others", async () => {
  const page = await open("/articles/hostile");
  const select = (words) => page.evaluate((words) => {
    const piece = [...document.querySelectorAll("[data-at]")].find((p) => p.firstChild.data.includes(words));
    const start = piece.firstChild.data.indexOf(words);
    getSelection().setBaseAndExtent(piece.firstChild, start, piece.firstChild, start + words.length);
  }, words);
  await select("a\u0308 dots");
  await page.getByRole("button", { name: "New statement" }).click();
  await page.getByLabel("Speaker").fill("Mira Quist");
  await page.getByLabel("Party", { exact: true }).fill("Karveth");
  await page.getByRole("button", { name: "Add an issue" }).click();
  await page.getByLabel("Issue", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Stance", { exact: true }).selectOption("opposes");
  await accessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  const card = page.locator(".card", { hasText: "Mira Quist" });
  await card.waitFor();
  assert.match(await card.innerText(), /added by Tester/);
  const [added] = (await call("GET", "/articles/hostile")).json.statements.filter((s) => s.speaker.name === "Mira Quist");
  assert.deepEqual([added.content_spans, added.content, added.positions.length], [[at("a\u0308 dots")], "a\u0308 dots", 1]);
  // Its words are mended by selecting others while it is the chosen one.
  await card.focus();
  await select("𝄞");
  await page.locator("#selected").getByRole("button", { name: "Source" }).click();
  await page.waitForFunction(() => document.querySelector(".card.chosen .by")?.textContent.includes("corrected by Tester"));
  const mended = (await call("GET", `/statements/${added.name}`)).json;
  assert.deepEqual(mended.source_spans, [at("𝄞")]);
  await fits(page);
  well(page);
  await page.closeAll();
});

test("keys decide, and each decision can be taken back", async () => {
  const article = most();
  const page = await open(`/articles/${encodeURIComponent(article.id)}`);
  const cards = await page.locator(".card").count();
  await page.keyboard.press("j");
  const name = await page.evaluate(() => document.activeElement.dataset.name);
  assert.ok(name);
  assert.ok((await page.locator("[data-at].lit").count()) > 0, "its words light up");
  await page.keyboard.press("a");
  await page.waitForFunction(() => document.activeElement.textContent.includes("accepted by Tester"));
  await page.keyboard.press("x");
  await page.waitForFunction((n) => document.querySelectorAll(".card").length === n - 1, cards);
  assert.match(await page.locator("section.rejected").innerText(), /rejected by Tester/);
  await page.keyboard.press("u");
  await page.waitForFunction((n) => document.querySelectorAll(".card").length === n, cards);
  await page.locator(`[data-name="${name}"]`).focus();
  await page.keyboard.press("e");
  await page.getByLabel("Role").fill("Envoy");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent.includes("corrected by Tester"));
  assert.match(await page.locator(`[data-name="${name}"] .was`).innerText(), /The machine had role/);
  await page.keyboard.press("u");
  await page.waitForFunction(() => document.activeElement.textContent.includes("accepted by Tester"));
  well(page);
  await page.closeAll();
});

test("nobody overwrites silently what another decided", async () => {
  const [statement] = (await call("GET", "/statements?limit=1")).json.items;
  const [article, id] = statement.name.split("/");
  const page = await open(`/articles/${article}?at=${id}#${id}`);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.name), statement.name, "the link leads to the statement");
  await page.keyboard.press("e");
  await page.getByLabel("Role").fill("Mine");
  await call("POST", "/reviews", { statement: statement.name, decision: "correct", correction: { speaker: { role: "Another" } } });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").filter({ hasText: "not what it was" }).waitFor();
  assert.equal((await call("GET", `/statements/${statement.name}`)).json.speaker.role, "Another");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  assert.equal((await call("GET", `/statements/${statement.name}`)).json.speaker.role, "Mine");
  page.wrong = page.wrong.filter((told) => !told.includes("409"));
  well(page);
  await page.closeAll();
});
