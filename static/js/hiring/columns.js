// On a phone the board shows one column; tabs and swipes change it without the network.

import { columnOf, whenDrawn } from "./page.js";

const FAR = 60;
let from = null;

const tabs = () => [...document.querySelectorAll("[data-tab]")];
const isNarrow = () => window.matchMedia("(max-width: 59.99rem)").matches;

const showColumn = (name, { scroll = true } = {}) => {
  const column = columnOf(name);
  if (!column) return;
  for (const other of document.querySelectorAll("[data-column]")) {
    other.classList.toggle("is-current", other === column);
  }
  for (const tab of tabs()) {
    if (tab.dataset.tab !== name) {
      tab.removeAttribute("aria-current");
      continue;
    }
    tab.setAttribute("aria-current", "page");
    const strip = tab.parentElement;
    if (scroll) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
    history.replaceState(history.state, "", tab.href);
  }
};

const next = (step) => {
  const names = tabs().map((tab) => tab.dataset.tab);
  const now = document.querySelector("[data-column].is-current");
  const name = names[names.indexOf(now?.dataset.column) + step];
  if (name) showColumn(name);
};

const isBoard = (event) => isNarrow() && event.target.closest?.("[data-board]");

export const startColumns = () => {
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    if (!tab || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    showColumn(tab.dataset.tab);
  });
  document.addEventListener("touchstart", (event) => {
    const [touch] = event.touches;
    from = isBoard(event) && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!from) return;
    const [touch] = event.changedTouches;
    const [x, y] = [touch.clientX - from.x, touch.clientY - from.y];
    from = null;
    // A scroll that goes a little sideways is still a scroll.
    if (Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(y)) next(x < 0 ? 1 : -1);
  }, { passive: true });
  whenDrawn((shown) => { if (shown && isNarrow()) showColumn(shown); });
};
