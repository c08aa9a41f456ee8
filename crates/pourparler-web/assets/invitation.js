// The code of an invitation stands behind `#` in its link, which browsers send nowhere. It is taken from there and out of the history.

import "./app.js";

const form = document.querySelector("[data-invitation]");
const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
}
