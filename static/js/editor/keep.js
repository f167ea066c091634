// What is typed is kept on the server every few seconds and on leaving, so that a closed
// page loses nothing. Without this file the buttons of each page save as before.

const PAUSE = 3000;
const PATIENCE = 8000;
const form = document.getElementById("posting-form");
const note = document.querySelector("[data-kept]");
let timer = 0;
let request = null;
let kept = "";
let isLeaving = false;
let isRefused = false;

const body = () => new URLSearchParams(new FormData(form));

// The token changes with every page: it says nothing about what was typed.
const words = () => {
  const found = body();
  found.delete("csrfmiddlewaretoken");
  return String(found);
};

const say = (text) => {
  note.hidden = !text;
  if (note.textContent !== text) note.textContent = text;
};

const keep = async () => {
  const now = words();
  if (isLeaving || now === kept) return;
  request?.abort();
  const mine = new AbortController();
  request = mine;
  const late = setTimeout(() => mine.abort("late"), PATIENCE);
  try {
    const reply = await fetch(form.dataset.keep, {
      method: "POST", body: body(), signal: mine.signal });
    // Sent in by a colleague meanwhile, or signed out: asking again changes nothing.
    isRefused = reply.redirected || (reply.status >= 400 && reply.status < 500);
    if (!reply.ok || reply.redirected) throw new Error(reply.status);
    say((await reply.json()).told);
    kept = now;
  } catch {
    if (mine === request && !isLeaving) {
      say(form.dataset.notKept);
      if (!isRefused) soon(PAUSE * 3);
    }
  } finally {
    clearTimeout(late);
  }
};

const soon = (pause = PAUSE) => {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
};

// A phone may never come back to a page it has put away.
const leave = () => {
  if (isLeaving || words() === kept) return;
  kept = words();
  navigator.sendBeacon(form.dataset.keep, body());
};

kept = words();
form.addEventListener("input", () => soon());
form.addEventListener("change", () => soon());
form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
  request?.abort();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", () => { isLeaving = false; });
window.addEventListener("online", () => soon(0));
