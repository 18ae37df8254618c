// What follows from a form's choices, made by the server as the choices are made.
// <form data-preview="/address/"> GETs the address with the form's values; every element with an id
// in the answer replaces the page's element with that id. Focus never stands in such an element.
const WAIT = 150;
const UNSENT = ["csrfmiddlewaretoken", "submission"];

export function start(form) {
  let timer, asked;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const values = new URLSearchParams(new FormData(form));
    UNSENT.forEach((name) => values.delete(name));
    try {
      const answer = await fetch(`${form.dataset.preview}?${values}`, {
        headers: { "X-Requested-With": "fetch" },
        signal: asked.signal,
      });
      if (answer.ok) show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  form.addEventListener("change", later);
  form.addEventListener("chosen", later);
}

function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("body > [id]")) {
    const here = document.getElementById(part.id);
    if (here && !here.contains(document.activeElement)) here.replaceWith(part);
  }
}
