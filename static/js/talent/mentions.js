// Names after "@": one tap puts them in. Without scripts the names stand in the text above.

const AT = /[@＠]([\p{L}\p{N}_.-]*)$/u;

const wire = (list) => {
  const area = document.getElementById(list.dataset.mentions);
  if (!area) return;
  const buttons = [...list.querySelectorAll("button[data-name]")];

  const begun = () => AT.exec(area.value.slice(0, area.selectionStart));

  const choose = () => {
    const found = begun();
    const typed = found ? found[1].toLowerCase() : "";
    for (const button of buttons) {
      button.hidden = !button.dataset.name.toLowerCase().startsWith(typed);
    }
  };

  const insert = (name) => {
    const found = begun();
    const end = area.selectionStart;
    const start = found ? end - found[0].length : end;
    area.setRangeText(`@${name} `, start, end, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  for (const button of buttons) {
    button.addEventListener("click", () => insert(button.dataset.name));
  }
  for (const event of ["input", "keyup", "click"]) area.addEventListener(event, choose);
  list.hidden = false;
};

document.querySelectorAll("[data-mentions]").forEach(wire);
