// A circle that grows and shrinks. Seconds of each move; minutes in all.
const PATTERNS = {
  sigh: { minutes: 5, moves: [["in", 2, 0.8], ["more", 1, 1], ["out", 6, 0.45]] },
  long: { minutes: 5, moves: [["in", 4, 1], ["out", 6, 0.45]] },
  even: { minutes: 3, moves: [["in", 4, 1], ["out", 4, 0.45]] },
};

export const breatheAlong = (box) => {
  const circle = box.querySelector(".breath i");
  const word = box.querySelector("[data-word]");
  const left = box.querySelector("[data-left]");
  const [start, stop] = ["[data-start]", "[data-stop]"].map((one) => box.querySelector(one));
  const shake = box.querySelector("[data-shake]");
  if (!("vibrate" in navigator)) shake.closest("label").hidden = true;
  let timer = 0;
  let ends = 0;

  const clock = (ms) => {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    left.textContent = left.dataset.text.replace("{time}", time);
  };

  const end = (isDone) => {
    clearTimeout(timer);
    circle.style.transform = "";
    start.hidden = false;
    stop.hidden = true;
    word.textContent = isDone ? word.dataset.done : "";
    left.textContent = "";
    start.focus();
  };

  const move = (pattern, at) => {
    const now = Date.now();
    // A breath that was begun is finished.
    if (now >= ends && at === 0) { end(true); return; }
    const [name, seconds, size] = pattern.moves[at];
    word.textContent = word.dataset[name];
    circle.style.transitionDuration = `${seconds}s`;
    circle.style.transform = `scale(${size})`;
    if (shake.checked) navigator.vibrate?.(name === "out" ? 120 : 60);
    clock(ends - now);
    timer = setTimeout(move, seconds * 1000, pattern, (at + 1) % pattern.moves.length);
  };

  start.addEventListener("click", () => {
    const pattern = PATTERNS[box.querySelector("[name=pattern]:checked").value];
    ends = Date.now() + pattern.minutes * 60_000;
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
    move(pattern, 0);
  });
  stop.addEventListener("click", () => end(false));
  box.hidden = false;
};
