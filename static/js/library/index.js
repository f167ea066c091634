// Which pieces fit what is heavy now: worked out here, remembered only on a tap.
import { saysDanger } from "../plain-words.js";
import { forget, say, store, stored } from "./device.js";

const KEY = "pieces-for-me";
const FELT = "pieces-felt";
const choose = document.querySelector("[data-choose]");
const found = document.querySelector("[data-found]");
const first = document.querySelector("[data-first]");
const list = document.querySelector("[data-all]");
const title = document.getElementById("all");
const word = document.getElementById("find");
const boxes = [...choose.querySelectorAll("input[type=checkbox]")];
const cards = [...list.children];
const felt = stored(FELT) || {};

const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
const tagsOf = (card) => card.dataset.tags.split(" ");

// Tags in common count most; what helped before, and what was like it, comes first.
const weightOf = (card, tags) => {
  const same = tagsOf(card).filter((tag) => tags.includes(tag)).length;
  const own = { yes: 0.5, no: -0.75 }[felt[card.dataset.piece]] || 0;
  return same + own;
};

// For the night itself, where to go, and for somebody else.
const DARK = ["r30", "r28", "r29"];

const show = () => {
  const tags = ticked();
  const sought = word.value.trim().toLowerCase();
  // Whoever looks for a way out is not told that nothing fits.
  const isDark = saysDanger(sought);
  const fits = (card) => isDark
    ? tagsOf(card).includes("crisis")
    : (!tags.length || tagsOf(card).some((tag) => tags.includes(tag))) &&
      (!sought || card.textContent.toLowerCase().includes(sought));
  const weight = (card) =>
    isDark ? DARK.indexOf(card.dataset.piece) : weightOf(card, tags);
  const order = [...cards].sort(
    (a, b) => weight(b) - weight(a) || cards.indexOf(a) - cards.indexOf(b));
  list.replaceChildren(...order);
  let number = 0;
  for (const card of cards) {
    card.hidden = !fits(card);
    number += card.hidden ? 0 : 1;
  }
  const asked = tags.length > 0 || sought !== "";
  first.hidden = asked;
  list.parentElement.hidden = number === 0;
  title.textContent = asked ? title.dataset.fitTitle : title.dataset.allTitle;
  found.textContent = "";
  if (!asked) return;
  say(found, number ? "some" : "none");
  found.textContent = found.textContent.replace("{number}", number);
};

const kept = stored(KEY) || [];
for (const box of boxes) {
  box.checked = kept.includes(box.value);
  box.addEventListener("change", show);
}
word.addEventListener("input", show);
choose.querySelector("[data-keep-ticks]").addEventListener("click", () => {
  say(found, store(KEY, ticked()) ? "kept" : "failed");
});
choose.querySelector("[data-drop-ticks]").addEventListener("click", () => {
  forget(KEY);
  for (const box of boxes) box.checked = false;
  word.value = "";
  show();
});
choose.hidden = false;
show();
