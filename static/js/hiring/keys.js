// Keys for people who look through many applications. Everything is also on the page.

import { cardOf, cards, moveOf, whenDrawn } from "./page.js";
import { openSheet } from "./sheet.js";

let here = "";

const current = () => {
  const focused = document.activeElement && cardOf(document.activeElement);
  return focused || (here && document.getElementById(`card-${here}`)) || null;
};

const go = (step) => {
  const shown = cards();
  if (!shown.length) return;
  const at = shown.indexOf(current());
  const card = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
  for (const other of document.querySelectorAll(".is-here")) other.classList.remove("is-here");
  card.classList.add("is-here");
  here = card.dataset.card;
  (moveOf(card) || card.querySelector("a")).focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const tick = () => {
  const box = current()?.querySelector("input[name=picked]");
  if (box) box.click();
};

const move = () => {
  const card = current();
  if (card) openSheet(card);
};

const help = () => document.getElementById("desk-keys").showModal();
const search = () => document.querySelector("#filters input[name=q]").focus();

const KEYS = { j: () => go(1), k: () => go(-1), x: tick, m: move, "/": search, "?": help };

// Tick boxes take no letters: keys still work there.
const isTyping = (target) =>
  target.isContentEditable ||
  target.closest("dialog, textarea, select, input:not([type=checkbox])") !== null;

const offer = () => {
  for (const button of document.querySelectorAll("[data-keys]")) button.hidden = false;
};

export const startKeys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) help();
  });
  offer();
  whenDrawn(offer);
};
