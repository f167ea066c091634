// Cards are carried by a pointer, or with the arrow keys on their "Move".

import { cardOf, columnOf, desk, say, sentence, toast, waysOf, whenDrawn } from "./page.js";
import { openSheet, send } from "./sheet.js";

let carried = null; // the card under the pointer
let over = ""; // the column it is over
let aiming = null; // { card, at }: which of its ways the arrow keys point to

const columns = () => [...document.querySelectorAll("[data-column]")];

const mark = (card) => {
  const possible = new Set(waysOf(card).map((way) => way.column));
  desk().classList.add("is-choosing");
  for (const column of columns()) {
    column.classList.toggle("is-possible", possible.has(column.dataset.column));
  }
};

const aimAt = (name) => {
  for (const column of columns()) {
    column.classList.toggle("is-aim", column.dataset.column === name);
  }
};

const unmark = () => {
  desk().classList.remove("is-choosing");
  for (const column of columns()) column.classList.remove("is-possible", "is-aim");
};

// One step that needs nothing is taken at once; everything else asks on the sheet.
export const carry = (card, column) => {
  const ways = waysOf(card).filter((way) => way.column === column);
  const said = { name: card.dataset.name, column: columnOf(column)?.dataset.name || "" };
  if (!ways.length) {
    say(sentence("sayRefused", said));
    toast(sentence("sayRefused", said), "is-caution");
    return;
  }
  if (ways.length > 1 || ways[0].how !== "now") {
    openSheet(card, column);
    return;
  }
  const [{ event }] = ways;
  const body = new FormData();
  const token = document.querySelector("[data-desk] input[name=csrfmiddlewaretoken]");
  body.set("csrfmiddlewaretoken", token.value);
  body.set("event", event);
  body.set("to", column);
  body.set(`${event}-version`, card.dataset.version);
  const link = card.querySelector("[data-move]");
  send(new URL(link.href).pathname, body, card.dataset.card);
};

const startPointer = () => {
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card][draggable]");
    if (!card) return;
    [carried, over] = [card, ""];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.name);
    card.classList.add("is-carried");
    mark(card);
  });
  document.addEventListener("dragover", (event) => {
    if (!carried) return;
    const column = event.target.closest?.("[data-column]");
    over = column ? column.dataset.column : "";
    const possible = column?.classList.contains("is-possible");
    aimAt(possible ? over : "");
    if (possible) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const column = carried && event.target.closest?.("[data-column]");
    if (!column) return;
    event.preventDefault();
    over = "";
    carry(carried, column.dataset.column);
  });
  document.addEventListener("dragend", () => {
    if (!carried) return;
    carried.classList.remove("is-carried");
    // Let go where it cannot stand: nothing was dropped, so it is said here.
    if (over && over !== carried.closest("[data-column]")?.dataset.column) carry(carried, over);
    [carried, over] = [null, ""];
    unmark();
  });
};

const aim = (card, step) => {
  const ways = [...new Set(waysOf(card).map((way) => way.column))];
  const name = card.dataset.name;
  if (!ways.length) {
    say(sentence("sayNone", { name }));
    return;
  }
  const before = aiming && aiming.card === card ? aiming.at : step > 0 ? -1 : 0;
  const at = (before + step + ways.length) % ways.length;
  aiming = { card, at };
  mark(card);
  aimAt(ways[at]);
  columnOf(ways[at])?.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(sentence("sayAim", { name, column: columnOf(ways[at])?.dataset.name || "" }));
};

const leave = ({ silent = false } = {}) => {
  if (!aiming) return;
  if (!silent) say(sentence("sayLeft", { name: aiming.card.dataset.name }));
  aiming = null;
  unmark();
};

const startArrows = () => {
  document.addEventListener("keydown", (event) => {
    const link = event.target.closest?.("[data-move]");
    if (!link || !document.querySelector("[data-board]")) return;
    const card = cardOf(link);
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      aim(card, event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "Enter" && aiming?.card === card) {
      event.preventDefault();
      const ways = [...new Set(waysOf(card).map((way) => way.column))];
      const column = ways[aiming.at];
      leave({ silent: true });
      carry(card, column);
    } else if (event.key === "Escape" && aiming) {
      event.preventDefault();
      leave();
    }
  });
  document.addEventListener("focusout", (event) => {
    if (aiming && event.target.closest?.("[data-move]")) leave({ silent: true });
  });
};

// Fingers scroll: for them there is the sheet.
const lift = () => {
  if (!window.matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  for (const card of document.querySelectorAll("[data-board] [data-card]")) {
    if (card.dataset.ways) card.draggable = true;
  }
};

export const startCarrying = () => {
  startPointer();
  startArrows();
  lift();
  whenDrawn(lift);
};
