// What is owed besides severance: overtime, leave, double pay, deductions. Pure.
import {
  day, daysBetween, divided, earlier, fen, fullMonths, hundredths, isBefore, iso, least, most,
  nextStart, plusDays, sum, weekday, yuan,
} from "./values.js";

// 21.75 paid days in a month, as a fraction of hundredths.
const DAYS = 2175n;
const HOURS = 8n;

export function unpaid(facts) {
  const amount = sum(facts.wages.map(fen));
  const steps = [["unpaid", { count: facts.wages.length, total: yuan(amount) },
    ["lcl:30-1", "ll:50"]]];
  if (facts.ended_on) steps.push(["unpaid_now", { date: facts.ended_on }, ["wage:9"]]);
  return { total: yuan(amount), steps, notes: ["no_minus"] };
}

export function overtime(facts) {
  const wage = fen(facts.monthly_wage);
  const hours = hundredths(facts.workday_hours ?? "0");
  const rest = facts.time_off_given ? 0n : hundredths(facts.rest_days ?? "0");
  const restHours = facts.time_off_given ? 0n : hundredths(facts.rest_day_hours ?? "0");
  const holidays = hundredths(facts.holidays ?? "0");
  // All amounts in one unit: fen times 2 * DAYS * HOURS, divided once at the end.
  const parts = {
    workday: wage * hours * 3n,
    rest_day: wage * (rest * HOURS + restHours) * 4n,
    holiday: wage * holidays * HOURS * 6n,
  };
  const by = 2n * DAYS * HOURS;
  const shown = Object.fromEntries(
    Object.entries(parts).map(([key, value]) => [key, yuan(divided(value, by))]));
  const hour = yuan(divided(wage * 100n, DAYS * HOURS));
  const steps = [["hour", { wage: yuan(wage), hour }, ["leave2:11", "wage:13"]]];
  const given = { hours: facts.workday_hours, rest: facts.rest_days ?? "0",
    rest_hours: facts.rest_day_hours ?? "0", holidays: facts.holidays };
  if (hours) steps.push(["workday", { ...given, amount: shown.workday }, ["ll:44-0-1"]]);
  if (facts.time_off_given) steps.push(["time_off", {}, ["ll:44-0-2"]]);
  if (rest + restHours) {
    steps.push(["rest_day", { ...given, amount: shown.rest_day }, ["ll:44-0-2"]]);
  }
  if (holidays) steps.push(["holiday", { ...given, amount: shown.holiday }, ["ll:44-0-3"]]);
  const above = hours > 3600n;
  if (above) steps.push(["above_limit", {}, ["ll:41"]]);
  const total = divided(sum(Object.values(parts)), by);
  const notes = ["paid_days", "which_wage", ...(holidays ? ["holiday_within"] : [])];
  return { hour, ...shown, total: yuan(total), above_legal_limit: above, steps, notes };
}

const BANDS = [[20, 15], [10, 10], [1, 5]];

export function annualLeave(facts) {
  const entitlement = BANDS.find(([years]) => facts.years_worked_in_all >= years)?.[1] ?? 0;
  const calendar = daysBetween(day(facts.year_started), day(facts.ended_on)) + 1;
  const exact = calendar * entitlement - 365 * facts.taken;
  const days = Math.max(0, Math.floor(exact / 365));
  const wage = fen(facts.average_wage);
  const extra = divided(wage * 100n * BigInt(days) * 2n, DAYS);
  const dayWage = divided(wage * 100n, DAYS);
  const values = { years: facts.years_worked_in_all, entitlement, calendar, days,
    taken: facts.taken, day_wage: yuan(dayWage), extra: yuan(extra) };
  const steps = [
    [entitlement ? "entitlement" : "entitlement_none", values, ["leave1:3"]],
    ["leave_days", values, ["leave1:5", "leave2:12"]],
    ["leave_pay", values, ["leave2:10", "leave2:11"]],
  ];
  return { entitlement, calendar_days: calendar, days, day_wage: yuan(dayWage),
    extra: yuan(extra), total: yuan(extra), steps, notes: ["leave_base"] };
}

// Months 2 to 12 without a written contract are paid twice.
export function doubleWage(facts) {
  const started = day(facts.started);
  const from = nextStart(started, 1);
  const yearFull = nextStart(started, 12);
  const until = day(facts.last_day ?? facts.still_working_on);
  const signed = facts.contract_signed ? day(facts.signed_on) : null;
  let to = earlier(until, plusDays(yearFull, -1));
  if (signed) to = earlier(to, plusDays(signed, -1));
  const openEnded = !isBefore(until, yearFull) && !(signed && isBefore(signed, yearFull));
  const open = { open_ended: openEnded,
    ...(openEnded ? { open_ended_from: iso(yearFull) } : {}) };
  if (isBefore(to, from)) {
    const steps = [["first_month", { from: iso(from) }, ["lcl:10-2", "lcl:82-1"]]];
    return { months: "0", extra: "0.00", total: "0.00", ...open, steps, notes: [] };
  }
  return { ...twice(facts, from, to), ...open };
}

