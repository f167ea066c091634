// What to do after a try on the ladder: 8 and more stop, 3 and less go on.
const STOP_FROM = 8;
const ON_FROM = 3;

export const adviceFor = (fears) => {
  if (fears.some((fear) => fear >= STOP_FROM)) return "stop";
  const last = fears[fears.length - 1];
  if (fears.length < 3) return "";
  return last <= ON_FROM ? "go" : "stay";
};

export const climbLadder = (box) => {
  for (const rung of box.querySelectorAll("[data-rung]")) {
    const advice = rung.querySelector("[data-advice]");
    const fields = [...rung.querySelectorAll("input")];
    const show = () => {
      const fears = fields
        .map((field) => field.value.trim())
        .filter((text) => /^(10|\d)$/.test(text))
        .map(Number);
      const what = fears.length ? adviceFor(fears) : "";
      advice.textContent = what ? advice.dataset[what] : "";
    };
    for (const field of fields) field.addEventListener("input", show);
    show();
  }
};
