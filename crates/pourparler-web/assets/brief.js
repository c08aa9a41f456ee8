// The brief: printed by the browser, which keeps it as PDF, too.
import { key } from "./app.js";

const print = () => window.print();
document.querySelector("[data-print]").addEventListener("click", print);
key("p", "print the brief", print);
