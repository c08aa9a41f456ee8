import { after, before, test } from "node:test";
import { browser, looksWell, workspace } from "./harness.mjs";

let space, chrome;
before(async () => { [space, chrome] = await Promise.all([workspace(), browser()]); });
after(async () => { await chrome?.close(); await space?.close(); });

test("the matrix looks well", () => looksWell(chrome, space.address, "/matrix", "matrix"));
