// Keeps what is half typed on the page while its language changes: the same page in the other
// language gets it back, once. Nothing secret is kept, and no file.
const KEY = "kept";
const LEFT = new Set(["hidden", "password", "file", "submit", "button"]);

const fields = () =>
  [...document.querySelectorAll("main form :is(input, select, textarea)[name]")]
    .filter((each) => !LEFT.has(each.type) && !each.closest(".entry"));
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const changed = (field) => {
  if (ticks(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  return field.value !== field.defaultValue;
};

function keep() {
  const typed = fields()
    .map((each, place) => [place, each.name, ticks(each) ? each.checked : each.value, each])
    .filter(([, , , each]) => changed(each))
    .map(([place, name, value]) => [place, name, value]);
  if (typed.length) sessionStorage.setItem(KEY, JSON.stringify({ at: location.pathname, typed }));
}

function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (kept?.at !== location.pathname) return;
  const found = fields();
  for (const [place, name, value] of kept.typed) {
    const field = found[place];
    if (field?.name !== name) continue;
    if (ticks(field)) field.checked = value;
    else field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

giveBack();

export function start(form) {
  form.addEventListener("submit", keep);
}
