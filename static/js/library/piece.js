// One self-help piece: its tool, its sheet, and whether it helped; all on the device.
import { breatheAlong } from "./breathe.js";
import { say, store, stored } from "./device.js";
import { workOutHardship } from "./hardship.js";
import { keepSheet } from "./keeping.js";
import { climbLadder } from "./ladder.js";
import { listenAlong, quarterHour } from "./listen.js";

const FELT = "pieces-felt";
const START = {
  "[data-keeping]": keepSheet,
  "[data-breathe]": breatheAlong,
  "[data-listen]": listenAlong,
  "[data-quarter]": quarterHour,
  "[data-hardship]": workOutHardship,
  "[data-ladder]": climbLadder,
};

for (const [css, start] of Object.entries(START)) {
  const box = document.querySelector(css);
  if (box) start(box);
}

const felt = document.querySelector("[data-felt]");
const said = felt.querySelector("[data-felt-said]");
const { piece } = document.querySelector("[data-piece]").dataset;
felt.addEventListener("click", (event) => {
  const answer = event.target.closest("[data-felt-as]")?.dataset.feltAs;
  if (!answer) return;
  say(said, store(FELT, { ...stored(FELT), [piece]: answer }) ? answer : "failed");
});
felt.hidden = false;
