// The main path: an article is added, its statements are seen, a speaker is corrected, the matrix changes, and it is undone.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, well, workspace } from "./harness.mjs";

const article = `OSMELA, 4 March 2031 - The government of Karveth said on Tuesday that it rejected any sharing of the Ileth's water.

"We oppose every quota on the Ileth," said Foreign Minister Nara Ishkenti.`;

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace({ inputs: [] }), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

test("from an article to the matrix and back", async () => {
  const page = await chrome.open({ address: space.address });

  // An empty ledger says what to do first.
  await page.goto(space.address + "/");
  await page.getByRole("link", { name: /add/i }).first().click();
  await page.waitForURL(/\/add/);

  // Add.
  await page.getByLabel("Text of the article").fill(article);
  await page.getByLabel("Published").fill("2031-03-04");
  await page.getByRole("button", { name: "Add the text" }).click();
  const made = page.locator("main a[href^='/articles/']").first();
  await made.waitFor({ timeout: 60_000 });
  await made.click();
  await page.waitForURL(/\/articles\//);
  const text = await page.locator("main").innerText();
  assert.match(text, /Nara Ishkenti/);

  // The matrix before.
  const matrix = async () => {
    await page.goto(space.address + "/matrix");
    return page.locator("main").innerText();
  };
  const reader = page.url();
  const before = await matrix();
  assert.match(before, /Karveth/);

  // Correct for whom the government speaks.
  await page.goto(reader);
  const card = page.locator("[data-line]", { hasText: "government of Karveth" }).last();
  await card.focus();
  await page.keyboard.press("e");
  await page.getByLabel("Party").fill("Velmora");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent.includes("corrected by Tester"));

  const corrected = await matrix();
  assert.match(corrected, /Velmora/, "the matrix has the party that was given");

  // Undo.
  await page.goto(reader);
  await card.focus();
  await page.keyboard.press("u");
  await page.waitForFunction(() => !document.activeElement.textContent.includes("corrected by Tester"));
  assert.doesNotMatch(await matrix(), /Velmora/, "the matrix is as it was");
  well(page);
});
