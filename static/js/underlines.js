// Words underlined inside text fields: over each field lies a layer with the same text,
// of which only the underlines can be seen and which nobody can touch.

const GRAVITY = ["block", "review", "warn", "positive"];
const TYPE = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "letterSpacing",
  "wordSpacing", "lineHeight", "textAlign", "textIndent", "direction", "tabSize",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"];

const HIGHLIGHTS = "Highlight" in window && "highlights" in CSS
  ? new Map(GRAVITY.map((severity) => [severity, new Highlight()])) : null;
HIGHLIGHTS?.forEach((ranges, severity) => CSS.highlights.set(`hit-${severity}`, ranges));
const layers = new Map(); // field: its layer of underlines

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

// Underline these places of the field and no others.
export const paint = (field, places) => {
  const text = field.value;
  const here = places.filter((place) => place.severity);
  if (!here.length && !layers.has(field)) return;
  if (!layers.has(field)) makeLayer(field);
  const cuts = new Set([0, text.length]);
  for (const place of here) cuts.add(place.start).add(place.end);
  const ends = [...cuts].sort((a, b) => a - b);
  const parts = ends.slice(1).map((end, i) => {
    const over = here.filter((p) => p.start <= ends[i] && end <= p.end);
    const severity = GRAVITY.find((s) => over.some((p) => p.severity === s));
    return { start: ends[i], end, severity };
  });
  const { layer, fit } = layers.get(field);
  if (HIGHLIGHTS) highlight(layer, text, parts);
  else layer.replaceChildren(...parts.map((part) => marked(text, part)), "\n");
  fit();
};

// Highlights leave the text in one piece, so that its lines break as in the field.
const highlight = (layer, text, parts) => {
  for (const ranges of HIGHLIGHTS.values()) {
    for (const range of ranges) {
      if (layer.contains(range.startContainer)) ranges.delete(range);
    }
  }
  layer.textContent = `${text}\n`;
  for (const { start, end, severity } of parts) {
    if (!severity) continue;
    const range = document.createRange();
    range.setStart(layer.firstChild, start);
    range.setEnd(layer.firstChild, end);
    HIGHLIGHTS.get(severity).add(range);
  }
};

const marked = (text, { start, end, severity }) => {
  if (!severity) return text.slice(start, end);
  return Object.assign(document.createElement("mark"), {
    className: `hit-${severity}`, textContent: text.slice(start, end) });
};

// Scroll a place of a long text into sight.
export const reveal = (field, start) => {
  const layer = layers.get(field)?.layer;
  if (!layer) return;
  let left = start;
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && walker.currentNode.length <= left) {
    left -= walker.currentNode.length;
  }
  const range = document.createRange();
  range.setStart(walker.currentNode, left);
  range.setEnd(walker.currentNode, left + 1);
  const top = range.getBoundingClientRect().top - layer.getBoundingClientRect().top;
  field.scrollTop = top + layer.scrollTop - field.clientHeight / 3;
};

export const paintedFields = () => layers.keys();
