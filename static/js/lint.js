// The posting form, read along: words a rule found are underlined where they stand, and
// beside the form stands why, with safer words where there are some. Without this file
// the page after saving shows the same.

import { paint, paintedFields, reveal } from "./underlines.js";

const PAUSE = 600;
const PATIENCE = 8000;
const panel = document.querySelector("[data-lint]");
const form = document.getElementById("posting-form");
const list = panel.querySelector("[data-lint-list]");
const note = panel.querySelector("[data-lint-note]");
const undoBar = panel.querySelector("[data-lint-undo]");
const undoButton = undoBar.querySelector("button");
const texts = new Map(); // field: its text when the places were right
let last = null; // the change that can be undone
let places = [];
let request = null;
let timer = 0;
let composing = false;
let lastRead = "";
let done = "";

const placesIn = (field) => places.filter((p) => p.field === field && p.end !== null);

// What was typed before or behind a place leaves it right; what was typed in it does not.
const follow = (field) => {
  if (!texts.has(field)) return;
  const [old, text] = [texts.get(field), field.value];
  texts.set(field, text);
  if (text !== old) lastRead = "";
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, text.length) - head;
  while (tail < most && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  for (const place of placesIn(field)) {
    if (place.end <= head) continue;
    if (place.start >= old.length - tail) {
      place.start += text.length - old.length;
      place.end += text.length - old.length;
    } else {
      place.severity = "";
      place.words = null;
      for (const button of place.buttons) button.disabled = true;
    }
  }
  paint(field, placesIn(field));
};

// The server counts characters, the browser counts halves of the rarer ones.
const units = (text, count) => [...text].slice(0, count).join("").length;

const placeOf = (element) => {
  const { at, start, end, severity, words, instead, told } = element.dataset;
  const field = document.getElementById(at);
  const isText = field && end !== undefined && "selectionStart" in field;
  return {
    field, severity, words, instead, told,
    start: isText ? units(field.value, Number(start)) : null,
    end: isText ? units(field.value, Number(end)) : null,
    buttons: [element],
    rule: element.closest("[data-rule]"),
  };
};

const placeFor = (button) => places.find((place) => place.buttons.includes(button));

// Under each field: which rules found something there, why, and the same safer words.
const annotate = () => {
  for (const old of form.querySelectorAll(".field-found")) {
    old.owner.setAttribute("aria-describedby", old.before);
    if (!old.before) old.owner.removeAttribute("aria-describedby");
    old.remove();
  }
  const rows = new Map();
  for (const place of places) {
    if (!place.field || !place.rule || place.rule.dataset.rule.startsWith("pos-")) continue;
    const key = `${place.field.id} ${place.rule.id}`;
    if (!rows.has(key)) rows.set(key, noteUnder(place.field, place.rule));
    if (place.words === undefined) continue;
    const copy = place.buttons[0].cloneNode(true);
    place.buttons.push(copy);
    // What can be done at one tap stands before what has to be read.
    rows.get(key).insertBefore(copy, rows.get(key).querySelector(":scope > span"));
  }
};

const noteUnder = (field, rule) => {
  const box = field.closest(".field");
  const id = `found-in-${field.id}`;
  let found = document.getElementById(id);
  if (!found) {
    const isControl = field.matches("input, select, textarea");
    found = Object.assign(document.createElement("ul"), { id, className: "field-found" });
    found.owner = isControl ? field : field.closest("fieldset") || field;
    found.before = found.owner.getAttribute("aria-describedby") || "";
    found.owner.setAttribute("aria-describedby", `${found.before} ${id}`.trim());
    box.append(found);
  }
  const row = document.createElement("li");
  row.className = rule.dataset.look;
  const link = Object.assign(document.createElement("a"), {
    href: `#${rule.id}`, textContent: rule.dataset.title });
  row.append(rule.querySelector("svg").cloneNode(true), link, ` ${rule.dataset.why} `);
  // How to mend it, and where it is written: nobody has to look for either.
  for (const [text, look] of [[rule.dataset.remedy, "found-remedy"], [rule.dataset.law, "soft"]]) {
    if (text) row.append(Object.assign(document.createElement("span"), {
      className: look, textContent: `${text} ` }));
  }
  found.append(row);
  return row;
};

