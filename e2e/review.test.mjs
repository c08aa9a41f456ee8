import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

let space, chrome;
const call = async (method, path, body) => {
  const response = await fetch(`${space.address}/api/v1${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
  return response.json();
};
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

test("the queue looks well while nothing is decided", () => looksWell(chrome, space.address, "/review", "review"));

test("statements are decided one after the other by single keys", async () => {
  const waiting = (await call("GET", "/reviews/queue")).items;
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/review`, { waitUntil: "load" });
  await page.waitForSelector("main.scripted-page");
  const shown = () => page.locator(".turn:not([hidden]) [data-name]").getAttribute("data-name");
  const goesTo = (name) => page.waitForFunction((name) => document.querySelector(".turn:not([hidden]) [data-name]")?.dataset.name === name, name);
  assert.equal(await shown(), waiting[0].name, "the least certain is first");
  assert.ok((await page.locator(".turn:not([hidden]) .around .c").count()) > 0, "its content is marked");
  await page.keyboard.press("a");
  await goesTo(waiting[1].name);
  await page.keyboard.press("x");
  await goesTo(waiting[2].name);
  await page.keyboard.press("s");
  await goesTo(waiting[3].name);
  await page.keyboard.press("e");
  await page.getByLabel("Role").fill("Envoy");
  await page.getByRole("button", { name: "Save" }).click();
  await goesTo(waiting[4].name);
  await page.waitForFunction(() => document.querySelector(".tally").textContent.includes(" 2 that stand"));
  await page.waitForFunction(() => document.querySelector(".quality").textContent.includes("in role"));
  await page.keyboard.press("u");
  await goesTo(waiting[3].name);
  assert.deepEqual((await call("GET", "/reviews")).items.map((d) => d.decision), ["undo", "correct", "reject", "accept"]);
  await page.keyboard.press("k");
  await goesTo(waiting[2].name);
  // Further ones come before those at hand are used up.
  for (let n = 0; n < 14; n += 1) {
    const name = await shown();
    await page.keyboard.press("a");
    await page.waitForFunction((name) => document.querySelector(".turn:not([hidden]) [data-name]")?.dataset.name !== name, name);
  }
  assert.ok(await shown(), "the fifteenth is there too");
  await fits(page);
  await accessible(page);
  well(page);
  await page.closeAll();
});

test("the log takes back", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/review/log`, { waitUntil: "load" });
  await page.waitForSelector("main.scripted-page");
  const before = await page.locator("ol.log > li").count();
  await page.locator("[data-undo]").first().click();
  await page.waitForFunction((n) => document.querySelectorAll("ol.log > li").length === n + 1, before);
  assert.match(await page.locator("ol.log > li").first().innerText(), /took back/);
  well(page);
  await page.closeAll();
});

test("queue and log look well with decisions", async () => {
  await looksWell(chrome, space.address, "/review", "review-decided");
  await looksWell(chrome, space.address, "/review/log", "review-log");
});
