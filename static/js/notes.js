// Says when a draft could not be kept. Keeping itself is done by htmx, saving by the button.

const kept = document.getElementById("note-kept");

const tell = (event) => {
  if (event.target !== kept) return;
  const line = document.createElement("p");
  line.className = "strong";
  line.textContent = kept.dataset.notKept;
  kept.replaceChildren(line);
};

document.addEventListener("htmx:sendError", tell);
document.addEventListener("htmx:responseError", tell);