function twice(facts, from, to) {
  const { months, rest } = fullMonths(from, to);
  const wages = facts.wages?.map(fen);
  const full = wages
    ? sum(wages.slice(1, months + 1))
    : fen(facts.monthly_wage) * BigInt(months);
  const workdays = rest ? facts.workdays_in_part_month ?? weekdays(nextStart(from, months), to) : 0;
  const last = wages ? wages[months + 1] ?? wages.at(-1) : fen(facts.monthly_wage);
  const extra = full + divided(last * 100n * BigInt(workdays), DAYS);
  const values = { from: iso(from), to: iso(to), months, workdays, extra: yuan(extra) };
  const steps = [[workdays ? "double_part" : "double_wage", values,
    ["lcl:82-1", "lclr:6", ...(workdays ? ["interp2:6"] : [])]]];
  return {
    months: String(months), extra: yuan(extra), total: yuan(extra), from: iso(from),
    to: iso(to), ...(workdays ? { part_month_workdays: workdays } : {}), steps,
    notes: ["double_soon", "double_day", ...(workdays ? ["part_month"] : [])],
  };
}

// Monday to Friday; public holidays are not known here.
function weekdays(from, to) {
  const all = daysBetween(from, to) + 1;
  return Array.from({ length: all }, (_, index) => weekday(plusDays(from, index)))
    .filter((one) => one < 5).length;
}

export function latePayment(facts) {
  if (facts.paid !== undefined) return belowMinimum(facts);
  const owed = fen(facts.owed);
  const due = facts.ordered && facts.deadline_passed;
  const [from, to] = due ? [divided(owed, 2n), owed] : [0n, 0n];
  const values = { owed: yuan(owed), from: yuan(from), to: yuan(to) };
  const steps = [[due ? "late_extra" : "late_not_yet", values, ["lcl:85", "lsi:26"]]];
  return { extra_from: yuan(from), extra_to: yuan(to), steps, notes: [] };
}

function belowMinimum(facts) {
  const short = most(0n, fen(facts.local_minimum) - fen(facts.paid));
  const owed = yuan(short * BigInt(facts.months));
  const values = { minimum: facts.local_minimum, paid: facts.paid, short: yuan(short),
    months: facts.months, owed };
  const steps = [[short ? "below_minimum" : "not_below", values, ["ll:48-2", "lcl:85-0-2"]]];
  return { owed, total: owed, steps, notes: ["minimum_without"] };
}

export function deduction(facts) {
  const wage = fen(facts.wage);
  if (facts.reason === "fine") {
    const steps = [["fine", { taken: facts.taken }, ["ll:50", "wage:15"]]];
    return { most_this_month: "0.00", refund: facts.taken, total: facts.taken, steps, notes: [] };
  }
  if (!facts.agreed_in_contract) {
    const steps = [["loss_not_agreed", {}, ["wage:16"]]];
    return { most_this_month: "0.00", left: yuan(wage), steps, notes: ["loss_condition"],
      ...refundOf(facts, 0n) };
  }
  const fifth = divided(wage, 5n);
  const room = most(0n, wage - fen(facts.local_minimum));
  const amount = least(fen(facts.loss), least(fifth, room));
  const values = { wage: yuan(wage), fifth: yuan(fifth), minimum: facts.local_minimum,
    loss: facts.loss, amount: yuan(amount), left: yuan(wage - amount) };
  return { most_this_month: yuan(amount), left: yuan(wage - amount), ...refundOf(facts, amount),
    steps: [["loss", values, ["wage:16"]]], notes: [] };
}
const refundOf = (facts, allowed) => facts.taken
  ? { refund: yuan(most(0n, fen(facts.taken) - allowed)),
    total: yuan(most(0n, fen(facts.taken) - allowed)) }
  : {};

export function finalPay(facts) {
  const steps = [["final_pay", { date: facts.ended_on }, ["wage:9"]]];
  return { due_on: facts.ended_on, amount: facts.wages_open, steps, notes: [] };
}

const PROBATION = [[36, 6], [12, 2], [3, 1], [0, 0]];

export function probation(facts) {
  const [, allowed] = PROBATION.find(([months]) => facts.contract_months >= months);
  const served = Math.min(facts.probation_months, facts.served_months);
  const over = Math.max(0, served - allowed);
  const pay = yuan(fen(facts.wage_after_probation) * BigInt(over));
  const values = { contract: facts.contract_months, allowed, served, over, pay };
  const steps = [["probation_limit", values, ["lcl:19-1", "lcl:19-3"]],
    [over ? "probation_over" : "probation_fine", values, ["lcl:83"]]];
  return { most_months: allowed, months_too_long: over, compensation: pay, total: pay,
    steps, notes: [] };
}

export function probationPay(facts) {
  const eighty = divided(fen(facts.contract_wage) * 4n, 5n);
  const lowest = facts.local_minimum ? most(eighty, fen(facts.local_minimum)) : eighty;
  const short = most(0n, lowest - fen(facts.paid));
  const owed = yuan(short * BigInt(facts.months));
  const values = { eighty: yuan(eighty), least: yuan(lowest), paid: facts.paid,
    short: yuan(short), months: facts.months, owed };
  const steps = [["probation_pay", values, ["lcl:20", "lclr:15", "ll:48-2"]]];
  return { least: yuan(lowest), owed, total: owed, steps, notes: ["same_post"] };
}
