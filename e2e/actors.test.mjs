import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

let space, chrome, actors;
before(async () => {
  [space, chrome] = await Promise.all([workspace(), browser()]);
  actors = (await (await fetch(space.address + "/api/v1/actors")).json()).items;
});
after(async () => { await chrome?.close(); await space?.close(); });

test("the list looks well", () => looksWell(chrome, space.address, "/actors", "actors"));
test("an actor looks well", () => looksWell(chrome, space.address, `/actors/${actors[0].id}`, "actor"));
test("no actor found looks well", () => looksWell(chrome, space.address, "/actors?name=nobody", "actors-none"));

test("merging, undoing, splitting, renaming", async () => {
  const [first, second] = actors.filter((actor) => actor.kind === "person");
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/actors/${first.id}`);
  await page.keyboard.press("m");
  await page.locator("#merge-find").fill(second.name.split(" ").at(-1));
  await page.locator(`#merge-found input[value="${second.id}"]`).check();
  await accessible(page);
  await page.locator("#merge button[value=do]").click();
  await page.locator(".toast", { hasText: "Merged." }).waitFor();
  assert.ok((await page.locator(".facts").textContent()).includes("decided by a person"));
  const moved = await page.request.get(`${space.address}/actors/${second.id}`);
  assert.equal(new URL(moved.url()).pathname, new URL(page.url()).pathname, "both ids lead to the one that stays");
  await page.locator(".toast button").click();
  await page.locator(".toast", { hasText: "Undone." }).waitFor();
  assert.equal(new URL((await page.request.get(`${space.address}/actors/${second.id}`)).url()).pathname, `/actors/${second.id}`);

  await page.goto(`${space.address}/actors/${first.id}`);
  await page.locator("[data-decide=rename]").click();
  await page.locator("#rename [name=name]").fill("Somebody Else");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Somebody Else" }).waitFor();
  await page.goto(`${space.address}/actors`);
  await page.locator(".decisions [data-undo]").first().click();
  await page.locator(".toast", { hasText: "Undone." }).waitFor();
  assert.equal(await page.locator("text=Somebody Else >> visible=true").count() > 0, true, "the log keeps it");
  await accessible(page);
  await fits(page);
  well(page);
  await page.closeAll();
});

test("figures lead to the statements that they count", async () => {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/actors/${actors[0].id}`);
  const link = page.locator("section", { has: page.locator("#issues") }).locator("td.number a").first();
  const wanted = Number(await link.textContent());
  await link.click();
  await page.waitForURL(/issue=/);
  assert.equal(Number(await page.locator("#said-title .count").textContent()), wanted);
  well(page);
  await page.closeAll();
});
