// The frame of every page: menu, messages, dialogs. Without this file the menu is
// a plain <details>, messages stay, and dialog links lead to their own page.

const symbol = (name) => {
  const source = document.querySelector("svg.icon use");
  const sheet = source ? source.getAttribute("href").split("#")[0] : "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sheet}#${name}`);
  svg.append(use);
  return svg;
};

const addCloseButtons = (root) => {
  for (const message of root.querySelectorAll("[data-message]:not([data-ready])")) {
    message.dataset.ready = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "message-close";
    button.setAttribute("aria-label", message.dataset.closeLabel);
    button.append(symbol("x"));
    button.addEventListener("click", () => message.remove());
    message.append(button);
  }
};

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
};

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("[data-menu]"));

  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && dialog.showModal && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = event.target.closest("[data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// A dropped connection is said aloud instead of leaving a button that does nothing.
const sayLost = () => {
  const toasts = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = "message is-caution";
  note.append(symbol("triangle-alert"), Object.assign(
    document.createElement("div"), { textContent: toasts.dataset.lost }));
  toasts.replaceChildren(note);
  setTimeout(() => note.remove(), 8000);
};
document.addEventListener("htmx:sendError", sayLost);
document.addEventListener("htmx:timeout", sayLost);
document.addEventListener("htmx:responseError", sayLost);
document.addEventListener("htmx:afterSettle", () => addCloseButtons(document));

addCloseButtons(document);

// On a narrow screen the tab one is on may lie outside the strip.
for (const tab of document.querySelectorAll(".tabs a[aria-current]")) {
  const strip = tab.parentElement;
  strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
}

// Wherever people looking for work write freely, a few words bring the help card up
// (js/help-words.js). The page holds the card only for them, and on self-help pages.
const helpCard = document.getElementById("help-card");
const watch = (node) => {
  if (node.matches("textarea, [data-help-words]")) import(helpCard.dataset.script);
};
if (helpCard) {
  // With the page: a request at the first word would say that somebody writes.
  const field = document.querySelector("textarea, [data-help-words]");
  if (field) watch(field);
  // What htmx brings later.
  document.addEventListener("focusin", (event) => watch(event.target));
}
