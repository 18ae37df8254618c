// Sends rows one request at a time, so that each row's version is known before it is sent again.
// What does not arrive stays in its field and is sent again, sooner or later.
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

export class Queue {
  constructor(address, token, told) {
    Object.assign(this, { address, token, told, waiting: new Set(), wait: FIRST_WAIT });
    this.last = Promise.resolve();
    this.timer = 0;
    addEventListener("online", () => this.again());
  }

  // Saves the rows when it is their turn; those that come meanwhile travel together.
  add(rows) {
    rows.forEach((row) => this.waiting.add(row));
    this.last = this.last.then(() => this.next());
    return this.last;
  }

  // Saves the rows as one act: all of them or none.
  together(rows, { undoing = false } = {}) {
    this.last = this.last.then(() => {
      rows.forEach((row) => this.waiting.delete(row));
      return this.send(rows, { together: true, undoing });
    });
    return this.last;
  }

  next() {
    const rows = [...this.waiting];
    this.waiting.clear();
    return rows.length ? this.send(rows, {}) : undefined;
  }

  async send(rows, { together = false, undoing = false }) {
    const sent = new Map(rows.map((row) => [row, row.value]));
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.token });
    for (const [row, value] of sent) {
      body.set(`grade-${row.id}`, value);
      body.set(`version-${row.id}`, row.version);
      if (row.beside) body.set(`before-${row.id}`, row.beside);
      if (row.over) body.set(`over-${row.id}`, "1");
      row.show("saving");
    }
    if (together) body.set("together", "1");
    const answer = await this.post(body);
    if (answer.rows) this.arrived(answer.rows, sent, { together, undoing });
    else this.failed(answer.why, rows);
    this.told.settled(!answer.rows);
  }

  // The answer's rows, or why there are none: retry, expired or refused.
  async post(body) {
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body,
        keepalive: true,
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok || answer.status === 422) return await answer.json();
      if (answer.status === 401) return { why: "expired" };
      return { why: answer.status >= 500 ? "retry" : "refused" };
    } catch {
      return { why: "retry" };
    }
  }

  arrived(answers, sent, { together, undoing }) {
    const act = [];
    for (const [row, value] of sent) {
      const answer = answers[row.id];
      if (answer.result === "saved") act.push({ row, before: row.stored, beside: answer.before });
      row.took(answer, value);
      // Left with another value while this one was on its way.
      if (row.value !== value && row.input !== document.activeElement) this.waiting.add(row);
    }
    this.again();
    this.wait = FIRST_WAIT;
    if (undoing || !act.length) return;
    if (together) this.told.saved(act);
    else act.forEach((each) => this.told.saved([each]));
  }

  failed(why, rows) {
    rows.forEach((row) => row.show(why));
    if (why !== "retry") return;
    rows.forEach((row) => this.waiting.add(row));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
  }

  again() {
    if (this.waiting.size) this.add([]);
  }
}
