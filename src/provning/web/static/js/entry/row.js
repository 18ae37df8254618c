// One row of the sheet: its field, the version it was typed over, and the cell that says its state.
export class Row {
  constructor(input, cells) {
    this.input = input;
    this.tr = input.closest("tr");
    this.cell = this.tr.lastElementChild;
    this.cells = cells;
    this.id = input.name.slice("grade-".length);
    this.stored = input.dataset.stored;
    this.versionInput = this.tr.querySelector('[name^="version-"]');
    this.seen = this.tr.querySelector('[name^="seen-"]')?.value ?? this.version;
    this.settled = { state: this.tr.dataset.s, html: this.cell.innerHTML };
    // The value that the server has refused: it is not sent again until it is changed.
    this.refused = this.wrong ? this.value : null;
    this.over = false;
    // What stood beside a grade that was taken away, for the server to bring back.
    this.beside = "";
    this.state = this.wrong ? "settled" : this.dirty ? "dirty" : "settled";
  }

  get value() {
    return this.input.value.trim().toUpperCase();
  }
  get version() {
    return this.versionInput.value;
  }
  get dirty() {
    return this.value !== this.stored.toUpperCase();
  }
  get unsent() {
    return this.waits || ((this.dirty || this.refused !== null) && this.value !== this.refused);
  }
  get waits() {
    return ["retry", "expired", "refused"].includes(this.state);
  }
  get wrong() {
    return ["error", "conflict"].includes(this.tr.dataset.s);
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  type(value) {
    this.input.value = value;
    this.typing();
  }

  typing() {
    this.beside = "";
    if (this.state === "saving") return;
    if (!this.dirty && this.refused === null) this.settle(this.settled);
    else this.show("dirty");
  }

  // Back to what is stored; says whether the server has to be asked how the row stands now.
  restore() {
    this.input.value = this.stored;
    this.overSeen();
    const asked = this.refused !== null || this.waits;
    this.refused = null;
    if (!asked) this.typing();
    return asked;
  }

  overSeen() {
    this.versionInput.value = this.seen;
    this.refused = null;
  }

  // A state that the page itself knows of: dirty, saving, retry, expired, refused.
  show(state) {
    if (this.state === state && this.tr.dataset.s === "dirty") return;
    this.state = state;
    this.fill("dirty", this.cells.querySelector(`[data-cell="${state}"]`).innerHTML);
  }

  // The server's word on the row; `sent` is the value it was asked about.
  took({ result, value, version, state, cell }, sent) {
    const stands = result === "saved" || result === "unchanged";
    this.stored = value;
    this.seen = version;
    if (result !== "conflict") this.versionInput.value = version;
    this.over = false;
    this.beside = "";
    this.refused = result === "conflict" || result === "problems" ? sent : null;
    this.state = "answered";
    if (stands) this.settled = { state, html: cell };
    if (this.value !== sent || result === "held") this.show("dirty");
    else this.settle({ state, html: cell });
  }

  settle({ state, html }) {
    this.state = "settled";
    this.fill(state, html);
  }

  fill(state, html) {
    const inside = this.cell.contains(document.activeElement);
    this.tr.dataset.s = state;
    this.cell.innerHTML = html;
    if (this.wrong) {
      this.input.setAttribute("aria-invalid", "true");
      this.input.setAttribute("aria-describedby", `${this.input.id}-e`);
    } else {
      this.input.removeAttribute("aria-invalid");
      this.input.removeAttribute("aria-describedby");
    }
    if (inside) this.input.focus();
  }
}
