// Grade entry by keyboard: Enter and arrows move, Escape restores, a pasted column fills downwards.
// Keys act only inside the fields. The form posts whole without this.
export function start(table) {
  const form = table.closest("form");
  const fields = [...table.querySelectorAll("tbody input:not([type=hidden], [type=checkbox])")];
  const stored = new Map(fields.map((input) => [input, input.dataset.stored ?? input.defaultValue]));

  const go = (to) => {
    fields[to]?.focus();
    fields[to]?.select();
  };
  const mark = (input) => {
    const row = input.closest("tr");
    const changed = input.value.trim().toUpperCase() !== stored.get(input).toUpperCase();
    row.dataset.before ??= row.dataset.s ?? "";
    row.dataset.s = changed ? "dirty" : row.dataset.before;
    unsaved();
  };
  const unsaved = () => {
    const count = table.querySelectorAll('tr[data-s="dirty"]').length;
    const line = form?.querySelector("[data-unsaved]");
    if (line) line.textContent = count ? line.dataset.unsaved.replace(/\d+/, count) : "";
  };
  const press = (selector) => {
    const button = form?.querySelector(selector);
    if (button) form.requestSubmit(button);
  };

  table.addEventListener("input", (event) => {
    if (stored.has(event.target)) mark(event.target);
  });
  table.addEventListener("keydown", (event) => {
    const at = fields.indexOf(event.target);
    if (at < 0) return;
    if (event.ctrlKey && event.key.toLowerCase() === "s") return void (event.preventDefault(), press("[data-save]"));
    if (event.ctrlKey && event.key === "Enter") {
      return void (event.preventDefault(), press("[data-review]"));
    }
    if (event.key === "Escape") {
      event.target.value = stored.get(event.target);
      mark(event.target);
    }
    const moves = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Enter: at + (event.shiftKey ? -1 : 1),
      Home: 0,
      End: fields.length - 1,
    };
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in moves)) return;
    event.preventDefault();
    go(moves[event.key]);
  });
  table.addEventListener("paste", (event) => {
    const at = fields.indexOf(event.target);
    const lines = event.clipboardData.getData("text").trim().split(/\r?\n/);
    if (at < 0 || lines.length < 2) return;
    event.preventDefault();
    lines.slice(0, fields.length - at).forEach((line, step) => {
      fields[at + step].value = line.trim();
      mark(fields[at + step]);
    });
    go(Math.min(at + lines.length, fields.length) - 1);
  });
}
