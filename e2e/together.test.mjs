import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, looksWell, well, workspace } from "./harness.mjs";

let space, chrome, names;

const call = async (method, path, body, who = "Ana") => {
  const headers = { "content-type": "application/json", cookie: `reviewer=${who}` };
  const response = await fetch(`${space.address}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
};
const open = async (path, size = {}) => {
  const page = await chrome.open({ address: space.address, ...size });
  await page.goto(space.address + path, { waitUntil: "load" });
  await page.waitForSelector("main.scripted-page");
  return page;
};
const way = (name) => {
  const cut = name.lastIndexOf("/");
  const [article, id] = [name.slice(0, cut), name.slice(cut + 1)].map(encodeURIComponent);
  return `/articles/${article}?at=${id}`;
};

before(async () => {
  [space, chrome] = await Promise.all([workspace(), browser()]);
  names = (await call("GET", "/reviews/queue?limit=6")).items.map(({ name }) => name);
  for (const [n, act] of ["deny", "demand"].entries()) {
    for (const statement of names.slice(0, 2)) await call("POST", "/reviews", { statement, decision: "correct", correction: { act } }, ["Ana", "Ivo"][n]);
  }
  await call("POST", "/comments", { statement: names[2], text: `Is it?\n${"long".repeat(60)}` });
});
after(async () => { await chrome?.close(); await space?.close(); });

test("disagreements look well", () => looksWell(chrome, space.address, "/review/disagreements", "disagreements"));
test("assignments look well", async () => {
  await call("POST", "/assignments", { reviewers: ["Ana", "Ivo"], next: 2, common: 1 });
  await looksWell(chrome, space.address, "/review/assignments", "assignments");
});
test("comments look well", () => looksWell(chrome, space.address, way(names[2]), "comments"));

test("a comment is written, answered and withdrawn beside its statement", async () => {
  const page = await open(way(names[3]));
  const talk = page.locator("[data-talk]").filter({ has: page.locator(`xpath=self::*[@data-talk="${names[3]}"]`) });
  await page.locator(`[data-name="${names[3]}"] [data-comment]`).click();
  await page.fill("#comment textarea", "<b>Who</b> said so?");
  await page.click("#comment .first");
  await talk.getByText("<b>Who</b> said so?").waitFor();
  await talk.locator("[data-answer]").click();
  await page.fill("#comment textarea", "The minister.");
  await page.click("#comment .first");
  await talk.getByText("The minister.").waitFor();
  await talk.locator("[data-withdraw]").first().click();
  await talk.getByText("withdrawn").waitFor();
  assert.equal(await talk.getByText("said so?").count(), 0);
  well(page);
  await page.closeAll();
});

test("one disagreement is settled as it was read, another put right", async () => {
  const page = await open("/review/disagreements");
  assert.equal(await page.locator(".differ").count(), 2);
  await page.locator(".differ [name=note]").first().fill("by the wire");
  await page.locator("[data-settle]").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".differ").length === 1);
  await page.locator("[data-mend]").first().click();
  await page.fill("#correct [name=role]", "Envoy");
  await page.click("#correct .first");
  await page.getByText("No disagreement waits").waitFor();
  const log = await call("GET", "/reviews?limit=2");
  assert.deepEqual(log.items.map(({ reviewer }) => reviewer), ["Tester", "Tester"]);
  well(page);
  await page.closeAll();
});

test("what somebody settled meanwhile is settled once", async () => {
  const [first, second] = ["Ana", "Ivo"];
  for (const [who, act] of [[first, "deny"], [second, "demand"]]) {
    await call("POST", "/reviews", { statement: names[4], decision: "correct", correction: { act } }, who);
  }
  const page = await open("/review/disagreements");
  const decisions = (await page.locator(".differ").first().getAttribute("data-decisions")).split(" ").map(Number);
  await call("POST", "/disagreements/settle", { decisions, choose: decisions[0] });
  await page.locator("[data-settle]").first().click();
  await page.locator(".toast.bad", { hasText: "in the meantime" }).waitFor();
  // The browser notes the refused request, which is what was to be seen.
  page.wrong = page.wrong.filter((line) => !line.includes("409"));
  well(page);
  await page.closeAll();
});

test("articles are assigned, wait for their reviewer, and are taken back", async () => {
  const page = await open("/review/assignments");
  await page.fill("[data-assign] [name=reviewers]", "Tester, Una");
  await page.fill("[data-assign] [name=next]", "1");
  await page.fill("[data-assign] [name=common]", "1");
  await page.click("[data-assign] button");
  await page.locator("td[data-reviewer=Una]").waitFor();
  await page.locator("td[data-reviewer=Una] [data-becomes=withdrawn]").click();
  await page.waitForFunction(() => !document.querySelector("td[data-reviewer=Una]"));
  await page.goto(`${space.address}/review?mine=true`);
  await page.getByText("wait for Tester in the articles").waitFor();
  await page.locator("[data-turn]:not([hidden]) [data-do=accept]").click();
  await page.locator(".toast", { hasText: "Accepted" }).waitFor();
  well(page);
  await page.closeAll();
});
