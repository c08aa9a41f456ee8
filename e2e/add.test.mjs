import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { browser, looksWell, well, workspace } from "./harness.mjs";

const story = (who, what) => `<!DOCTYPE html><html lang="en"><head><title>${what}</title><meta property="article:published_time" content="2031-03-21T09:00:00Z"></head>
<body><article><h1>${what}</h1><p>${who} said on Friday that ${what} would not be signed before the heights were empty. The government in Osmela had
asked for another week, and the mediators had given it, according to three people who were in the room.</p>
<p>“We will wait for the last soldier to leave,” ${who} told reporters. “Then we talk about water and about nothing else until that is done.”</p>
<p>Officials in Porto Cavel gave no answer that day, and the talks were to go on the next morning in the same house by the river.</p></article></body></html>`;

let space, chrome, site, base;
before(async () => {
  site = createServer((request, response) => {
    if (request.url === "/feed.xml") {
      response.setHeader("content-type", "application/rss+xml");
      response.end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><link>${base}/</link><description>d</description>
        <item><title>The annex</title><link>${base}/annex.html</link><guid>1</guid><pubDate>Fri, 21 Mar 2031 09:00:00 GMT</pubDate></item></channel></rss>`);
    } else if (request.url === "/annex.html" || request.url === "/protocol.html") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(request.url === "/annex.html" ? story("Nara Ishkenti", "the annex") : story("Tomas Belvaret", "the protocol"));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => site.listen(0, "127.0.0.1", done));
  base = `http://localhost:${site.address().port}`;
  [space, chrome] = await Promise.all([workspace({ args: ["--allow-host", "localhost"] }), browser()]);
});
after(async () => { await chrome?.close(); await space?.close(); site?.close(); });

async function opened() {
  const page = await chrome.open({ address: space.address });
  await page.goto(`${space.address}/add`);
  return page;
}
/** The newest job, once it is over. */
async function over(page, jobs = 1) {
  await page.waitForFunction((jobs) => document.querySelectorAll("[data-job]").length >= jobs && document.querySelector("[data-state='waiting'], [data-state='going on']") === null, jobs, { timeout: 120_000 });
  return page.locator("[data-job]").first().textContent();
}

test("a pasted text becomes an article, and the same again is known", { timeout: 240_000 }, async () => {
  const page = await opened();
  const before = await page.locator("[data-job]").count();
  for (const [i, told] of [/1 new article with [1-9]/, /0 new articles with 0 statements, 1 known/].entries()) {
    await page.getByLabel("Text of the article").fill("Lusenia will open the port of Cavel on Monday, President Marcela Ourande said.\n\n“We keep our word,” she said in Porto Cavel.");
    await page.getByLabel("Headline").fill("Port to open");
    await page.getByLabel("Published").fill("2031-03-22");
    await page.getByRole("button", { name: "Add the text" }).click();
    await page.getByText("The text is being added.").first().waitFor();
    assert.match(await over(page, before + i + 1), told);
  }
  assert.match(await page.locator("[data-job] .lines a").first().getAttribute("href"), /^\/articles\//);
  well(page);
  await page.closeAll();
});

test("files, also hopeless ones, are added one by one", { timeout: 240_000 }, async () => {
  const page = await opened();
  await page.locator("[data-files]").setInputFiles([
    { name: "a.html", mimeType: "text/html", buffer: Buffer.from(story("Emin Kastrel", "the gauge")) },
    { name: "b.bin", mimeType: "application/octet-stream", buffer: Buffer.from([0, 1, 2, 3, 250, 251, 252]) },
  ]);
  await page.locator("[data-job]").filter({ hasText: "b.bin" }).waitFor();
  assert.match(await over(page), /b\.bin.*something was lost/s);
  assert.match(await page.locator("[data-job]").filter({ hasText: "a.html" }).textContent(), /1 new article/);
  await page.closeAll();
});

test("addresses are fetched, those of private places only by name", { timeout: 240_000 }, async () => {
  const page = await opened();
  await page.getByLabel("One a line").fill(`${base}/protocol.html\n${base.replace("localhost", "127.0.0.1")}/annex.html`);
  await page.getByRole("button", { name: "Fetch and add" }).click();
  await page.locator("[data-job]").filter({ hasText: "protocol.html" }).waitFor();
  const told = await over(page);
  assert.match(told, /1 new article/);
  assert.match(told, /127\.0\.0\.1/);
  await page.closeAll();
});

test("feeds are added, asked, and removed with a way back", { timeout: 240_000 }, async () => {
  const page = await opened();
  await page.getByLabel("Address of an RSS or Atom feed").fill(`${base}/feed.xml`);
  await page.getByRole("button", { name: "Add the feed" }).click();
  await page.getByRole("rowheader", { name: "feed.xml" }).waitFor();
  await page.getByRole("button", { name: "Ask all now" }).click();
  await page.locator("[data-job]").filter({ hasText: "Watched feeds" }).waitFor();
  assert.match(await over(page), /1 new article/);
  await page.waitForFunction(() => document.querySelector("#feeds td.number")?.textContent === "1");
  await page.getByRole("button", { name: /^Remove http/ }).click();
  await page.getByText("No feed is watched.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("rowheader", { name: "feed.xml" }).waitFor();
  await page.getByLabel(/ask them by themselves/).check();
  // It was brought back as a new one, so its time has come.
  await page.locator("[data-job]").filter({ hasText: "whose time has come" }).waitFor({ timeout: 60_000 });
  await over(page);
  well(page);
  await page.closeAll();
});

test("everything can be read again", { timeout: 240_000 }, async () => {
  const page = await opened();
  await page.getByRole("button", { name: "Read all again" }).click();
  await page.locator("[data-job]").filter({ hasText: "All articles read again" }).waitFor();
  assert.match(await over(page), /articles read again, \d+ of them with other statements/);
  await page.closeAll();
});

test("the page looks well", () => looksWell(chrome, space.address, "/add", "add"));
