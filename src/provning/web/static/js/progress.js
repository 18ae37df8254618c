// Waits for a job that the page tells of, and shows the page anew when it has ended.
const EVERY = 1000;

export function start(region) {
  const look = async () => {
    const answer = await fetch(region.dataset.progress, {
      headers: { "X-Requested-With": "fetch" },
    });
    if (!answer.ok) return;
    const state = await answer.json();
    const said = region.querySelector("[data-said]");
    if (said && state.text) said.textContent = state.text;
    if (state.finished) window.location.reload();
    else window.setTimeout(look, EVERY);
  };
  window.setTimeout(look, EVERY);
}
