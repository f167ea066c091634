// Puts the key on the clipboard; without scripts it is marked and copied by hand.
const button = document.querySelector("[data-copy-key]");
const field = document.querySelector("[data-key]");

if (button && field) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
