// Scores as the instruments define them; the server's copy is instruments/rules.py.
// Answers are places among an item's answers; null or absent where skipped.

const halfUp = (total, count) => Math.floor((2 * total + count) / (2 * count));

const points = (item, place) => {
  if (place === null || place === undefined) return null;
  if (!Number.isInteger(place) || place < 0 || place >= item.values.length) {
    throw new RangeError(`${item.id} has no answer ${place}`);
  }
  const value = item.values[place];
  return item.reverse ? Math.max(...item.values) - value : value;
};

export const score = (form, answers) => {
  const all = form.items.map((item) => points(item, answers[item.id]));
  const given = all.filter((one) => one !== null);
  const sum = given.reduce((total, one) => total + one, 0);
  if (form.neverMissing.some((id) => (answers[id] ?? null) === null)) return null;
  if (form.method === "mean") return given.length >= form.fewest ? halfUp(sum, given.length) : null;
  if (all.length - given.length > form.mostMissing || !given.length) return null;
  return halfUp(sum * all.length, given.length) * form.times;
};

export const change = (old, now, least) => {
  if (Math.abs(now - old) < least) return "same";
  return now > old ? "more" : "less";
};

// The last of the sentences whose points are reached.
export const said = (results, points_) =>
  results.filter((one) => points_ >= one.from).at(-1) || null;
