// A column pasted into a field: the server reads it, the person sees what would change and confirms.
export function pasting(table, { rows, inputs, queue, cells }) {
  const dialog = document.querySelector("[data-paste-dialog]");
  table.addEventListener("paste", (event) => {
    const at = inputs.indexOf(event.target);
    const text = event.clipboardData.getData("text").replace(/[\r\n]+$/, "");
    if (at < 0 || !/[\r\n\t]/.test(text)) return;
    event.preventDefault();
    preview(text, rows[at]);
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-paste-cancel]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-paste-confirm]")) return;
    event.preventDefault();
    dialog.close();
    fill(event.target);
  });

  const preview = async (text, row) => {
    await queue.last;
    const body = new URLSearchParams({ csrfmiddlewaretoken: queue.token, text, start: row.id });
    dialog.innerHTML = (await read(body)) ?? cells.querySelector('[data-cell="preview"]').innerHTML;
    dialog.showModal();
  };
  const read = async (body) => {
    try {
      const answer = await fetch(table.dataset.paste, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok || answer.status === 422) return await answer.text();
      return answer.status === 401 ? cells.querySelector('[data-cell="expired"]').innerHTML : null;
    } catch {
      return null;
    }
  };
  // Over the versions that the preview has shown.
  const fill = (form) => {
    const filled = rows.filter((row) => form.elements[`grade-${row.id}`]);
    for (const row of filled) {
      const field = form.elements[`grade-${row.id}`];
      row.stored = field.dataset.stored;
      row.versionInput.value = form.elements[`version-${row.id}`].value;
      row.refused = null;
      row.type(field.value);
    }
    filled[0].focus();
    queue.together(filled);
  };
}
