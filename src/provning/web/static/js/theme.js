// Changes the look at once and stores it with the account in the background.
const root = document.documentElement;

export function start(form) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value ?? "";
    event.preventDefault();
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    const body = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body, keepalive: true });
  });
}
