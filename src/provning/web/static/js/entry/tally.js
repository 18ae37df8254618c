// How many of the rows are saved, said aloud when it has changed.
export class Tally {
  constructor(element, rows) {
    Object.assign(this, { element, rows });
  }

  show() {
    const left = this.rows.filter((row) => row.dirty).length;
    const saved = this.rows.filter((row) => row.stored && !row.dirty).length;
    const { tally, unsaved } = this.element.dataset;
    const text = tally.replace("{saved}", saved).replace("{total}", this.rows.length);
    const said = left ? `${text}, ${unsaved.replace("{n}", left)}` : text;
    if (this.element.textContent !== said) this.element.textContent = said;
  }
}
