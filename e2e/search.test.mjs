import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

for (const [path, name] of [
  ["/search", "search"],
  ["/search?text=monitors&party=Karveth&order=relevance", "search-narrowed"],
  ["/search?text=dam&tab=articles", "search-articles"],
  ["/search?text=dam&party=Nowhere&since=2031-03-01", "search-nothing"],
]) test(`${path} looks well`, () => looksWell(chrome, space.address, path, name));

test("words, counts, chips and keys lead through the findings", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(space.address + "/search");
  await page.keyboard.press("w");
  await page.keyboard.type("talks");
  await page.keyboard.press("Enter");
  await page.waitForURL(/text=talks/);
  assert.ok((await page.locator("mark").count()) > 0, "hits are marked");
  const party = page.locator(".facets section", { hasText: "Party" }).first().locator("li a").first();
  const wanted = Number((await party.locator(".count").textContent()).replaceAll(",", ""));
  await party.click();
  await page.waitForURL(/party=/);
  const total = Number((await page.locator(".tabs [aria-current] .count").textContent()).replaceAll(",", ""));
  assert.equal(total, wanted, "a count says what it leads to");
  await accessible(page);
  await page.locator(".chips a", { hasText: "party" }).click();
  await page.waitForURL((url) => !url.search.includes("party="));
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/articles\//);
  page.wrong.length = 0; // the page of articles is another's
  await page.goto(space.address + "/search");
  await page.locator(".months a").first().click();
  await page.waitForURL(/since=.*until=/);
  await fits(page);
  well(page);
  await page.closeAll();
});

test("the table holds what is shown", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(space.address + "/search?act=reject");
  const total = Number(await page.locator(".tabs [aria-current] .count").textContent());
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()]);
  const rows = readFileSync(await download.path(), "utf8");
  const response = await page.request.get(space.address + "/api/v1/statements?act=reject");
  assert.equal((await response.json()).total, total);
  assert.ok(rows.startsWith("article,title,outlet,") && total > 0 && rows.split("\n").length > total);
  await page.closeAll();
});
