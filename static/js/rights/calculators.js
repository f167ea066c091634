// Which pure function answers which form, how its facts are made from what was typed, and
// which of the page's headlines says the outcome.
import { arbitration, limitation } from "./deadlines.js";
import { deposit, noncompete, trainingPenalty } from "./noncompete.js";
import { severance } from "./severance.js";
import { unemployment, unemploymentList } from "./unemployment.js";
import {
  annualLeave, deduction, doubleWage, latePayment, overtime, probation, probationPay, unpaid,
} from "./wages.js";

const same = (facts) => facts;
const isSome = (amount) => amount !== undefined && amount !== "0.00";
const someOrNone = (result) => (isSome(result.total) ? "total" : "none");

const FORMULAS = { 0: "none", N: "n", "N+1": "n1", "2N": "n2" };

function severanceFacts(facts) {
  const { open_ended_asked: asked, ...rest } = facts;
  return asked ? { ...rest, fixed_terms: 2, worker_asked_for_open_ended: true } : rest;
}

// Leave is counted from New Year, or from the day of joining in the first year.
function leaveFacts(facts) {
  const newYear = `${facts.ended_on.slice(0, 4)}-01-01`;
  const started = facts.year_started ?? newYear;
  return { ...facts, year_started: started > newYear ? started : newYear };
}

function limitationFacts(facts, today) {
  const known = { ...facts, filed_on: today };
  if (facts.claim === "severance") return { ...known, ended_on: facts.severance_from };
  if (facts.claim !== "inspection") return known;
  const { breach_on: on, ...rest } = known;
  return facts.lasting ? { ...rest, breach_ended_on: on } : known;
}

const depositFacts = (facts) => ({
  persons: 1,
  taken: (facts.amounts ?? []).map((amount) => ({ amount })),
  papers_kept: facts.papers ? ["papers"] : [],
});

export const CALCULATORS = {
  severance: { run: severance, facts: severanceFacts,
    headline: (result) => (result.severance_since_2008 ? "part" : FORMULAS[result.formula]) },
  unemployment: { run: unemployment, facts: same,
    headline: (result) => (result.eligible ? "yes"
      : result.max_months_once_registered ? "register" : "no") },
  unemployment_list: { run: unemploymentList, facts: same,
    headline: (result) => (result.late === undefined ? "due" : result.late ? "late" : "fine") },
  unpaid: { run: unpaid, facts: same, headline: () => "total" },
  overtime: { run: overtime, facts: same, headline: () => "total",
    check: (facts) => (facts.workday_hours || facts.rest_days || facts.holidays
      ? null : ["workday_hours", "nothing"]) },
  annual_leave: { run: annualLeave, facts: leaveFacts, headline: someOrNone },
  double_wage: { run: doubleWage, facts: same, headline: someOrNone },
  below_minimum: { run: latePayment, facts: same, headline: someOrNone },
  deduction: { run: deduction, facts: same, headline: someOrNone },
  probation: { run: probation, facts: same, headline: someOrNone },
  probation_pay: { run: probationPay, facts: same, headline: someOrNone },
  late_payment: { run: latePayment, facts: same,
    headline: (result) => (isSome(result.extra_to) ? "range" : "none") },
  limitation: { run: limitation, facts: limitationFacts,
    headline: (result) => (result.last_day_certain ? "certain"
      : result.last_day ? "last" : "running") },
  arbitration: { run: arbitration, facts: same,
    headline: (result) => (result.sue_by ? "sue" : result.award_by ? "award"
      : result.answer_by ? "answer" : "free") },
  noncompete: { run: noncompete, facts: noncompeteFacts,
    headline: (result) => (!result.may_bind ? "free" : result.may_ask_to_end_it ? "ask"
      : result.extra_months ? "let_go" : "bound") },
  deposit: { run: deposit, facts: depositFacts,
    headline: (result) => (isSome(result.total) ? "total"
      : result.return_papers ? "papers" : "none") },
  training_penalty: { run: trainingPenalty, facts: trainingFacts,
    headline: (result) => (isSome(result.most_owed) ? "owed"
      : isSome(result.total) ? "back" : "nothing") },
};

function noncompeteFacts({ let_go: letGo, ...facts }) {
  return letGo ? { ...facts, ended_early_by: "employer" } : facts;
}

function trainingFacts({ forced_out: forced, ...facts }) {
  return { ...facts, ended_by: forced ? "forced_resignation" : "resignation" };
}

// What a headline may name, whatever the result calls it.
export const headlineValues = (result) => ({
  ...result,
  date: result.last_day_certain ?? result.sue_by ?? result.award_by ?? result.answer_by ??
    result.last_day,
  months: result.max_months_once_registered ?? result.max_months ?? result.months,
  part: result.severance_since_2008,
  from: result.extra_from,
  to: result.extra_to,
  owed: result.most_owed,
});
