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

for (const [selector, file] of Object.entries(modules)) {
  const found = [...document.querySelectorAll(selector)];
  if (found.length) import(file).then((module) => found.forEach(module.start));
}
