// The example month, added up while it is typed. The page after saving shows the same.

const line = document.querySelector("[data-month]");
const names = ["base", "variable", "deductions"];
const fields = names.map((name) => document.getElementById(`id_example_${name}`));

const show = () => {
  const [base, variable, deductions] = fields.map((field) => Number(field.value) || 0);
  const isGiven = fields[0].value !== "" && fields[1].value !== "";
  line.hidden = !isGiven;
  if (!isGiven) return;
  const earned = base + variable;
  const share = `${earned ? Math.round((100 * variable) / earned) : 0}%`;
  const values = { base, variable, deductions, total: earned - deductions, share };
  const text = line.dataset.month.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  if (line.textContent !== text) line.textContent = text;
};

for (const field of fields) field.addEventListener("input", show);
show();
