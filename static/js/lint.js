// The posting form, read along: words a rule found are underlined where they stand, and
// beside the form stands why, with safer words where there are some. Without this file
// the page after saving shows the same.

const PAUSE = 600;
const PATIENCE = 8000;
const GRAVITY = ["block", "review", "warn", "positive"];
const TYPE = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "letterSpacing",
  "wordSpacing", "lineHeight", "textAlign", "textIndent", "direction", "tabSize",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"];

const panel = document.querySelector("[data-lint]");
const form = document.getElementById("posting-form");
const list = panel.querySelector("[data-lint-list]");
const note = panel.querySelector("[data-lint-note]");
const undoBar = panel.querySelector("[data-lint-undo]");
const layers = new Map(); // field: its layer of underlines
const texts = new Map(); // field: its text when the places were right
const undos = [];
let places = [];
let request = null;
let timer = 0;
let composing = false;
let lastRead = "";
let done = "";

// A layer with the same text lies over the field; only its underlines can be seen.
const makeLayer = (field) => {
  const layer = document.createElement("div");
  layer.className = field.matches("textarea") ? "underlines" : "underlines is-line";
  layer.setAttribute("aria-hidden", "true");
  field.classList.add("has-underlines");
  field.after(layer);
  const follow = () => {
    layer.scrollTop = field.scrollTop;
    layer.scrollLeft = field.scrollLeft;
  };
  const fit = () => {
    const style = getComputedStyle(field);
    for (const name of TYPE) layer.style[name] = style[name];
    const [left, right, top] = [style.borderLeftWidth, style.borderRightWidth,
      style.borderTopWidth].map(parseFloat);
    const box = field.getBoundingClientRect();
    const host = layer.offsetParent.getBoundingClientRect();
    const bar = Math.round(field.offsetWidth - field.clientWidth - left - right);
    layer.style.left = `${box.left - host.left + left}px`;
    layer.style.top = `${box.top - host.top + top}px`;
    layer.style.width = `${box.width - left - right - bar}px`;
    layer.style.height = `${field.clientHeight}px`;
    if (layer.classList.contains("is-line")) {
      const inner = field.clientHeight - parseFloat(style.paddingTop) * 2;
      layer.style.lineHeight = `${inner}px`;
    }
    follow();
  };
  const frame = () => requestAnimationFrame(follow);
  for (const name of ["scroll", "keyup", "select", "blur", "focus", "pointerup"]) {
    field.addEventListener(name, frame);
  }
  new ResizeObserver(fit).observe(field);
  layers.set(field, { layer, fit, frame });
};

const paint = (field) => {
  const text = field.value;
  const here = places.filter((p) => p.field === field && p.severity && p.end !== null);
  if (!here.length && !layers.has(field)) return;
  if (!layers.has(field)) makeLayer(field);
  const cuts = new Set([0, text.length]);
  for (const place of here) cuts.add(place.start).add(place.end);
  const ends = [...cuts].sort((a, b) => a - b);
  const parts = ends.slice(1).map((end, i) => {
    const over = here.filter((p) => p.start <= ends[i] && end <= p.end);
    if (!over.length) return text.slice(ends[i], end);
    const gravest = GRAVITY.find((s) => over.some((p) => p.severity === s));
    const mark = document.createElement("mark");
    mark.className = `hit-${gravest}`;
    mark.dataset.start = ends[i];
    mark.textContent = text.slice(ends[i], end);
    return mark;
  });
  const { layer, fit } = layers.get(field);
  layer.replaceChildren(...parts, "\n");
  fit();
};

// What was typed before or behind a place leaves it right; what was typed in it does not.
const follow = (field) => {
  if (!texts.has(field)) return;
  const [old, text] = [texts.get(field), field.value];
  texts.set(field, text);
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, text.length) - head;
  while (tail < most && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  for (const place of places) {
    if (place.field !== field || place.end === null || place.end <= head) continue;
    if (place.start >= old.length - tail) {
      place.start += text.length - old.length;
      place.end += text.length - old.length;
    } else {
      place.severity = "";
      place.words = null;
      for (const button of place.buttons) button.disabled = true;
    }
  }
  paint(field);
};

// The server counts characters, the browser counts halves of the rarer ones.
const units = (text, count) => [...text].slice(0, count).join("").length;

const placeOf = (element) => {
  const { at, start, end, severity, words, instead, done: told } = element.dataset;
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
    rows.get(key).append(copy);
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
  for (const field of new Set([...layers.keys(), ...places.map((p) => p.field)])) {
    if (field && "selectionStart" in field) paint(field);
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

const hideUndo = () => {
  undos.length = 0;
  undoBar.hidden = true;
};

const change = (field, text, told) => {
  field.value = text;
  done = told;
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "lint" }));
  soon(0);
};

const mend = ({ field, start, end, words, instead, told }) => {
  if (field.value.slice(start, end) !== words) return soon(0);
  const before = field.value;
  change(field, before.slice(0, start) + instead + before.slice(end), told);
  undos.push({ field, before, after: field.value });
  undoBar.querySelector("[data-lint-told]").textContent = told;
  field.closest(".field").append(undoBar);
  undoBar.hidden = false;
  undoBar.querySelector("button").focus({ preventScroll: true });
};

const undo = () => {
  const { field, before, after } = undos.pop() || {};
  if (field && field.value === after) change(field, before, undoBar.dataset.told);
  hideUndo();
  field?.focus({ preventScroll: true });
};

const goTo = ({ field, start, end, severity }) => {
  const control = field.matches("input, select, textarea") ? field
    : field.querySelector("input");
  control.focus({ preventScroll: true });
  if (end !== null && severity) {
    field.setSelectionRange(start, end);
    const mark = layers.get(field)?.layer.querySelector(`[data-start="${start}"]`);
    if (mark) field.scrollTop = mark.offsetTop - field.clientHeight / 3;
  }
  control.scrollIntoView({ block: "center" });
};

form.addEventListener("input", (event) => {
  follow(event.target);
  if (event.detail !== "lint") {
    hideUndo();
    soon();
  }
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
  if (!place) undo();
  else if (place.words !== undefined) mend(place);
  else if (place.field) goTo(place);
});
window.addEventListener("online", () => soon());
window.addEventListener("pageshow", () => {
  const written = [...form.querySelectorAll("textarea, #id_title")].some((f) => f.value);
  if (written) soon(0);
});
