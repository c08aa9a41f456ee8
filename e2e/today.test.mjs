import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

let space, empty, chrome;
before(async () => { [space, empty, chrome] = await Promise.all([workspace(), workspace({ inputs: [] }), browser()]); });
after(async () => { await chrome?.close(); await Promise.all([space?.close(), empty?.close()]); });

test("today looks well", () => looksWell(chrome, space.address, "/", "today"));
test("an empty ledger looks well", () => looksWell(chrome, empty.address, "/", "today-empty"));

test("what was seen is marked by key, undone, and what comes in is told", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(space.address + "/");
  assert.ok((await page.locator(".new-things a.line").count()) > 0, "all is new at first");
  await page.keyboard.press("e");
  await page.locator(".seen-all").waitFor();
  assert.equal(await page.locator(".new-things").first().isVisible(), false);
  await page.locator(".toast button").click();
  await page.locator(".new-things").first().waitFor();
  await page.reload();
  assert.ok((await page.locator(".new-things a.line").count()) > 0, "undone");
  await page.locator("[data-seen]").click();
  await page.locator(".seen-all").waitFor();
  await page.reload();
  await page.locator("text=Nothing is new since you last looked").waitFor();
  await accessible(page);

  // Another program adds an article; the page tells of it and stays as it is.
  const article = { id: "late", outlet: "Osmela Courier", published: "2031-03-29", language: "en", text: "OSMELA — \"We will open the dam gates next week,\" Foreign Minister Nara Ishkenti said on Friday.\n\nLusenia said it would wait and see." };
  const file = join(space.folder, "late.json");
  writeFileSync(file, JSON.stringify(article));
  execFileSync(space.program, ["add", file, "--dossier", space.dossier, "--ledger", space.ledger], { stdio: "ignore" });
  await page.locator(".arrived").waitFor({ timeout: 15000 });
  await fits(page);
  await page.locator("[data-show]").click();
  await page.locator("h2", { hasText: "New statements" }).waitFor();
  await page.keyboard.press("j");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("href")), /^\/articles\//);
  well(page);
  await page.closeAll();
});
