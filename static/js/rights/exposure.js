// Which explanations somebody's answers call for. Pure; the answers go nowhere.
export const ANSWERS = ["yes", "unsure", "no"];

// Every practice answered with yes or "not sure", in the order they were asked.
export const explained = (practices, answers) =>
  practices.filter((practice) => ["yes", "unsure"].includes(answers[practice]));

// Where to begin: asking a lawyer is worth it for any yes; the sooner the heavier.
export function outlook(practices, answers) {
  const found = explained(practices, answers);
  if (!found.length) return "none";
  return found.some((practice) => answers[practice] === "yes") ? "some" : "unsure";
}
