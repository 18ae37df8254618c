// Loads a module when the page has something for it. Every page works without any of them.
const modules = {
  "[data-theme-form]": "./theme.js",
  "[data-language-form]": "./kept.js",
  ".menu, .app-search": "./shell.js",
  ".error-summary": "./summary.js",
  "[data-pick-all], [data-picked]": "./pick.js",
  "[data-combobox]": "./combobox.js",
  "form[data-preview]": "./preview.js",
  ".entry": "./entry.js",
  "[data-progress]": "./progress.js",
  "[data-security-key]": "./security-key.js",
};

const starting = Object.entries(modules).map(([selector, file]) => {
  const found = [...document.querySelectorAll(selector)];
  return found.length && import(file).then((module) => found.forEach(module.start));
});
// What the page can do, it can do now: a test waits for this instead of for a quiet network.
Promise.all(starting).then(() => document.documentElement.setAttribute("data-started", ""));
