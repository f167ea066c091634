// Copying and printing at one tap. Without this file the text can be marked by hand.

const tools = document.querySelector("[data-resume-tools]");
if (tools) tools.hidden = false;

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const area = document.getElementById(button.dataset.copy);
  area.focus();
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    // Older phones, and pages that are not served safely: the old way, from the marked text.
    document.execCommand("copy");
  }
  button.querySelector("span").textContent = button.dataset.copied;
});