const say = (text) => {
  note.textContent = [done, text].filter(Boolean).join(" ");
  done = "";
};

const show = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html")
    .querySelector("[data-lint-answer]");
  if (!fresh) throw new Error("no answer");
  const open = [...list.querySelectorAll("details[open]")].map((d) => d.dataset.key);
  const active = document.activeElement;
  const key = panel.contains(active) || active.closest(".field-found")
    ? active.dataset.key : undefined;
  const wasInside = active.closest(".field-found") || list.contains(active);
  list.replaceChildren(fresh);
  for (const details of list.querySelectorAll("details")) {
    details.open = open.includes(details.dataset.key);
  }
  places = [...list.querySelectorAll("[data-at]")].map(placeOf);
  for (const { field } of places) if (field) texts.set(field, field.value);
  annotate();
  for (const field of new Set([...paintedFields(), ...places.map((p) => p.field)])) {
    if (field && "selectionStart" in field) paint(field, placesIn(field));
  }
  if (wasInside && !active.isConnected) {
    const same = key && list.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (same || panel.querySelector("h2")).focus({ preventScroll: true });
  }
  if (done || note.textContent !== fresh.dataset.summary) say(fresh.dataset.summary);
};

const read = async () => {
  const body = new URLSearchParams(new FormData(form));
  if (composing || String(body) === lastRead) return;
  request?.abort();
  const mine = new AbortController();
  request = mine;
  const late = setTimeout(() => mine.abort("late"), PATIENCE);
  try {
    const reply = await fetch(panel.dataset.lint, {
      method: "POST", body, signal: mine.signal });
    if (!reply.ok || reply.redirected) throw new Error(reply.status);
    show(await reply.text());
    lastRead = String(body);
  } catch {
    // Nothing is lost: saving reads the words again. Only say that it is quiet here.
    if (mine === request && (!mine.signal.aborted || mine.signal.reason === "late")) {
      say(panel.dataset.failed);
    }
  } finally {
    clearTimeout(late);
  }
};

const soon = (pause = PAUSE) => {
  clearTimeout(timer);
  request?.abort();
  if (!composing) timer = setTimeout(read, pause);
};

const changed = (field, told) => {
  done = told;
  undoBar.querySelector("[data-lint-told]").textContent = told;
  field.closest(".field").append(undoBar);
  undoBar.hidden = false;
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "lint" }));
  soon(0);
};

const mend = ({ field, start, end, words, instead, told }) => {
  if (field.value.slice(start, end) !== words) return soon(0);
  last = { field, before: field.value };
  field.setRangeText(instead, start, end, "preserve");
  changed(field, told);
  undoButton.hidden = false;
  undoButton.focus({ preventScroll: true });
};

const undo = () => {
  const { field, before } = last;
  last = null;
  field.value = before;
  changed(field, undoBar.dataset.told);
  undoButton.hidden = true;
  undoBar.focus({ preventScroll: true });
};

const goTo = ({ field, start, end, severity }) => {
  const control = field.matches("input, select, textarea") ? field
    : field.querySelector("input");
  control.focus({ preventScroll: true });
  if (end !== null && severity) {
    field.setSelectionRange(start, end);
    reveal(field, start);
  }
  control.scrollIntoView({ block: "center" });
};

form.addEventListener("input", (event) => {
  follow(event.target);
  if (event.detail === "lint") return;
  if (last?.field === event.target) undoBar.hidden = true;
  soon();
});
form.addEventListener("change", () => soon());
form.addEventListener("compositionstart", () => {
  composing = true;
  soon();
});
form.addEventListener("compositionend", () => {
  composing = false;
  soon();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-at], [data-lint-undo] button");
  if (!button) return;
  const place = placeFor(button);
  if (!place && last) undo();
  else if (!place) return;
  else if (place.words !== undefined) mend(place);
  else if (place.field) goTo(place);
});
window.addEventListener("online", () => soon());
window.addEventListener("pageshow", () => {
  const written = [...form.querySelectorAll("textarea, #id_title")].some((f) => f.value);
  if (written) soon(0);
});
