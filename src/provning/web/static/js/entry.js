// Grade entry: every row is saved when one leaves it, and focus is never taken from the person.
// Keys act only inside the grade fields. The form posts whole without this.
import { shortcuts } from "./entry/keys.js";
import { Parked } from "./entry/parked.js";
import { pasting } from "./entry/paste.js";
import { Queue } from "./entry/queue.js";
import { Row } from "./entry/row.js";
import { Tally } from "./entry/tally.js";
import { Undo } from "./entry/undo.js";

export function start(table) {
  if (!table.dataset.save) return;
  const form = table.closest("form");
  const cells = document.querySelector("template[data-cells]").content;
  const inputs = [...table.querySelectorAll('tbody input[name^="grade-"]')];
  const rows = inputs.map((input) => new Row(input, cells));
  const rowOf = (target) => rows[inputs.indexOf(target)];
  const parked = new Parked(table.dataset.parked, rows);
  const undo = new Undo(form.querySelector("[data-undo]"), `${table.dataset.parked}/undo`, rows);
  const tally = new Tally(form.querySelector("[data-tally]"), rows);
  const queue = new Queue(table.dataset.save, form.elements.csrfmiddlewaretoken.value, {
    settled: (failed) => (parked.follow(failed), tally.show(), undo.keep()),
    saved: (act) => undo.add(act),
  });
  const saveAll = () => queue.add(rows.filter((row) => row.unsent));
  const leave = (target) => rowOf(target)?.unsent && queue.add([rowOf(target)]);
  const takeBack = async () => {
    const act = undo.take();
    if (!act) return;
    for (const { row, before, beside } of act) {
      row.type(before);
      row.beside = beside;
    }
    act[0].row.focus();
    await queue.together(act.map(({ row }) => row), { undoing: true });
  };
  const go = (at) => {
    if (rows[at]) rows[at].focus();
    else saveAll();
  };

  table.addEventListener("input", ({ target }) => rowOf(target)?.typing());
  table.addEventListener("focusout", ({ target }) => leave(target));
  table.addEventListener("click", (event) => choose(event, rows, queue));
  form.querySelector("[data-undo]").addEventListener("click", takeBack);
  form.addEventListener("submit", (event) => submitting(event, form, saveAll, rows));
  addEventListener("pagehide", () => leave(document.activeElement));
  shortcuts(table, {
    next: (target, step) => go(inputs.indexOf(target) + step),
    ends: (last) => go(last ? rows.length - 1 : 0),
    restore: (target) => rowOf(target).restore() && queue.add([rowOf(target)]),
    undo: (target) => !rowOf(target).dirty && takeBack(),
    save: saveAll,
    review: () => form.querySelector("[data-review]")?.click(),
  });
  pasting(table, { rows, inputs, queue, cells });
  parked.restore(document.querySelector("[data-parked-said]"));
  tally.show();
}

// The two buttons of a conflict: what is stored stays, or one's own goes over what was shown.
function choose(event, rows, queue) {
  const button = event.target.closest('button[name="keep"], button[name="mine"]');
  const row = button && rows.find(({ id }) => id === button.value);
  if (!row) return;
  event.preventDefault();
  if (button.name === "keep") row.type(row.stored);
  row.overSeen();
  row.over = button.name === "mine";
  row.focus();
  queue.add([row]);
}

// Saving happens here and shows on the rows; the review is opened when everything has been saved.
async function submitting(event, form, saveAll, rows) {
  const { submitter } = event;
  if (form.dataset.sent || submitter?.name === "keep" || submitter?.name === "mine") return;
  event.preventDefault();
  await saveAll();
  const left = rows.find((row) => row.waits || row.wrong);
  if (left) left.focus();
  else if (submitter?.value === "review") {
    form.dataset.sent = "yes";
    // Not while this event is still being handled: a form is not submitted inside its own submit.
    setTimeout(() => form.requestSubmit(submitter));
  }
}
