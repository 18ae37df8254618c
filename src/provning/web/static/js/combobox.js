// A combobox as the ARIA authoring practices describe it, over a text input that works without it.
// Options come from the server as <li role="option" data-key data-text>; the key of the chosen one
// goes into the hidden input, and leaves it again when the text is changed.
const WAIT = 150;
let lists = 0;

export function start(combo) {
  const [input, key] = combo.querySelectorAll("input");
  const list = document.createElement("ul");
  const state = { timer: 0, asked: null, at: -1 };
  list.id = `options-${(lists += 1)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  combo.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");

  const options = () => [...list.querySelectorAll('[role="option"]:not([aria-disabled="true"])')];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  };
  const point = (at) => {
    const all = options();
    state.at = at < 0 || !all.length ? -1 : at % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === state.at)));
    const now = all[state.at];
    if (now) {
      input.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    input.value = option.dataset.text;
    key.value = option.dataset.key;
    show(false);
    combo.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  };
  const ask = async () => {
    state.asked?.abort();
    state.asked = new AbortController();
    const address = new URL(combo.dataset.combobox, location.href);
    address.searchParams.set("q", input.value);
    try {
      const answer = await fetch(address, {
        headers: { "X-Requested-With": "fetch" },
        signal: state.asked.signal,
      });
      if (!answer.ok || document.activeElement !== input) return;
      list.innerHTML = await answer.text();
      [...list.children].forEach((option, at) => (option.id = `${list.id}-${at}`));
      show(list.children.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  input.addEventListener("input", () => {
    key.value = "";
    clearTimeout(state.timer);
    if (input.value.trim()) state.timer = setTimeout(ask, WAIT);
    else show(false);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) return void (event.preventDefault(), ask());
    if (list.hidden) return;
    const now = options()[state.at];
    const moves = { ArrowDown: state.at + 1, ArrowUp: state.at < 1 ? options().length - 1 : state.at - 1 };
    if (event.key in moves) point(moves[event.key]);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && now) choose(now);
    else {
      if (event.key === "Tab" && now) choose(now);
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]:not([aria-disabled="true"])');
    if (option) choose(option);
  });
  input.addEventListener("blur", () => show(false));
}
