// Small kindnesses for forms. Every form works the same without this file.

const countdown = (counter) => {
  const area = document.getElementById(counter.dataset.counterFor);
  if (!area || counter.dataset.ready !== undefined) return;
  counter.dataset.ready = "";
  // The browser would cut a pasted text silently; counting down and saying so is kinder.
  const limit = Number(area.getAttribute("maxlength"));
  area.removeAttribute("maxlength");
  const show = () => {
    const left = limit - area.value.length;
    const text = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = text.replace("{n}", Math.abs(left));
    counter.classList.toggle("is-over", left < 0);
    counter.hidden = left > limit * 0.3 && left > 50;
  };
  area.addEventListener("input", show);
  show();
};

const prepare = (root) => {
  root.querySelectorAll("[data-counter-for]").forEach(countdown);
  const summary = root.querySelector('form[method="post"] [data-error-summary]');
  if (summary) summary.focus();
};

const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
};

// A second tap on a slow line must not send the form twice. It is let go again after a
// while, because an answer that is a download leaves the page standing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 15000);
});

// Coming back with the browser's back button finds the form usable again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

// Filters apply themselves where the page offers it; the button stays for keyboards.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && !form.hasAttribute("hx-get")) form.requestSubmit();
});

document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
prepare(document);
