// What has been saved, act by act: a row, or everything of a paste. The last is taken back first.
// Kept in this tab over a reload and a visit to the review, until the grades are decided: placement
// ids, grades and versions. What somebody has typed over since is no longer ours to take back.
export class Undo {
  constructor(button, key, rows) {
    Object.assign(this, { button, key, acts: [] });
    this.restore(new Map(rows.map((row) => [row.id, row])));
  }

  add(act) {
    this.acts.push(act);
    this.show();
  }

  take() {
    const act = this.acts.pop();
    this.show();
    return act;
  }

  show() {
    const act = this.acts.at(-1);
    this.button.hidden = !act;
    const name = act ? act[0].row.input.getAttribute("aria-label") : "";
    const more = act?.length > 1 ? ` (${act.length})` : "";
    this.button.querySelector("[data-undo-what]").textContent = ` ${name}${more}`;
    this.keep();
  }

  // What stood beside a grade stays out of the browser's store: that act cannot be taken back later.
  keep() {
    const acts = this.acts.filter((act) => act.every(({ beside }) => !beside));
    if (!acts.length) return void sessionStorage.removeItem(this.key);
    const versions = Object.fromEntries(acts.flat().map(({ row }) => [row.id, row.version]));
    const kept = acts.map((act) => act.map(({ row, before }) => [row.id, before]));
    sessionStorage.setItem(this.key, JSON.stringify({ acts: kept, versions }));
  }

  restore(rows) {
    const { acts, versions } = JSON.parse(sessionStorage.getItem(this.key) ?? '{"acts": []}');
    const ours = ([id]) => rows.get(id)?.version === versions[id];
    const back = ([id, before]) => ({ row: rows.get(id), before, beside: "" });
    this.acts = acts.filter((act) => act.every(ours)).map((act) => act.map(back));
    this.show();
  }
}
