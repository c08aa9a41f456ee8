import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, looksWell, well, workspace } from "./harness.mjs";

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

const opened = async (path, size = {}) => {
  const page = await chrome.open({ ...size, address: space.address });
  await page.goto(space.address + path, { waitUntil: "load" });
  return page;
};

for (const [path, name] of [
  ["/matrix", "matrix"],
  ["/matrix?on=2031-03-05&party=Karveth&party=Lusenia&group=security", "matrix-chosen"],
  ["/matrix/history?party=Karveth&issue=withdrawal", "history"],
  ["/issues", "issues"],
  ["/issues/withdrawal", "issue"],
  ["/issues/water", "issue-water"],
  ["/timeline", "timeline"],
  ["/timeline?kind=move&party=Karveth", "timeline-moves"],
  ["/network", "network"],
  ["/network?actors=speakers&mode=two", "network-two"],
]) test(`${path} looks well`, () => looksWell(chrome, space.address, path, name));

test("the days go by under the keys, and the address goes with them", async () => {
  const page = await opened("/matrix");
  const field = page.locator('.day-of input[name="on"]');
  const last = await field.inputValue();
  assert.ok(!page.url().includes("on="));
  await page.keyboard.press("[");
  await page.waitForURL(/on=/);
  const before = await field.inputValue();
  assert.ok(before < last, `${before} ${last}`);
  await page.locator("#positions .as-of", { hasText: "As of" }).waitFor();
  await page.keyboard.press("{");
  await page.waitForURL((url) => url.searchParams.get("on") < before);
  await page.keyboard.press("]");
  await page.keyboard.press("}");
  await page.waitForURL((url) => url.searchParams.get("on") === last);
  well(page);
  await page.closeAll();
});

test("the slider keeps the focus, and cells change with it", async () => {
  const page = await opened("/matrix");
  const range = page.locator('.slider input[type="range"]');
  await range.focus();
  await page.keyboard.press("Home");
  const first = await page.locator(".day-of").getAttribute("data-first");
  await page.waitForURL((url) => url.searchParams.get("on") === first);
  assert.equal(await range.evaluate((input) => document.activeElement === input), true);
  const silent = await page.locator("#positions .silent").count();
  await page.keyboard.press("End");
  await page.waitForFunction((before) => document.querySelectorAll("#positions .silent").length < before, silent);
  well(page);
  await page.closeAll();
});

test("a cell opens its history in a dialog, and each statement there its sentence", async () => {
  const page = await opened("/matrix");
  const cell = page.locator("table.matrix td a").first();
  await cell.focus();
  await page.keyboard.press("Enter");
  const dialog = page.locator("dialog.history");
  await dialog.locator("a.line").first().waitFor();
  assert.match(await dialog.locator("h2").textContent(), / on /);
  assert.match(await dialog.locator("a.line").first().getAttribute("href"), /^\/articles\/[^/]+#?/);
  await page.keyboard.press("Escape");
  assert.equal(await cell.evaluate((a) => document.activeElement === a), true);
  well(page);
  await page.closeAll();
});

test("days can be chosen without script", async () => {
  const page = await chrome.open({ address: space.address });
  await page.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(space.address + "/matrix");
  await page.locator('.day-of input[name="on"]').fill("2031-03-06");
  await page.locator(".day-of button").click();
  await page.waitForURL(/on=2031-03-06/);
  await page.locator("table.matrix td a").first().click();
  await page.waitForURL(/matrix\/history/);
  await page.closeAll();
});

test("a bar of the timeline opens its days", async () => {
  const page = await opened("/timeline");
  await page.locator(".overview a").first().click();
  await page.waitForURL(/since=.*until=/);
  well(page);
  await page.closeAll();
});
