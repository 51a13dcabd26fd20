// A document that is read as text: it opens at the section asked for, and what is chosen in the panel is shown there.

import "./reader-panel.js";

const stage = document.getElementById("stage");
const opened = JSON.parse(document.getElementById("opened").textContent);

function show(number) {
  const section = document.getElementById(`page-${number}`);
  if (!section) return false;
  const mark = section.querySelector("mark");
  stage.scrollTop += (mark ?? section).getBoundingClientRect().top - stage.getBoundingClientRect().top - (mark ? stage.clientHeight / 3 : 8);
  return true;
}

document.getElementById("panel").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-page]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !show(Number(link.dataset.page))) return;
  event.preventDefault();
  history.replaceState(history.state, "", link.href);
  link.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
});

if (opened.page > 1 || opened.query) show(opened.page);
document.documentElement.dataset.opened = "true";
