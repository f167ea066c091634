// "Move" opens a sheet with what is possible; a step that is refused keeps its words.

import { lost, moveOf, refresh, say, toast } from "./page.js";

const sheet = document.getElementById("desk-sheet");
const HEADERS = { "HX-Request": "true" };
let card = "";

const fill = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  sheet.replaceChildren(...page.body.childNodes);
  // Texts count down as on every page (forms.js).
  sheet.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
};

const show = (html) => {
  fill(html);
  if (!sheet.open) sheet.showModal();
  const first = sheet.querySelector(
    "[role=alert], [data-error-summary], details[open] textarea, details[open] input:not([type=hidden])",
  ) || sheet.querySelector("#sheet-title");
  if (first) {
    if (!first.matches("input, textarea, [tabindex]")) first.tabIndex = -1;
    first.focus();
  }
};

export const openSheet = async (of, to = "") => {
  const link = moveOf(of);
  if (!link) return;
  card = of.dataset.card;
  const url = new URL(link.href);
  if (to) url.searchParams.set("to", to);
  try {
    const answer = await fetch(url, { headers: HEADERS });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(await answer.text());
  } catch {
    location.assign(url);
  }
};

// What became of a step: done, or the sheet once more with why not.
export const send = async (url, body, of) => {
  card = of;
  try {
    const answer = await fetch(url, { method: "POST", headers: HEADERS, body });
    if (answer.status === 409 || answer.status === 422) {
      show(await answer.text());
      if (answer.status === 409) await redrawBehind();
      return;
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const { said } = await answer.json();
    if (sheet.open) sheet.close();
    await refresh(of);
    say(said);
    toast(said);
  } catch {
    lost();
  }
};

// Somebody was quicker: the board shows it while the sheet stays as it is.
const redrawBehind = async () => {
  const at = document.activeElement;
  await refresh();
  if (at && sheet.contains(at)) at.focus();
};

export const startSheet = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSheet(link.closest("[data-card]"));
  });
  sheet.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-step]")) return;
    event.preventDefault();
    send(form.action, new FormData(form), card).finally(() => {
      // The form may be sent again at once (forms.js holds it for a while).
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
    });
  });
  sheet.addEventListener("close", () => {
    const back = document.getElementById(`card-${card}`);
    const link = back && moveOf(back);
    if (link) link.focus();
  });
};
