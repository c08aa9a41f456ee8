import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browser, looksWell, well, workspace } from "./harness.mjs";

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

for (const [name, path] of [["brief", "/brief"], ["brief-narrow", "/brief?party=Karveth&party=Lusenia&issue=water&until=2031-03-20"], ["brief-none", "/brief?party=Nobody"]]) {
  test(`${path} looks well`, () => looksWell(chrome, space.address, path, name));
}

test("a number leads to its statement and from there to the sentence", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/brief`);
  const cite = page.locator(".brief a.cite").first();
  const number = await cite.textContent();
  await cite.click();
  assert.equal(new URL(page.url()).hash, `#s${number}`);
  const sentence = await page.locator(`#s${number} .number a`).getAttribute("href");
  assert.match(sentence, /^\/articles\/[^?]+\?at=[^#]+#.+/);
  well(page);
  await page.closeAll();
});

test("parties, issues and days narrow it, and the address tells which", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/brief`);
  await page.getByText("Parties: all").click();
  await page.getByRole("checkbox", { name: /^Karveth/ }).check();
  await page.getByRole("checkbox", { name: /^Lusenia/ }).check();
  await page.getByLabel("Title").fill("Two of them");
  await page.getByRole("button", { name: "Write it" }).click();
  // Which of them stands first, hangs on how much each has said.
  await page.waitForURL((url) => ["Karveth", "Lusenia"].every((party) => url.searchParams.getAll("party").includes(party)));
  assert.equal(await page.locator("h1").textContent(), "Two of them");
  const [first, ...parties] = await page.locator(".brief table.standing thead th").allTextContents();
  assert.deepEqual([first, ...parties.sort()], ["Issue", "Karveth", "Lusenia"]);
  assert.match(await page.getByText(/^Parties: 2 of/).textContent(), /2 of/);
  well(page);
  await page.closeAll();
});

test("it can be taken along, as it is chosen", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/brief?party=Karveth`);
  for (const [label, name, holds] of [["HTML", /^brief-.*\.html$/, "<!DOCTYPE html>"], ["Markdown", /^brief-.*\.md$/, "# Where Karveth stands"]]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: label, exact: true }).click()]);
    assert.match(download.suggestedFilename(), name);
    assert.ok(readFileSync(await download.path(), "utf8").startsWith(holds));
  }
  const json = await (await fetch(`${space.address}/api/v1/brief?party=Karveth&limit=2`)).json();
  assert.equal(json.statements.items.length, 2);
  assert.equal(json.statements.items[0].number, 1);
  assert.deepEqual(json.parties, ["Karveth"]);
  await page.closeAll();
});

test("printed there is only the brief", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/brief`);
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".top", "nav.wide", ".making-brief", ".bottom"]) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.ok(await page.locator(".brief h1").isVisible());
  await page.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: /^Print/ }).click();
  await page.keyboard.press("p");
  assert.equal(await page.evaluate(() => window.printed), 2);
  await page.closeAll();
});
