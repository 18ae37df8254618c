// The keys of the sheet. They act inside the grade fields; ? only outside every field, and all of
// them can be turned off (WCAG 2.1.4).
const SETTING = "provning-keys";

export function shortcuts(table, acts) {
  const dialog = document.querySelector("[data-keys-dialog]");
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = localStorage.getItem(SETTING) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"));
  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.closest("[data-keys]").hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, dialog, [contenteditable]");
    if (event.key !== "?" || writing || !box.checked) return;
    event.preventDefault();
    dialog.showModal();
  });
  table.addEventListener("keydown", (event) => {
    if (event.target.matches('input[name^="grade-"]') && box.checked) pressed(event, acts);
  });
}

function pressed(event, acts) {
  const { target, shiftKey } = event;
  const act = {
    Enter: () => acts.next(target, shiftKey ? -1 : 1),
    ArrowDown: () => acts.next(target, 1),
    ArrowUp: () => acts.next(target, -1),
    Home: () => acts.ends(false),
    End: () => acts.ends(true),
    Escape: () => acts.restore(target),
    "Control+s": acts.save,
    "Control+Enter": acts.review,
    // What is being typed in the field is undone by the field itself.
    "Control+z": () => acts.undo(target),
  }[name(event)];
  if (!act || act() === false) return;
  event.preventDefault();
}

function name({ key, ctrlKey, metaKey, altKey }) {
  if (altKey) return "";
  return ctrlKey || metaKey ? `Control+${key.length === 1 ? key.toLowerCase() : key}` : key;
}
