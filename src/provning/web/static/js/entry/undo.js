// What has been saved, act by act: a row, or everything of a paste. The last is taken back first.
export class Undo {
  constructor(button) {
    Object.assign(this, { button, acts: [] });
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
  }
}
