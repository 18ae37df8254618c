// Select all, and the count in the bar of what can be done with the marked rows.
export function start(part) {
  const form = part.closest("form") ?? document;
  if (part.dataset.pickAll) selectAll(part, form);
  else count(part, form);
}

function selectAll(all, form) {
  const boxes = () => [...form.querySelectorAll(`tbody .pick input[name="${all.dataset.pickAll}"]`)];
  const follow = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    form.dispatchEvent(new Event("picked"));
  });
  form.addEventListener("change", follow);
  follow();
}

function count(text, form) {
  const follow = () => {
    const chosen = form.querySelectorAll("tbody .pick input:checked").length;
    text.textContent = text.dataset.picked.replace(/\d+/, chosen);
  };
  form.addEventListener("change", follow);
  form.addEventListener("picked", follow);
  follow();
}
