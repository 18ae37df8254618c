// Waits for a job that the page tells of, and shows the page anew when it has ended.
const EVERY = 1000;

export function start(region) {
  const look = async () => {
    const answer = await fetch(region.dataset.progress, {
      headers: { "X-Requested-With": "fetch" },
    });
    if (!answer.ok) return;
    if ((await answer.json()).finished) window.location.reload();
    else window.setTimeout(look, EVERY);
  };
  window.setTimeout(look, EVERY);
}
