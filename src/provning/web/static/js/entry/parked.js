// What could not be saved, kept in this tab over a sign-in: placement ids and grades, nothing else,
// and gone once saved. A grade that somebody changed meanwhile meets the server as a conflict.
const OLDEST = "0";

export class Parked {
  constructor(key, rows) {
    this.key = key;
    this.rows = rows;
    this.used = false;
    for (const each of Object.keys(sessionStorage)) {
      if (each.startsWith("betyg/") && !each.startsWith(key.slice(0, key.lastIndexOf("/")))) {
        sessionStorage.removeItem(each);
      }
    }
    addEventListener("pagehide", () => this.used && this.keep());
  }

  // Called when a request has ended: keeps what is left when it failed, until all is saved.
  follow(failed) {
    this.used ||= failed;
    if (this.used) this.keep();
  }

  keep() {
    const left = this.rows.filter((row) => row.dirty);
    this.used = left.length > 0;
    if (!left.length) return void sessionStorage.removeItem(this.key);
    const values = Object.fromEntries(left.map((row) => [row.id, [row.value, row.stored]]));
    sessionStorage.setItem(this.key, JSON.stringify(values));
  }

  // Fills in what was kept, unsaved: whoever has signed in looks at it and saves.
  restore(said) {
    const values = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    const back = this.rows.filter((row) => values[row.id] && values[row.id][0] !== row.value);
    for (const row of back) {
      const [value, stored] = values[row.id];
      if (stored !== row.stored) row.versionInput.value = OLDEST;
      row.type(value);
    }
    this.used = back.length > 0;
    this.keep();
    if (!back.length) return;
    said.textContent = said.dataset.parkedSaid.replace("{n}", back.length);
    said.hidden = false;
  }
}
