// What is left over, shared out by what is owed. Whole yuan; nothing leaves the page.

// The largest remainders get what rounding down leaves.
export const shared = (amount, owed) => {
  const total = owed.reduce((sum, one) => sum + one, 0);
  if (!total) return owed.map(() => 0);
  const payable = Math.min(amount, total);
  const exact = owed.map((one) => (payable * one) / total);
  const parts = exact.map(Math.floor);
  const order = exact
    .map((one, at) => [one - Math.floor(one), at])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let rest = Math.round(payable - parts.reduce((sum, one) => sum + one, 0));
  for (const [, at] of order) {
    if (rest <= 0) break;
    parts[at] += 1;
    rest -= 1;
  }
  return parts;
};

const numberIn = (field) => {
  const text = field.value.trim();
  if (field.validity?.badInput || (text && !/^\d{1,9}$/.test(text))) return NaN;
  return text ? Number(text) : 0;
};

const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

export const workOutHardship = (box) => {
  const result = box.querySelector("[data-result]");
  const headline = result.querySelector("[data-headline]");
  const shares = result.querySelector("[data-shares]");
  const letters = result.querySelector("[data-letters]");
  const list = result.querySelector("[data-letter-list]");
  const template = result.querySelector("[data-letter]");
  const button = box.querySelector("[data-work-out]");
  const sum = (css) =>
    [...box.querySelectorAll(css)].reduce((total, field) => total + numberIn(field), 0);

  const debts = () =>
    [...box.querySelectorAll("[data-debt]")]
      .map((row, at) => ({
        name: row.querySelector("[data-who]").value.trim()
          || filled(result.dataset.unnamed, { number: at + 1 }),
        owed: numberIn(row.querySelector("[data-owed]")),
      }))
      .filter((debt) => debt.owed !== 0);

  const letter = (debt, values) => {
    const part = template.content.cloneNode(true);
    for (const node of part.querySelector("blockquote").childNodes) {
      if (node.nodeType === Node.TEXT_NODE) node.textContent = filled(node.textContent, values);
    }
    const name = Object.assign(document.createElement("p"), { textContent: debt.name, className: "strong" });
    part.prepend(name);
    return part;
  };

  const show = () => {
    const [income, needs, owing] = [sum("[data-in]"), sum("[data-out]"), debts()];
    shares.replaceChildren();
    list.replaceChildren();
    letters.hidden = true;
    result.hidden = false;
    const bad = [income, needs, ...owing.map((debt) => debt.owed)].some(Number.isNaN);
    if (bad) { headline.textContent = result.dataset.wrong; return; }
    const left = income - needs;
    if (left <= 0) { headline.textContent = result.dataset.nothing; return; }
    headline.textContent = filled(result.dataset.left, { amount: left });
    const parts = shared(left, owing.map((debt) => debt.owed));
    owing.forEach((debt, at) => {
      const values = { name: debt.name, amount: parts[at], income, needs };
      const item = document.createElement("li");
      item.textContent = filled(result.dataset.share, values);
      shares.append(item);
      if (parts[at]) list.append(letter(debt, values));
    });
    letters.hidden = !list.children.length;
  };

  button.addEventListener("click", show);
  // What was worked out no longer fits what is typed.
  box.addEventListener("input", () => { result.hidden = true; });
  button.hidden = false;
};
