// From figures to what a reader sees, in the words the page brings along.

const PLAIN = new Set(["hours", "rest", "rest_hours", "holidays", "count", "months"]);

const filled = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);

export function money(words, amount) {
  const [whole, part] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.grouping);
  return filled(words.money, { n: part === "00" ? grouped : `${grouped}.${part}` });
}

export function date(words, iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return filled(words.date, { y, m, d });
}

function shown(words, key, value) {
  if (PLAIN.has(key) || typeof value !== "string") return String(value ?? "");
  if (/^\d+\.\d\d$/.test(value)) return money(words, value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? date(words, value) : value;
}

export const sentence = (words, pattern, values) => filled(pattern, Object.fromEntries(
  Object.entries(values).map(([key, value]) => [key, shown(words, key, value)])));

// `45-0-1` is article 45, item 1; `253_1` article 253 (1); `201~202` a range.
export function place(words, text) {
  const [article, ...rest] = text.split("-");
  const [n, s] = article.replace("~", "–").split("_");
  const parts = [s ? filled(words.article_suffix, { n, s }) : filled(words.article, { n })];
  const names = ["paragraph", "item"];
  rest.forEach((number, index) => {
    if (number !== "0") parts.push(filled(words[names[index]], { n: number }));
  });
  return parts.join(words.place_gap);
}

export function citation(words, reference) {
  const [key, where] = reference.split(":");
  const law = words.laws[key];
  const label = filled(words.citation, { law: law.name, place: place(words, where) });
  const dated = filled(law.isText ? words.text_of : words.in_force, { date: law.day });
  return [label, dated, ...(law.wasRead ? [] : [words.unread])];
}
