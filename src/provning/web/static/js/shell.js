// The header: Ctrl+K goes to the search, Escape and a click outside close an open menu.
export function start(part) {
  if (part.matches("details")) closable(part);
  else searchable(part.querySelector("input[type=search]"));
}

function closable(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

function searchable(input) {
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
