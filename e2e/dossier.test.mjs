import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

const kept = () => readFileSync(space.dossier, "utf8");
async function opened() {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/dossier`);
  await page.waitForFunction(() => document.querySelectorAll("[data-list='side'] button").length > 0);
  return page;
}

test("the dossier looks well", () => looksWell(chrome, space.address, "/dossier", "dossier"));

test("a form changes a person and leaves all else as it is written", async () => {
  const before = kept();
  const page = await opened();
  await page.getByRole("button", { name: "Change Pavle Orduk" }).click();
  const dialog = page.locator("#edit-person");
  await accessible(page);
  await fits(page);
  await dialog.getByLabel("Other spellings, one a line").fill("P. Orduk");
  await dialog.getByRole("button", { name: "Add an office" }).click();
  await dialog.getByLabel("Title").last().fill("Foreign Minister");
  await dialog.getByLabel("From").last().fill("2031-03-28");
  await dialog.getByRole("button", { name: "Take over" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  const after = kept();
  const added = 'aliases = ["P. Orduk"]\n';
  assert.ok(after.includes(added) && after.includes('title = "Foreign Minister"\nfrom = "2031-03-28"\n'), after);
  assert.equal(after.replace(added, "").replace('[[person.office]]\ntitle = "Foreign Minister"\nfrom = "2031-03-28"\n', "").replaceAll("\n", ""), before.replaceAll("\n", ""));
  well(page);
  await page.closeAll();
});

test("problems are told at their lines, and what is no dossier cannot be kept", async () => {
  const page = await opened();
  await page.keyboard.press("t");
  const area = page.getByLabel("The dossier as TOML");
  await area.fill(`${await area.inputValue()}\n[[issue]]\nid = "empty"\n`);
  await page.getByText(/it has no words/).waitFor();
  const line = (await area.inputValue()).split("\n").indexOf('id = "empty"') + 1;
  const button = page.getByRole("button", { name: `line ${line}`, exact: true }).first();
  await button.click();
  assert.equal(await area.evaluate((a) => a.value.slice(a.selectionStart, a.selectionEnd)), 'id = "empty"');
  assert.equal(await page.locator(".gutter .wrong").first().textContent(), String(line));
  await area.fill("nam = 1\n");
  await page.getByText(/unknown field/).waitFor();
  const before = kept();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/This is no dossier/).waitFor();
  assert.equal(kept(), before);
  await page.closeAll();
});

test("it is shown beforehand what would change", async () => {
  const page = await opened();
  await page.getByRole("button", { name: "Add an issue" }).click();
  const dialog = page.locator("#edit-issue");
  await dialog.getByLabel("Id").first().fill("signature");
  await dialog.getByLabel("What it is, in a few words").fill("the signing");
  await dialog.getByLabel("Words that show it, one a line").fill("sign*\ntreaty\nwater*");
  await dialog.getByRole("button", { name: "Take over" }).click();
  await page.getByText(/^On other issues: [1-9]\d* statements/).waitFor();
  assert.match(await page.locator("[data-preview] a.line").first().getAttribute("href"), /^\/articles\//);
  assert.match(await page.locator("[data-preview]").textContent(), /the signing/);
  await fits(page);
  await accessible(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/dossier-preview.png`, fullPage: true });
  await page.closeAll();
});

test("what somebody else wrote is not lost", async () => {
  const page = await opened();
  const text = kept();
  await page.getByLabel("What the talks are called").fill("Other talks");
  await page.getByLabel("What the talks are called").blur();
  await page.getByText("not saved yet").waitFor();
  writeFileSync(space.dossier, `${text}\n# by hand\n`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/changed by somebody else/).waitFor();
  assert.ok(kept().endsWith("# by hand\n"));
  await page.closeAll();
});

test("what is removed can be taken back, built-in issues can be extended, suggestions taken over", async () => {
  const page = await opened();
  await page.getByRole("button", { name: "Change Vestmere" }).click();
  await page.locator("#edit-side").getByRole("button", { name: "Remove from the dossier" }).click();
  await page.getByText("Vestmere is taken out of the draft.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Change Vestmere" }).waitFor();
  await page.getByText(/^Built-in issues/).click();
  await page.getByRole("button", { name: "Extend ceasefire" }).click();
  await page.locator("#edit-issue").getByLabel("Words that show it, one a line").fill("quiet on the line");
  await page.locator("#edit-issue").getByRole("button", { name: "Take over" }).click();
  await page.getByRole("button", { name: "Change ceasefire" }).waitFor();
  await page.getByRole("button", { name: "Look for them" }).click();
  await page.locator("[data-suggestions] > li").first().waitFor();
  const take = page.locator("[data-suggestions] button").first();
  if (await take.count()) {
    const rows = await page.locator("[data-suggestions] > li").count();
    await take.click();
    await page.getByText(/is in the draft/).waitFor();
    assert.equal(await page.locator("[data-suggestions] > li").count(), rows - 1);
  }
  await page.closeAll();
});
