import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { accessible, browser, fits, looksWell, well, workspace } from "./harness.mjs";

const password = "dam gate salt lamp";
let space, chrome, owner;
before(async () => { [space, chrome] = await Promise.all([workspace({ args: ["--team"] }), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

/** Waits for what the program prints. */
async function printed(pattern) {
  for (let i = 0; i < 100; i++) {
    const line = space.lines.find((told) => pattern.test(told));
    if (line) return line.trim();
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the program did not print ${pattern}`);
}

/** A page in a browser of its own, at an address. */
async function opened(path, options = {}) {
  const page = await chrome.open({ address: space.address, ...options });
  await page.goto(path.startsWith("http") ? path : space.address + path);
  return page;
}

test("the first owner comes in by the link that the program prints", async () => {
  const link = await printed(/\/invitation#/);
  owner = await opened(link);
  await owner.getByRole("heading", { name: "Come in" }).waitFor();
  assert.ok(!owner.url().includes("#"), "the code is out of the address");
  await accessible(owner);
  await fits(owner);
  await owner.getByLabel("Name, under which").fill("Ana Ortega");
  await owner.getByLabel("Password").fill(password);
  await owner.getByRole("button", { name: "Come in" }).click();
  await owner.locator("footer").getByText("Ana Ortega").waitFor();
  assert.match(await owner.locator("footer").textContent(), /Ana Ortega, owner/);
  well(owner);
});

test("pages before and after the door look well", { timeout: 120_000 }, async () => {
  await looksWell(chrome, space.address, "/sign-in?to=%2Fmatrix", "sign-in");
  await looksWell(chrome, space.address, "/invitation", "invitation");
  const cookies = await owner.context().cookies();
  await looksWell(chrome, space.address, "/account", "account", { cookies });
  await looksWell(chrome, space.address, "/people", "people", { cookies });
});

test("an owner invites, the invited sees what their role may do", async () => {
  await owner.goto(space.address + "/people");
  await owner.locator("[data-invite]").getByLabel("Name").fill("Ben Reader");
  await owner.locator("[data-invite]").getByLabel("Role").selectOption("reader");
  await owner.getByRole("button", { name: "Make the link" }).click();
  await owner.locator("#made[open]").waitFor();
  await accessible(owner);
  const link = await owner.locator("[data-made]").inputValue();
  await owner.getByRole("button", { name: "Close" }).click();
  await owner.getByRole("heading", { name: "Invitations that hold" }).waitFor();
  assert.ok(!(await owner.content()).includes(link.split("#")[1]), "shown once");

  const ben = await opened(link);
  await ben.getByLabel("Password").fill("too short");
  await ben.getByRole("button", { name: "Come in" }).click();
  assert.equal(await ben.getByLabel("Password").evaluate((field) => field.validity.tooShort), true);
  await ben.getByLabel("Password").fill(password);
  await ben.getByRole("button", { name: "Come in" }).click();
  await ben.locator("footer").getByText("Ben Reader").waitFor();
  assert.match(await ben.locator("footer").textContent(), /Ben Reader, reader/);
  const places = await ben.locator("nav.wide").textContent();
  assert.ok(!places.includes("People") && !places.includes("Add"), places);
  await ben.goto(space.address + "/articles");
  await ben.locator("main a[href^='/articles/']").first().click();
  await ben.locator("[data-do='accept']").first().waitFor({ state: "attached" });
  assert.equal(await ben.locator("[data-do='accept']:visible").count(), 0, "a reader is not offered to decide");
  well(ben);

  // Another role is there with the next page.
  await owner.reload();
  await owner.getByLabel("Role of Ben Reader").selectOption("reviewer");
  await owner.getByText("Ben Reader is reviewer now.").waitFor();
  await ben.reload();
  assert.match(await ben.locator("footer").textContent(), /Ben Reader, reviewer/);
  assert.ok((await ben.locator("[data-do='accept']:visible").count()) > 0);
  const decided = ben.waitForResponse((response) => response.url().endsWith("/api/v1/reviews"));
  await ben.locator("[data-do='accept']:visible").first().click();
  assert.equal((await decided).status(), 200);
  await ben.goto(space.address + "/review/log");
  assert.match(await ben.locator("main").textContent(), /Ben Reader/);
  well(ben);

  // Whose account is ended is out at once.
  owner.once("dialog", (dialog) => dialog.accept());
  await owner.locator("tr", { hasText: "Ben Reader" }).getByRole("button", { name: "End the account" }).click();
  await owner.getByRole("button", { name: "Let in again" }).waitFor();
  await ben.goto(space.address + "/matrix");
  await ben.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.match(ben.url(), /\/sign-in\?to=%2Fmatrix$/);
  await ben.closeAll();
});

test("signing out and in again leads back, on a narrow page, too", async () => {
  const page = await opened("/issues", { width: 400, height: 850 });
  await page.getByLabel("Name or mail address").fill("ana ortega");
  await page.getByLabel("Password").fill("not the right one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("do not belong together").waitFor();
  assert.equal(await page.getByLabel("Name or mail address").inputValue(), "ana ortega");
  await accessible(page);
  await fits(page);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(space.address + "/issues");
  await page.goto(space.address + "/account");
  assert.equal(await page.locator("tbody tr", { has: page.locator(".badge") }).count(), 1);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(space.address + "/sign-in");
  await page.goto(space.address + "/issues");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.closeAll();
});

test("a token is shown once and works; another password ends it and other sessions", async () => {
  const elsewhere = await opened("/sign-in");
  await elsewhere.getByLabel("Name or mail address").fill("Ana Ortega");
  await elsewhere.getByLabel("Password").fill(password);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL(space.address + "/");
  await owner.goto(space.address + "/account");
  await owner.getByLabel("What it is for").fill("nightly export");
  await owner.getByRole("button", { name: "Make a token" }).click();
  await owner.locator("#made[open]").waitFor();
  const token = await owner.locator("[data-made]").inputValue();
  const asked = () => fetch(space.address + "/api/v1/me", { headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual(await (await asked()).json(), { name: "Ana Ortega", role: "reader", in_person: false });
  await owner.getByRole("button", { name: "Close" }).click();
  await owner.getByText("nightly export").waitFor();
  await owner.getByLabel("The password so far").fill(password);
  await owner.getByLabel("The new one").fill("four quite other words");
  await owner.getByRole("button", { name: "Change the password" }).click();
  await owner.getByText("The password is changed").waitFor();
  assert.equal((await asked()).status, 401);
  await elsewhere.goto(space.address + "/matrix");
  await elsewhere.getByRole("heading", { name: "Sign in" }).waitFor();
  await owner.reload();
  await owner.getByRole("heading", { name: "Your account" }).waitFor();
  well(owner);
  await elsewhere.closeAll();
});
