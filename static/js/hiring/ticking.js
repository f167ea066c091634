// How many are ticked, said where the steps for them are.

import { sentence, whenDrawn } from "./page.js";

const count = () => {
  const note = document.querySelector("[data-picked]");
  if (!note) return;
  const ticked = document.querySelectorAll("input[name=picked]:checked").length;
  if (ticked) note.textContent = sentence("sayPicked", { n: ticked });
};

export const startTicking = () => {
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[name=picked]")) count();
  });
  window.addEventListener("pageshow", count);
  whenDrawn(count);
};
