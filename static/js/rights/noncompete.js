// Does it bind me? Non-compete, deposits, training money, leaving penalties. Pure.
import { divided, fen, least, most, sum, yuan } from "./values.js";

const SENIOR = new Set(["senior_manager", "senior_technician"]);
const LONGEST = 24;

export function noncompete(facts) {
  const mayBind = SENIOR.has(facts.role) || facts.confidentiality_duty === true;
  if (!mayBind) {
    const steps = [["not_bound", {}, ["lcl:23-2", "lcl:24-1"]]];
    return { may_bind: false, months: 0, steps, notes: ["signed_anyway"] };
  }
  const months = Math.min(facts.agreed_months, LONGEST);
  const steps = [
    ["may_bind", {}, ["lcl:24-1"]],
    [facts.agreed_months > LONGEST ? "cut" : "length", { months, agreed: facts.agreed_months },
      ["lcl:24-2"]],
  ];
  const result = { may_bind: true, months, steps, notes: [] };
  return { ...result, ...payOf(facts, months, result) };
}

function payOf(facts, months, { steps, notes }) {
  const pay = facts.agreed_pay ? fen(facts.agreed_pay) : defaultPay(facts);
  if (pay === null) {
    steps.push(["pay_missing", {}, ["lcl:23-2"]]);
    return {};
  }
  if (facts.ended_early_by === "employer") return letGo(pay, steps, notes);
  if (facts.months_unpaid) return unpaid(facts, pay, steps, notes);
  const total = pay * BigInt(months);
  const values = { pay: yuan(pay), months, total: yuan(total) };
  steps.push([facts.agreed_pay ? "pay_agreed" : "pay_default", values,
    facts.agreed_pay ? ["lcl:23-2"] : ["lcl:23-2", "interp1:36"]]);
  if (!facts.agreed_pay) notes.push("if_kept", "unconfirmed_36");
  const isLow = facts.agreed_pay && facts.average_wage && pay < defaultPay(facts);
  if (isLow) notes.push("low_pay");
  return { monthly_pay: yuan(pay), total: yuan(total), ...(isLow ? { review: true } : {}) };
}

// Thirty per cent of the average, but the minimum wage at least.
function defaultPay(facts) {
  if (!facts.average_wage) return null;
  const third = divided(fen(facts.average_wage) * 3n, 10n);
  return facts.local_minimum ? most(third, fen(facts.local_minimum)) : third;
}

function letGo(pay, steps, notes) {
  const extra = yuan(pay * 3n);
  steps.push(["let_go", { pay: yuan(pay), extra }, ["interp1:39"]]);
  notes.push("unconfirmed_39");
  return { extra_months: 3, extra, total: extra };
}

function unpaid(facts, pay, steps, notes) {
  const owed = yuan(pay * BigInt(facts.months_unpaid));
  const ends = facts.months_unpaid >= 3;
  steps.push([ends ? "three_unpaid" : "some_unpaid",
    { pay: yuan(pay), months: facts.months_unpaid, owed }, ["lcl:23-2", "interp1:38"]]);
  notes.push("unconfirmed_38");
  return { may_ask_to_end_it: ends, owed, total: owed };
}

const FINE = [50_000n, 200_000n];

export function deposit(facts) {
  const persons = BigInt(facts.persons);
  const taken = sum(facts.taken.map((one) => fen(one.amount))) * persons;
  const papers = (facts.papers_kept ?? []).length > 0;
  const lawful = !taken && !papers;
  const steps = [];
  if (papers) steps.push(["papers", {}, ["lcl:9", "lcl:84-1"]]);
  if (taken) {
    const fine = FINE.map((one) => yuan(one * persons));
    steps.push(["taken", { refund: yuan(taken) }, ["lcl:9", "lcl:84-2"]],
      ["fine", { from: fine[0], to: fine[1] }, ["lcl:84-2"]]);
    return { lawful, refund: yuan(taken), total: yuan(taken), fine_from: fine[0],
      fine_to: fine[1], ...(papers ? { return_papers: true } : {}), steps, notes: [] };
  }
  if (lawful) steps.push(["nothing_taken", {}, ["lcl:9"]]);
  return { lawful, refund: "0.00", ...(papers ? { return_papers: true } : {}), steps, notes: [] };
}

export function trainingPenalty(facts) {
  if (facts.training !== "special") {
    const step = facts.training === "none" ? "leaving_penalty" : "ordinary_training";
    const back = facts.charged ? { refund: facts.charged, total: facts.charged } : {};
    return { most_owed: "0.00", ...back, notes: [],
      steps: [[step, {}, ["lcl:22", "lcl:25"]],
        ...(facts.charged ? [["charged_back", { refund: facts.charged }, ["lcl:9"]]] : [])] };
  }
  if (facts.ended_by === "forced_resignation") {
    return { most_owed: "0.00", notes: ["unconfirmed_26"],
      steps: [["forced_out", {}, ["lcl:38", "lclr:26-1"]]] };
  }
  const left = Math.max(0, facts.service_months - facts.served_months);
  const share = divided(fen(facts.training_cost) * BigInt(left), BigInt(facts.service_months));
  const owed = facts.agreed_penalty ? least(share, fen(facts.agreed_penalty)) : share;
  const values = { cost: facts.training_cost, service: facts.service_months, left,
    owed: yuan(owed) };
  return { most_owed: yuan(owed), steps: [["special", values, ["lcl:22-2"]]],
    notes: ["who_paid"] };
}
