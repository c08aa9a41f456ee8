// Search: keys for its pages and its words.
import { key } from "./app.js";

const follow = (id) => document.getElementById(id)?.click();
key("n", "next page", () => follow("next-page"));
key("p", "page before", () => follow("previous-page"));
key("w", "to the words", () => {
  const words = document.getElementById("words");
  words.focus();
  words.select();
});
