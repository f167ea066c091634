// The plan in somebody's account, and the one on this device: from one to the other by a
// tap only. The key is that of js/plan.js.
const KEY = "plan";

const stored = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "null");
  } catch {
    return null;
  }
};

const form = document.querySelector("[data-kept-plan]");
const onDevice = form && stored();
if (onDevice && Object.values(onDevice).some(Boolean)) {
  const offer = document.querySelector("[data-device-plan]");
  offer.hidden = false;
  offer.querySelector("[data-device-fill]").addEventListener("click", () => {
    for (const [name, text] of Object.entries(onDevice)) {
      const field = form.elements.namedItem(name);
      // What stands there already stays, above it.
      if (field && text && !field.value.includes(text)) {
        field.value = [field.value, text].filter(Boolean).join("\n");
      }
    }
    offer.hidden = true;
  });
}

const print = document.querySelector("[data-plan-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const toDevice = document.querySelector("[data-to-device]");
const kept = document.getElementById("kept-plan");
if (toDevice && kept) {
  toDevice.hidden = false;
  toDevice.addEventListener("submit", (event) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(JSON.parse(kept.textContent)));
    } catch {
      // Nothing is deleted from the account that would then be nowhere.
      event.preventDefault();
      const said = toDevice.querySelector("[data-failed]");
      said.textContent = said.dataset.failed;
    }
  });
}
