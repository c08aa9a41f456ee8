// Starts the real program on a ledger of its own, and a browser that looks at it.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const program = process.env.POURPARLER ?? join(root, "target/debug/pourparler");
const browserProgram = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A workspace over a ledger of its own. `inputs` are added to it first: the example articles where none are named. */
export async function workspace({ inputs = [join(root, "examples/articles")], args = [] } = {}) {
  assert.ok(existsSync(program), `${program} is not there: build it with cargo, or name it in POURPARLER`);
  const folder = mkdtempSync(join(tmpdir(), "pourparler-e2e-"));
  const [ledger, dossier] = [join(folder, "talks.db"), join(folder, "talks.toml")];
  cpSync(join(root, "examples/dossier.toml"), dossier);
  if (inputs.length > 0) {
    execFileSync(program, ["add", ...inputs, "--dossier", dossier, "--ledger", ledger], { stdio: ["ignore", "ignore", "inherit"] });
  }
  const server = spawn(
    program,
    ["serve", "--ledger", ledger, "--dossier", dossier, "--listen", "127.0.0.1:0", "--reviewer", "Tester", ...args],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = [];
  const address = await new Promise((found, failed) => {
    server.once("exit", (code) => failed(new Error(`the program ended with ${code} before it served`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      lines.push(line);
      const told = line.match(/http:\/\/\S+/);
      if (told) found(told[0].replace(/\/$/, ""));
    });
  });
  const close = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, folder, ledger, dossier, program, lines, close };
}

/** A browser; each page that it opens fails the test where something on it goes wrong. */
export async function browser() {
  assert.ok(existsSync(browserProgram), `${browserProgram} is not there: install Chromium, or name it in CHROMIUM`);
  const launched = await chromium.launch({
    executablePath: browserProgram,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const open = async ({ width = 1400, height = 1000, theme = "light", address } = {}) => {
    const context = await launched.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.wrong = [];
    page.on("pageerror", (error) => page.wrong.push(`script: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") page.wrong.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (address && !url.startsWith(address) && !url.startsWith("data:") && !url.startsWith("blob:")) page.wrong.push(`foreign request: ${url}`);
    });
    page.closeAll = () => context.close();
    return page;
  };
  return { open, close: () => launched.close() };
}

/** Fails where axe-core finds a violation of WCAG 2.2 A or AA, or of its best practices. */
export async function accessible(page) {
  // What is off the screen may not be laid out yet, and then lies over what follows in a room of its guessed height: nobody sees it
  // so, yet axe would, and whether it does hangs on how busy the machine is.
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("*")) {
      if (getComputedStyle(one).contentVisibility === "auto") one.style.contentVisibility = "visible";
    }
  });
  // The policy of our pages lets no foreign script in; this one comes through the browser's own door.
  const results = await page.evaluate(`(() => { ${axeSource}; return axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }); })()`);
  const told = results.violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 4).map((n) => n.html.slice(0, 200) + "\n      " + n.failureSummary.replaceAll("\n", " ")).join("\n    ")}`);
  assert.deepEqual(told, [], `${page.url()} has violations:\n  ${told.join("\n  ")}`);
}

/** Fails where the page is wider than the window, so that it would have to be scrolled sideways. */
export async function fits(page) {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= window, `${page.url()} is ${wide} wide in a window of ${window}`);
}

/** Fails where anything went wrong on the page so far. */
export function well(page) {
  assert.deepEqual(page.wrong, [], `${page.url()}`);
}

/** Every check of a page that has one address, wide and narrow, light and dark. `SHOTS` names a folder for pictures. */
export async function looksWell(chrome, address, path, name, { cookies = [] } = {}) {
  for (const [width, theme] of [[1400, "light"], [1400, "dark"], [400, "light"], [400, "dark"]]) {
    const page = await chrome.open({ width, height: width === 400 ? 850 : 1000, theme, address });
    await page.context().addCookies(cookies);
    const response = await page.goto(address + path, { waitUntil: "load" });
    assert.equal(response.status(), 200, path);
    const body = await response.body();
    assert.ok(body.length <= 200_000, `${path} has ${body.length} bytes`);
    await page.waitForTimeout(100);
    well(page);
    await fits(page);
    await accessible(page);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}-${theme}.png`) });
    await page.closeAll();
  }
}
