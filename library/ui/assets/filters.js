// The filters: a box ticked, years typed, a list narrowed. Each changes the address as it is at that moment, not as it
// was when the page was drawn: two boxes ticked in one breath both count.

document.addEventListener("change", (event) => {
  const box = event.target instanceof Element ? event.target.closest("input[data-facet]") : null;
  if (!box) return;
  const { facet, value } = box.dataset;
  library.change((params) => {
    const others = params.getAll(facet).filter((one) => one !== value);
    params.delete(facet);
    for (const one of box.checked ? [...others, value] : others) params.append(facet, one);
  }, { stay: true });
});

document.addEventListener("change", (event) => {
  const years = event.target instanceof Element ? event.target.closest(".years-typed") : null;
  if (!years) return;
  const [from, to] = [...years.querySelectorAll("input")].map((field) => (/^\d{1,4}$/.test(field.value) ? field.value.padStart(4, "0") : ""));
  const [first, last] = from && to && from > to ? [to, from] : [from, to];
  library.change((params) => {
    params.delete("year");
    if (first || last) params.set("year", first === last ? first : `${first}..${last}`);
  }, { stay: true });
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-filters]") : null;
  if (!button) return;
  const open = button.dataset.filters === "open";
  document.documentElement.classList.toggle("filters-open", open);
  document.querySelector(open ? ".filters [data-filters]" : ".answer [data-filters]")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.documentElement.classList.contains("filters-open")) return;
  document.documentElement.classList.remove("filters-open");
  document.querySelector(".answer [data-filters]")?.focus();
});

// The field above a long list leaves only the lines whose own name, or the name of what they belong to, has what is
// typed, whatever its accents and case, and the names they belong to.
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ς: "σ" };
const typed = new Map();

function plain(words) {
  const bare = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  return bare.replace(/[łøđðþßæœıħς]/g, (letter) => LETTERS[letter]);
}

function narrow(field) {
  const list = field.closest("details");
  if (!list) return;
  const wanted = plain(field.value);
  const above = [];
  let found = false;
  for (const line of list.querySelectorAll("[data-depth]")) {
    const depth = Number(line.dataset.depth);
    above.splice(depth, above.length, { line, name: plain(line.querySelector("bdi")?.textContent ?? "") });
    line.hidden = true;
    if (!above.some(({ name }) => name.includes(wanted))) continue;
    found = true;
    for (const { line: kept } of above) kept.hidden = false;
  }
  list.querySelector(".facet-none").hidden = found;
}

document.addEventListener("input", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches(".facet-filter")) return;
  typed.set(event.target.id, event.target.value);
  narrow(event.target);
});

// Drawn anew with every answer: what was typed above a list stands there again.
new MutationObserver(() => {
  for (const field of document.querySelectorAll(".facet-filter:not([data-seen])")) {
    field.dataset.seen = "yes";
    const was = typed.get(field.id);
    if (!was) continue;
    field.value = was;
    narrow(field);
  }
}).observe(document.getElementById("root"), { childList: true, subtree: true });
