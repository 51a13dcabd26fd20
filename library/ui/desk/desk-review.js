// Review with script: a page is shown without loading the document again, another value fills its field at once,
// and what is wrong is said while one types. Without it the same buttons send the form.
import { say } from "./desk-say.js";

const form = document.getElementById("record");
const picture = document.getElementById("picture");
const image = document.getElementById("page-image");
const PAUSE = 500;
const tabs = [...picture.querySelectorAll(".tabs button")];
let changed = false, leaving = false;

/* The page beside the form */

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.show-page");
  if (!button) return;
  const [language, page, ...quote] = button.value.split(" ");
  const tab = tabs.find((one) => one.value.split(" ")[0] === language);
  if (!image || (tab ?? picture).dataset.drawn !== "yes") return; // its text comes with the document
  event.preventDefault();
  show(language, Number(page), quote.join(" "));
});

function show(language, page, quote) {
  const tab = tabs.find((one) => one.value.split(" ")[0] === language);
  for (const one of tabs) one.toggleAttribute("aria-current", one === tab);
  tab?.setAttribute("aria-current", "true");
  if (tab) picture.dataset.pages = tab.dataset.pages;
  const most = Number(picture.dataset.pages);
  const query = new URLSearchParams({ work: form.elements.id.value, language, page });
  if (quote) query.set("mark", quote);
  image.src = `${picture.dataset.source}?${query}`;
  const said = picture.dataset.said.replace("{page}", page).replace("{count}", most);
  image.alt = said;
  document.getElementById("page-said").textContent = said;
  const caption = document.getElementById("page-quote");
  caption.replaceChildren();
  if (quote) caption.append(Object.assign(document.createElement("q"), { textContent: quote, lang: language, dir: "auto" }));
  else say(said);
  form.elements.showing.value = `${language} ${page}`;
  step("page-before", language, page - 1, page > 1);
  step("page-after", language, page + 1, page < most);
}

function step(id, language, page, there) {
  const button = document.getElementById(id);
  button.value = `${language} ${page}`;
  button.disabled = !there;
}

image?.addEventListener("error", () => image.classList.add("missing"));
image?.addEventListener("load", () => image.classList.remove("missing"));
if (image?.complete && !image.naturalWidth) image.classList.add("missing");

/* Other values */

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.use");
  if (!button) return;
  const control = document.getElementById(`field-${button.dataset.field}`);
  if (!control || !("value" in control)) return;
  event.preventDefault();
  control.value = button.dataset.value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  const field = control.closest(".field");
  field.classList.remove("filled");
  void field.offsetWidth;
  field.classList.add("filled");
  control.focus();
});

/* What is wrong, while one types */

let waiting = 0, asking = null;
form.addEventListener("input", () => {
  changed = true;
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
});

async function check() {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.dataset.check, { method: "POST", body, headers, signal: asking.signal });
    if (!answer.ok) return;
    tell((await answer.json()).problems);
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
  }
}

function tell(problems) {
  const wrong = new Map(problems.map((problem) => [problem.field, problem]));
  for (const place of form.querySelectorAll(".problems")) {
    const name = place.id.replace(/^field-/, "").replace(/-problem$/, "");
    const problem = wrong.get(name);
    const words = problem?.words ?? "";
    if (place.textContent === words) continue;
    place.replaceChildren();
    const control = document.getElementById(`field-${name}`);
    if (words) {
      const said = Object.assign(document.createElement("span"), { className: "problem", textContent: words });
      if (problem.language) said.lang = problem.language;
      place.append(said);
      control?.setAttribute("aria-invalid", "true");
      if (place.contains(document.activeElement?.closest(".field"))) say(words);
    } else control?.removeAttribute("aria-invalid");
  }
}

/* Rows of places and projects: the last one is always empty */

form.addEventListener("input", (event) => {
  const field = event.target.closest(".rows-field");
  if (!field) return;
  const rows = field.querySelectorAll(".row");
  const last = rows[rows.length - 1];
  if (![...last.querySelectorAll("input, select")].some((control) => control.value)) return;
  const fresh = last.cloneNode(true);
  for (const control of fresh.querySelectorAll("input, select")) {
    control.value = "";
    control.setAttribute("aria-label", control.getAttribute("aria-label").replace(/\d+$/, rows.length + 1));
  }
  last.after(fresh);
});

/* Nothing typed is lost by a slip */

form.addEventListener("submit", () => { leaving = true; });
addEventListener("beforeunload", (event) => { if (changed && !leaving) event.preventDefault(); });
addEventListener("pageshow", () => { leaving = false; });
